import type { WritableDb } from '../worker/database.ts';
import { orNull } from './columns.ts';

export interface RememberedName {
  readonly name: string;
  readonly address: string | null;
}

/** `remembered_name` of `work`: what a unit was called, since Graph forgets the names of deleted sites and users. */
export const rememberedNamesRepository = (db: WritableDb) => {
  const byUnit = db.read<[string, string], RememberedName>(
    'SELECT name, address FROM remembered_name WHERE tenant = ? AND unit = ?',
  );
  const byOwner = db.read<[string, string], RememberedName>(
    'SELECT name, address FROM remembered_name WHERE tenant = ? AND owner = ? LIMIT 1',
  );
  const put = db.write<[string, string, string, string, string | null]>(
    `INSERT INTO remembered_name (tenant, unit, owner, name, address) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET owner = excluded.owner, name = excluded.name, address = coalesce(excluded.address, address)`,
  );
  return {
    find: (tenantId: string, unitId: string, owner: string): RememberedName | undefined =>
      byUnit.get(tenantId, unitId) ?? byOwner.get(tenantId, owner),
    isKnown: (tenantId: string, unitId: string, name: string, address: string | undefined): boolean => {
      const known = byUnit.get(tenantId, unitId);
      return known !== undefined && known.name === name && (address === undefined || known.address === address);
    },
    put: (
      tenantId: string,
      unit: { readonly id: string; readonly ownerKey: string; readonly name: string; readonly address?: string },
    ) => {
      put.run(tenantId, unit.id, unit.ownerKey, unit.name, orNull(unit.address));
    },
  };
};
