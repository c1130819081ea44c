import type { ProtectionPolicy } from '../api/policies.ts';
import type { WritableDb } from '../worker/database.ts';
import { fromJson, orNull, toJson } from './columns.ts';
import type { TenantKey } from './tenants.ts';
import { toServiceError } from './service-error.ts';

interface PolicyRow {
  readonly id: string;
  readonly kind: ProtectionPolicy['kind'] | null;
  readonly name: string;
  readonly status: string;
  readonly retention: string;
  readonly createdAt: number | null;
  readonly modifiedAt: number | null;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
}

const toPolicy = (row: PolicyRow): ProtectionPolicy => ({
  id: row.id,
  name: row.name,
  status: row.status,
  retention: fromJson(row.retention) as ProtectionPolicy['retention'],
  ...(row.kind === null || row.kind === undefined ? {} : { kind: row.kind }),
  ...(row.createdAt === null ? {} : { createdAt: row.createdAt }),
  ...(row.modifiedAt === null ? {} : { modifiedAt: row.modifiedAt }),
  ...toServiceError(row),
});

/** `policy` of the cache: each tenant's protection policies as last read. */
export const policiesRepository = (db: WritableDb) => {
  const select = `SELECT id, kind, name, status, retention, created_at AS createdAt, modified_at AS modifiedAt,
    error_code AS errorCode, error_message AS errorMessage FROM policy WHERE tenant = ?`;
  const all = db.read<[TenantKey], PolicyRow>(`${select} ORDER BY name, id`);
  const one = db.read<[TenantKey, string], PolicyRow>(`${select} AND id = ?`);
  const clear = db.write<[TenantKey]>('DELETE FROM policy WHERE tenant = ?');
  const insert = db.write<
    [
      TenantKey,
      string,
      string | null,
      string,
      string,
      string,
      number | null,
      number | null,
      string | null,
      string | null,
    ]
  >(
    `INSERT INTO policy (tenant, id, kind, name, status, retention, created_at, modified_at, error_code, error_message)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  return {
    list: (tenant: TenantKey) => all.all(tenant).map(toPolicy),
    find: (tenant: TenantKey, id: string): ProtectionPolicy | undefined => {
      const row = one.get(tenant, id);
      return row === undefined ? undefined : toPolicy(row);
    },
    /** @returns ids of those whose retention is another than before */
    replaceAll: (tenant: TenantKey, policies: readonly ProtectionPolicy[]): string[] =>
      db.transaction(() => {
        const before = new Map(all.all(tenant).map(row => [row.id, row.retention]));
        clear.run(tenant);
        const changed: string[] = [];
        for (const policy of policies) {
          const retention = toJson(policy.retention);
          const was = before.get(policy.id);
          if (was !== undefined && was !== retention) changed.push(policy.id);
          insert.run(
            tenant,
            policy.id,
            orNull(policy.kind),
            policy.name,
            policy.status,
            retention,
            orNull(policy.createdAt),
            orNull(policy.modifiedAt),
            orNull(policy.error?.code),
            orNull(policy.error?.message),
          );
        }
        return changed;
      }),
    removeAll: (tenant: TenantKey) => {
      clear.run(tenant);
    },
  };
};
