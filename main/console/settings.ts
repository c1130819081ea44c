import { Settings } from '../../shared/contract/console.ts';
import { AppFailure } from '../../shared/contract/errors.ts';
import type { SettingsCatalog } from '../catalog/index.ts';

/** What is left out or undefined stays. */
export type SettingsChange = { readonly [K in keyof Settings]?: Settings[K] | undefined };

const NAME = 'console';
const defaults: Settings = { theme: 'system', background: { on: true, questionsADay: 4_000, landmarks: true } };

/** The technician's settings, kept in `work`. What an older or newer version wrote and this one can't read counts as not set. */
export class ConsoleSettings {
  readonly #catalog: SettingsCatalog;

  constructor(catalog: SettingsCatalog) {
    this.#catalog = catalog;
  }

  /** Where `work` can't be read, the defaults: the console must open to say so. */
  async get(): Promise<Settings> {
    const kept = await this.#catalog.get(NAME).catch((error: unknown) => {
      if (error instanceof AppFailure && error.error.code === 'WORK_UNREADABLE') return undefined;
      throw error;
    });
    const read = Settings.partial().safeParse(kept ?? {});
    return read.success ? { ...defaults, ...withoutUndefined(read.data) } : defaults;
  }

  async change(change: SettingsChange): Promise<Settings> {
    const after = { ...(await this.get()), ...withoutUndefined(change) };
    await this.#catalog.set(NAME, withoutUndefined(after));
    return after;
  }
}

/** What is set of the settings, and nothing that is undefined. */
function withoutUndefined({ theme, timeZone, background }: SettingsChange) {
  return {
    ...(theme === undefined ? {} : { theme }),
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(background === undefined ? {} : { background }),
  };
}
