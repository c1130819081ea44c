import type { WritableDb } from '../worker/database.ts';

/**
 * Deletes a tenant's rows from `work`, all but the audit. Copies made before an upgrade may hold other tables than this
 * version does: what is deleted is found from the tables themselves.
 */
export function forgetInWork(db: WritableDb, tenantId: string): void {
  const tables = db.read<[], { name: string }>(`
    SELECT m.name FROM sqlite_schema m WHERE m.type = 'table' AND m.name <> 'audit'
      AND EXISTS (SELECT 1 FROM pragma_table_info(m.name) c WHERE c.name = 'tenant')`);
  const names = tables.all().map(table => table.name);
  db.transaction(() => {
    if (names.includes('plan'))
      db.write<[string]>('DELETE FROM plan_unit WHERE plan IN (SELECT key FROM plan WHERE tenant = ?)').run(tenantId);
    for (const name of names) db.write<[string]>(`DELETE FROM "${name}" WHERE tenant = ?`).run(tenantId);
    db.write<[string]>('DELETE FROM added_tenant WHERE id = ?').run(tenantId);
  });
}
