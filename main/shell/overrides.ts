/** What a developer or an end-to-end test may change from outside. */
export interface Overrides {
  /** The ready line of an emulator that runs already, from `BACKSTOP_EMULATOR`. */
  readonly emulatorReady?: string;
  /** The demo profile's folder, from `BACKSTOP_PROFILE`. */
  readonly profile?: string;
  /** False where `BACKSTOP_BACKGROUND_SYNC` is `off`. */
  readonly backgroundSync: boolean;
}

/** A packaged build takes nothing from its environment: nobody may point a technician's console at another authority. */
export function readOverrides(isPackaged: boolean, env: Readonly<Record<string, string | undefined>>): Overrides {
  if (isPackaged) return { backgroundSync: true };
  const emulatorReady = env['BACKSTOP_EMULATOR'];
  const profile = env['BACKSTOP_PROFILE'];
  const backgroundSync = env['BACKSTOP_BACKGROUND_SYNC'] !== 'off';
  return { backgroundSync, ...(emulatorReady ? { emulatorReady } : {}), ...(profile ? { profile } : {}) };
}
