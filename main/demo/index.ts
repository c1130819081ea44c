export { attachEmulator, startEmulatorChild, type RunningEmulator } from './emulator-child.ts';
export { emulatorArguments } from './emulator-arguments.ts';
export { openDemoParts, type DemoParts } from './demo-parts.ts';
export { DemoUnavailableError, FirstLine, readEmulatorReady, type EmulatorReady } from './emulator-ready.ts';
