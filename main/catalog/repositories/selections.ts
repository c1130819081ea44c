import type { SelectionSummary, UnitFilter } from '../../../shared/contract/units.ts';
import type { UnitKind } from '../../../shared/domain/protection-unit.ts';
import type { WritableDb } from '../worker/database.ts';
import { fromJson } from './columns.ts';
import type { TenantKey } from './tenants.ts';
import { filterParams, MATCHES } from './unit-filter.ts';
import type { FilterParams } from './unit-filter.ts';
import type { UnitKey } from './units.ts';

/** Makes the tables that selections live in: in memory, of this connection alone. Before any repository that reads them. */
export const createSelectionTables = (db: WritableDb): void => {
  db.exec(`
    CREATE TEMP TABLE IF NOT EXISTS selection (id TEXT PRIMARY KEY, tenant INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TEMP TABLE IF NOT EXISTS selected (selection TEXT NOT NULL, unit INTEGER NOT NULL, PRIMARY KEY (selection, unit)) STRICT, WITHOUT ROWID;
  `);
};

/** `temp.selection` and `temp.selected`: named sets of one tenant's units. */
export const selectionsRepository = (db: WritableDb) => {
  const open = db.write<[string, TenantKey]>('INSERT INTO temp.selection (id, tenant) VALUES (?, ?)');
  const one = db.read<[string], { tenant: TenantKey; tenantId: string }>(
    'SELECT s.tenant, t.id AS tenantId FROM temp.selection s JOIN tenant t ON t.key = s.tenant WHERE s.id = ?',
  );
  // Ids that the tenant does not hold are passed over: a selection names units of its own tenant and nothing else.
  const add = db.write<[string, TenantKey, string]>(
    `INSERT OR IGNORE INTO temp.selected (selection, unit)
     SELECT ?1, u.key FROM json_each(?3) w CROSS JOIN unit u ON u.tenant = ?2 AND u.id = w.value`,
  );
  const remove = db.write<[string, TenantKey, string]>(
    `DELETE FROM temp.selected WHERE selection = ?1
       AND unit IN (SELECT u.key FROM json_each(?3) w CROSS JOIN unit u ON u.tenant = ?2 AND u.id = w.value)`,
  );
  const keys = db.read<[string], { keys: string }>(
    'SELECT json_group_array(unit) AS keys FROM temp.selected WHERE selection = ?',
  );
  const addMatching = db.write<[...FilterParams, string]>(
    `INSERT OR IGNORE INTO temp.selected (selection, unit) SELECT ?7, u.key FROM unit u WHERE ${MATCHES}`,
  );
  const removeMatching = db.write<[...FilterParams, string]>(
    `DELETE FROM temp.selected WHERE selection = ?7 AND unit IN (SELECT u.key FROM unit u WHERE ${MATCHES})`,
  );
  const clear = db.write<[string]>('DELETE FROM temp.selected WHERE selection = ?');
  const close = db.write<[string]>('DELETE FROM temp.selection WHERE id = ?');
  const summary = db.read<[string], Omit<SelectionSummary, 'id'>>(`
    SELECT count(*) AS count, count(*) FILTER (WHERE u.kind = 'site') AS sites, count(*) FILTER (WHERE u.kind = 'drive') AS drives,
      count(*) FILTER (WHERE u.kind = 'mailbox') AS mailboxes
    FROM temp.selected s JOIN unit u ON u.key = s.unit AND u.gone_at IS NULL WHERE s.selection = ?`);
  const ids = db.read<[string, string, number], { id: string; kind: UnitKind }>(
    'SELECT u.id, u.kind FROM temp.selected s JOIN unit u ON u.key = s.unit AND u.gone_at IS NULL WHERE s.selection = ? AND u.id > ? ORDER BY u.id LIMIT ?',
  );
  const ofTenant = db.read<[TenantKey], { id: string }>('SELECT id FROM temp.selection WHERE tenant = ?');

  return {
    open: (id: string, tenant: TenantKey) => {
      open.run(id, tenant);
    },
    find: (id: string) => one.get(id),
    add: (id: string, tenant: TenantKey, unitIds: readonly string[]) => {
      add.run(id, tenant, JSON.stringify(unitIds));
    },
    remove: (id: string, tenant: TenantKey, unitIds: readonly string[]) => {
      remove.run(id, tenant, JSON.stringify(unitIds));
    },
    /** The keys of all units that it names now, gone ones too: at once, as it may be changed between two slices of who reads it. */
    keys: (id: string): UnitKey[] => fromJson(keys.get(id)?.keys ?? '[]') as UnitKey[],
    addMatching: (id: string, tenant: TenantKey, filter: UnitFilter) => {
      addMatching.run(...filterParams(tenant, filter), id);
    },
    removeMatching: (id: string, tenant: TenantKey, filter: UnitFilter) => {
      removeMatching.run(...filterParams(tenant, filter), id);
    },
    clear: (id: string) => {
      clear.run(id);
    },
    summary: (id: string): SelectionSummary => ({
      count: 0,
      sites: 0,
      drives: 0,
      mailboxes: 0,
      ...summary.get(id),
      id,
    }),
    ids: (id: string, after: string, limit: number) => ids.all(id, after, limit),
    close: (id: string) => {
      clear.run(id);
      close.run(id);
    },
    closeAllOf: (tenant: TenantKey) => {
      for (const selection of ofTenant.all(tenant)) {
        clear.run(selection.id);
        close.run(selection.id);
      }
    },
  };
};
