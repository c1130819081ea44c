import { join } from 'node:path';

/** Service seconds that pass in the demo in one real second: a restore ends while one watches. */
const DEMO_TIME_SCALE = 60;

/**
 * How the demo starts its emulator: on a port of its own, sixtyfold, going on from where the profile left it; with what
 * colleagues restored before, and a customer that is throttled now and then.
 */
export function emulatorArguments(profile: string): string[] {
  return ['--port', '0', '--time-scale', String(DEMO_TIME_SCALE), '--lived-in', '--file', join(profile, 'emulator.db')];
}
