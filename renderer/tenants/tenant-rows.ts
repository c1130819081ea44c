import type { Tenant, TenantAtHome } from '../../shared/contract/tenants.ts';
import type { TenantInBackground } from '../../shared/contract/background.ts';
import { CADENCE } from '../../shared/domain/knowledge/index.ts';
import { type Say, tenantLevels, tenantState } from '../../shared/domain/tenant-state.ts';
import type { TenantLevel, TenantState } from '../../shared/domain/tenant-state.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { formatCount, formatQuantity } from '../ui/number.ts';
import type { TableSort } from '../ui/table/table-column.ts';
import { formatDuration, formatMoment, formatShortDate } from '../ui/time/format.ts';
import type { Tone } from '../ui/unit-words.ts';
import { holders } from '../../shared/domain/control.ts';

export const levelWords: { readonly [L in TenantLevel]: { word: string; tone: Tone } } = {
  critical: { word: 'Critical', tone: 'bad' },
  atRisk: { word: 'At risk', tone: 'warning' },
  watch: { word: 'Watch', tone: 'neutral' },
  protected: { word: 'Protected', tone: 'good' },
};

/** A tenant as the list of all shows it. */
export interface TenantRow {
  readonly tenant: Tenant;
  readonly state: TenantState;
  /** The oldest newest point of all its units. `isCertain`: the service named it the newest within the last interval. */
  readonly stalest?: {
    readonly at: UtcSeconds;
    readonly askedAt?: UtcSeconds | undefined;
    readonly isCertain: boolean;
  };
  /** Service time of the tenant. */
  readonly now: UtcSeconds;
  readonly notAsked: number;
  /** How its background sync stands; absent where none runs. */
  readonly background?: TenantInBackground | undefined;
  /** `12 users, 3 sites in no policy`: a fact of the directory as it was read last, not a state of its own. */
  readonly unprotected?: string;
}

/** How times, lengths and counts are written in the technician's zone. */
function sayIn(zone: string, now: UtcSeconds): Say {
  return {
    date: at => formatShortDate(at, zone, now),
    moment: at => formatMoment(at, zone, now),
    duration: formatDuration,
    count: formatCount,
  };
}

/** @param hostNow the host's clock, which each tenant's is told from */
export function toTenantRow(
  atHome: TenantAtHome,
  hostNow: UtcSeconds,
  zone: string,
  background?: TenantInBackground,
): TenantRow {
  const { clockAheadSeconds, kinds, notReady, running, tenant, unprotected } = atHome;
  const now = hostNow + clockAheadSeconds;
  const facts = { ...tenant, kinds, running, ...(notReady === undefined ? {} : { notReady }) };
  const stalest = kinds.flatMap(kind => kind.stalest ?? []).toSorted((a, b) => a.at - b.at)[0];
  return {
    tenant,
    now,
    state: tenantState(facts, now, sayIn(zone, now)),
    notAsked: kinds.reduce((sum, kind) => sum + kind.notAsked, 0),
    ...(background === undefined ? {} : { background }),
    ...unprotectedInWords(unprotected),
    ...(stalest === undefined
      ? {}
      : { stalest: { ...stalest, isCertain: stalest.askedAt !== undefined && now - stalest.askedAt < CADENCE } }),
  };
}

function unprotectedInWords(found: TenantAtHome['unprotected']): { unprotected?: string } {
  const parts = [
    ...(found === undefined || found.users === 0 ? [] : [formatQuantity(found.users, 'user')]),
    ...(found === undefined || found.sites === 0 ? [] : [formatQuantity(found.sites, 'site')]),
  ];
  return parts.length === 0 ? {} : { unprotected: `${parts.join(', ')} unprotected` };
}

type Compare = (a: TenantRow, b: TenantRow) => number;

const byName: Compare = (a, b) => a.tenant.displayName.localeCompare(b.tenant.displayName);
const byLevel: Compare = (a, b) => tenantLevels.indexOf(a.state.level) - tenantLevels.indexOf(b.state.level);
const ageOf = (row: TenantRow, at: UtcSeconds | undefined): number => (at === undefined ? Infinity : row.now - at);
/** Infinite ages are equal, though their difference is no number. */
const compareNumbers = (a: number, b: number): number => (a === b ? 0 : a - b);

const comparisons: { readonly [column: string]: Compare } = {
  state: byLevel,
  tenant: byName,
  reason: (a, b) => a.state.reason.localeCompare(b.state.reason),
  protected: (a, b) => compareNumbers(a.tenant.protectedUnits, b.tenant.protectedUnits),
  stalest: (a, b) => compareNumbers(ageOf(a, a.stalest?.at), ageOf(b, b.stalest?.at)),
  controller: (a, b) => holders[a.tenant.controller.by].localeCompare(holders[b.tenant.controller.by]),
  age: (a, b) => compareNumbers(ageOf(a, a.tenant.syncedAt), ageOf(b, b.tenant.syncedAt)),
};

/** The rows in an order: worst first, equals by name, unless a column is chosen. Grouped, the states come before the column. */
export function sortRows(
  rows: readonly TenantRow[],
  sort: TableSort | undefined,
  isGrouped = false,
): readonly TenantRow[] {
  const chosen = sort === undefined ? byLevel : (comparisons[sort.by] ?? byLevel);
  const sign = sort?.descending === true ? -1 : 1;
  return rows.toSorted(
    (a, b) => (isGrouped ? byLevel(a, b) : 0) || sign * chosen(a, b) || byLevel(a, b) || byName(a, b),
  );
}
