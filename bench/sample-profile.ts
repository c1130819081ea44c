import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openCatalog } from '../main/catalog/index.ts';
import type { Catalog, ReadUnit } from '../main/catalog/index.ts';
import { unitKinds } from '../shared/domain/protection-unit.ts';
import { DAY, HOUR, MINUTE } from '../shared/domain/time.ts';
import { openBare } from './bare-database.ts';
import { nameOf } from './sample-names.ts';

/** The service time at which everything is judged. */
export const NOW = 1_790_000_000;

export interface SampleSize {
  readonly tenants: number;
  readonly units: number;
  readonly pointsAUnit: number;
  /** All tenants have as many units; else the first has two fifths of all. */
  readonly alike?: boolean;
}

/** A profile as an MSP has it after a while, and how to name what is in it. */
export interface Sample extends SampleSize {
  readonly profile: string;
  readonly cachePath: string;
  readonly tenantIds: readonly string[];
  /** The largest customer, with two fifths of all units. */
  readonly largest: { readonly tenantId: string; readonly unitIds: readonly string[] };
  /** What was written of units and points, and how long that took. */
  readonly made: { readonly unitsSeconds: number; readonly bytes: number };
}

const UNITS_A_PAGE = 1_000;

const hex = (number: number, digits: number): string => number.toString(16).padStart(digits, '0');
const tenantIdOf = (tenant: number): string => `0b5c3c1e-4f0a-4d0e-9c60-${hex(tenant, 12)}`;
/** Scattered as the service's own ids are: neighbours in number are no neighbours in an index. */
const unitIdOf = (number: number): string =>
  `${hex(Math.imul(number, 0x9e37_79b1) >>> 0, 8)}-7c0d-4b1e-8a2f-${hex(number, 12)}`;

/** How many units each tenant has. */
function unitsOfTenants({ alike = false, tenants, units }: SampleSize): readonly number[] {
  const first = tenants === 1 ? units : Math.floor(alike ? units / tenants : (units * 2) / 5);
  const others = tenants - 1;
  return Array.from({ length: tenants }, (_, tenant) =>
    tenant === 0
      ? first
      : Math.floor(((units - first) * tenant) / others) - Math.floor(((units - first) * (tenant - 1)) / others),
  );
}

export const openSample = (profile: string): Promise<Catalog> =>
  openCatalog({ profile, worker: new URL('../main/catalog/worker/main.ts', import.meta.url), now: () => NOW });

/** The units of a tenant, every kind a third. */
function unitsOf(tenant: number, first: number, count: number): readonly ReadUnit[] {
  return Array.from({ length: count }, (_, index) => {
    const number = first + index;
    const kind = unitKinds[number % unitKinds.length] ?? 'site';
    return {
      id: unitIdOf(number),
      kind,
      ...nameOf(kind, number, `customer${tenant}.example`),
      ownerKey: `owner-${unitIdOf(number)}`,
      status: 'protected',
      sources: ['manual'],
    };
  });
}

async function writeUnits(catalog: Catalog, size: SampleSize): Promise<Pick<Sample, 'tenantIds' | 'largest'>> {
  const tenantIds: string[] = [];
  let largest: Sample['largest'] = { tenantId: '', unitIds: [] };
  let first = 1;
  for (const [tenant, count] of unitsOfTenants(size).entries()) {
    const tenantId = tenantIdOf(tenant);
    tenantIds.push(tenantId);
    await catalog.tenants.add({
      id: tenantId,
      displayName: `Customer ${tenant}`,
      domain: `customer${tenant}.example`,
      addedAt: NOW,
    });
    const units = unitsOf(tenant, first, count);
    first += count;
    if (tenant === 0) largest = { tenantId, unitIds: units.map(unit => unit.id) };
    for (const kind of unitKinds) {
      const read = await catalog.units.beginRead({ tenantId, kind, at: NOW });
      const ofKind = units.filter(unit => unit.kind === kind);
      for (let from = 0; from < ofKind.length; from += UNITS_A_PAGE)
        await catalog.units.putPage(read, ofKind.slice(from, from + UNITS_A_PAGE));
      await catalog.units.endRead(read);
    }
    await catalog.tenants.setSyncedAt(tenantId, NOW);
  }
  return { tenantIds, largest };
}

/**
 * Points for every unit, hourly up to a day ago, written in SQL: it is the reading that is measured. Nine stretches in ten are proven up to
 * the next point; every sixth point of a site or drive is fast; half of the units were asked for their newest lately.
 */
function writePoints(path: string, pointsAUnit: number): void {
  const db = openBare(path);
  const at = (index: string): string =>
    `(${NOW - DAY} - (${pointsAUnit} - (${index})) * ${HOUR} + u.key * 37 % ${HOUR})`;
  // Nothing is lost with a sample that is not finished: it is made anew.
  db.exec(`
    PRAGMA journal_mode = DELETE; PRAGMA synchronous = OFF; PRAGMA cache_size = -262144;
    CREATE TEMP TABLE number (i INTEGER PRIMARY KEY);
    INSERT INTO temp.number WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ${pointsAUnit}) SELECT i FROM n;
    BEGIN;
    INSERT INTO know (unit, t, id, exp, any_to, fast_to, flags, seen)
      SELECT u.key, ${at('n.i')}, CAST(x'01' || randomblob(16) AS BLOB), ${at('n.i')} + ${365 * DAY},
        CASE WHEN (u.key * 31 + n.i * 17) % 10 = 0 THEN ${at('n.i')} ELSE ${at('n.i + 1')} END,
        CASE WHEN u.kind <> 'mailbox' AND n.i % 6 = 0 THEN ${at('n.i + 6')} ELSE ${at('n.i')} END,
        CASE WHEN u.kind <> 'mailbox' AND n.i % 6 = 0 THEN 1 ELSE 0 END, ${NOW - HOUR}
      FROM unit u CROSS JOIN temp.number n;
    INSERT INTO shown (unit, fast, to_at, asked_at, from_at, point)
      SELECT u.key, 0, ${Number.MAX_SAFE_INTEGER}, ${NOW - 5 * MINUTE}, ${at(`${pointsAUnit} - 1`)} + 1,
        (SELECT k.id FROM know k WHERE k.unit = u.key ORDER BY k.t DESC LIMIT 1)
      FROM unit u WHERE u.key % 2 = 0;
    UPDATE unit AS u SET newest_at = ${at(`${pointsAUnit} - 1`)}, heads_until = ${at('0')} + ${365 * DAY},
      newest_asked_at = CASE WHEN u.key % 2 = 0 THEN ${NOW - 5 * MINUTE} END;
    COMMIT;
    PRAGMA journal_mode = WAL;
  `);
  db.close();
}

/** Makes a profile of a size in a folder that does not exist yet. */
export async function makeSample(profile: string, size: SampleSize): Promise<Sample> {
  if (existsSync(profile)) throw new Error(`${profile} exists already: a sample is made in a new folder`);
  const begun = performance.now();
  const catalog = await openSample(profile);
  const named = await writeUnits(catalog, size);
  await catalog.close();
  const unitsSeconds = (performance.now() - begun) / 1000;
  const cachePath = join(profile, 'cache.db');
  writePoints(cachePath, size.pointsAUnit);
  return { ...size, ...named, profile, cachePath, made: { unitsSeconds, bytes: statSync(cachePath).size } };
}
