export { attachEmulator, type RunningEmulator, startEmulatorChild } from './emulator-child.ts';
export { emulatorArguments } from './emulator-arguments.ts';
export { openDemoParts } from './demo-parts.ts';
export { DemoUnavailableError, FirstLine, readEmulatorReady } from './emulator-ready.ts';
