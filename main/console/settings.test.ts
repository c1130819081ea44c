import { describe, expect, it } from 'vitest';
import { AppFailure } from '../../shared/contract/errors.ts';
import type { SettingsCatalog } from '../catalog/index.ts';
import { ConsoleSettings } from './settings.ts';

type Json = Awaited<ReturnType<SettingsCatalog['get']>>;

const settingsOn = (read: () => Promise<Json>, written: unknown[] = []): ConsoleSettings =>
  new ConsoleSettings({
    get: read,
    set: async (_, value) => void written.push(value),
    remove: async () => undefined,
    all: async () => ({}),
  });

const background = { on: true, questionsADay: 4_000, landmarks: true };

describe('the settings of the console', () => {
  it('are the defaults where nothing is kept, or nothing that can be read', async () => {
    for (const kept of [undefined, 'odd', { theme: 'pink' }])
      expect(await settingsOn(async () => kept).get()).toEqual({ theme: 'system', background });
  });

  it('change one by one', async () => {
    const written: unknown[] = [];
    const settings = settingsOn(async () => ({ theme: 'dark' }), written);
    expect(await settings.change({ timeZone: 'Europe/Oslo' })).toEqual({
      theme: 'dark',
      timeZone: 'Europe/Oslo',
      background,
    });
    expect(written).toEqual([{ theme: 'dark', timeZone: 'Europe/Oslo', background }]);
  });

  it('are the defaults where the file is damaged that keeps them, so that the console can open and say so', async () => {
    const damaged = settingsOn(() => Promise.reject(new AppFailure({ code: 'WORK_UNREADABLE' })));
    expect(await damaged.get()).toEqual({ theme: 'system', background });
    const gone = settingsOn(() => Promise.reject(new AppFailure({ code: 'CATALOG_UNAVAILABLE' })));
    await expect(gone.get()).rejects.toMatchObject({ error: { code: 'CATALOG_UNAVAILABLE' } });
  });
});
