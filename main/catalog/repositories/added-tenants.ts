import type { WritableDb } from '../worker/database.ts';
import { orNull } from './columns.ts';

/** A row of `work`'s `added_tenant`. */
export interface AddedTenantRow {
  readonly id: string;
  readonly displayName: string;
  readonly domain: string;
  readonly colour: number;
  readonly timeZone: string | null;
  readonly addedAt: number;
}

const columns = 'id, display_name AS displayName, domain, colour, time_zone AS timeZone, added_at AS addedAt';
const COLOURS = 8;

/** `added_tenant` of `work`: which tenants the technician added, and what they set for each. */
export const addedTenantsRepository = (db: WritableDb) => {
  const all = db.read<[], AddedTenantRow>(`SELECT ${columns} FROM added_tenant ORDER BY id`);
  const one = db.read<[string], AddedTenantRow>(`SELECT ${columns} FROM added_tenant WHERE id = ?`);
  const uses = db.read<[], { colour: number; uses: number }>(
    'SELECT colour, count(*) AS uses FROM added_tenant GROUP BY colour',
  );
  const insert = db.write<[string, string, string, number, number]>(
    'INSERT INTO added_tenant (id, display_name, domain, colour, added_at) VALUES (?, ?, ?, ?, ?)',
  );
  const rename = db.write<[string, string, string]>(
    'UPDATE added_tenant SET display_name = ?, domain = ? WHERE id = ?',
  );
  const setTimeZone = db.write<[string | null, string]>('UPDATE added_tenant SET time_zone = ? WHERE id = ?');
  const setColour = db.write<[number, string]>('UPDATE added_tenant SET colour = ? WHERE id = ?');
  const remove = db.write<[string]>('DELETE FROM added_tenant WHERE id = ?');

  const leastUsedColour = (): number => {
    const used = new Map(uses.all().map(row => [row.colour, row.uses]));
    const colours = Array.from({ length: COLOURS }, (_, colour) => colour);
    return colours.reduce((best, colour) => ((used.get(colour) ?? 0) < (used.get(best) ?? 0) ? colour : best), 0);
  };

  return {
    list: () => all.all(),
    find: (id: string) => one.get(id),
    /** Adds it with the least used colour; one that is there keeps all but its names. */
    add: (tenant: {
      readonly id: string;
      readonly displayName: string;
      readonly domain: string;
      readonly addedAt: number;
    }) =>
      db.transaction(() => {
        if (rename.run(tenant.displayName, tenant.domain, tenant.id).changes > 0) return;
        insert.run(tenant.id, tenant.displayName, tenant.domain, leastUsedColour(), tenant.addedAt);
      }),
    rename: (id: string, names: { readonly displayName: string; readonly domain: string }) =>
      rename.run(names.displayName, names.domain, id).changes > 0,
    setTimeZone: (id: string, timeZone: string | undefined) => setTimeZone.run(orNull(timeZone), id).changes > 0,
    setColour: (id: string, colour: number) => setColour.run(colour, id).changes > 0,
    remove: (id: string) => remove.run(id).changes > 0,
  };
};
