import type { Json } from '../api/json.ts';
import type { WritableDb } from '../worker/database.ts';
import { toFacts, toJson } from './columns.ts';

const CONSOLE = '';

/** `setting` of `work`: named JSON values of the console, or of one tenant. */
export const settingsRepository = (db: WritableDb) => {
  const one = db.read<[string, string], { value: string }>('SELECT value FROM setting WHERE tenant = ? AND name = ?');
  const all = db.read<[string], { name: string; value: string }>(
    'SELECT name, value FROM setting WHERE tenant = ? ORDER BY name',
  );
  const ofTenants = db.read<[string], { tenant: string; value: string }>(
    "SELECT tenant, value FROM setting WHERE tenant <> '' AND name = ?",
  );
  const put = db.write<[string, string, string]>(
    'INSERT INTO setting (tenant, name, value) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
  );
  const remove = db.write<[string, string]>('DELETE FROM setting WHERE tenant = ? AND name = ?');
  return {
    get: (name: string, tenantId = CONSOLE): Json | undefined => {
      const row = one.get(tenantId, name);
      return row === undefined ? undefined : toFacts(row.value);
    },
    /** What each tenant has under the name, by tenant; those without are left out. */
    ofTenants: (name: string): Map<string, Json> =>
      new Map(ofTenants.all(name).map(row => [row.tenant, toFacts(row.value)])),
    set: (name: string, value: Json, tenantId = CONSOLE) => {
      put.run(tenantId, name, toJson(value));
    },
    remove: (name: string, tenantId = CONSOLE) => {
      remove.run(tenantId, name);
    },
    all: (): Record<string, Json> => Object.fromEntries(all.all(CONSOLE).map(row => [row.name, toFacts(row.value)])),
  };
};
