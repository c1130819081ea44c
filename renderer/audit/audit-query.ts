import type { AuditFilter } from '../../shared/contract/audit.ts';
import { DAY } from '../../shared/domain/time.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import type { TypedDate } from '../ui/time/typed-time.ts';
import { instantsOf, wallAt } from '../ui/time/zone.ts';

/** Which rows are looked at. Days are of the technician's zone, both inside. */
export interface AuditQuery {
  readonly text: string;
  /** Of the view across tenants alone. */
  readonly tenantId: string | undefined;
  readonly who: string | undefined;
  readonly what: string | undefined;
  readonly fromDay: TypedDate | undefined;
  readonly toDay: TypedDate | undefined;
}

export const everyRow: AuditQuery = {
  text: '',
  tenantId: undefined,
  who: undefined,
  what: undefined,
  fromDay: undefined,
  toDay: undefined,
};

export function isFiltered(query: AuditQuery): boolean {
  const { text, ...rest } = query;
  return text.trim() !== '' || Object.values(rest).some(value => value !== undefined);
}

/** The query as main understands it; `tenantId` is that of the tenant's own tab, where one stands there. */
export function toAuditFilter(query: AuditQuery, zone: string, tenantId: string | undefined): AuditFilter {
  const { who, what, fromDay, toDay } = query;
  const text = query.text.trim();
  const meant = tenantId ?? query.tenantId;
  return {
    ...(meant === undefined ? {} : { tenantId: meant }),
    ...(text === '' ? {} : { text }),
    ...(who === undefined ? {} : { who }),
    ...(what === undefined ? {} : { what }),
    ...(fromDay === undefined ? {} : { fromAt: startOf(fromDay, zone) }),
    ...(toDay === undefined ? {} : { toAt: startOf(dayAfter(toDay), zone) }),
  };
}

/** The first instant of a day in a zone; some zones put their clocks forward at midnight. */
function startOf(day: TypedDate, zone: string): UtcSeconds {
  const instants = instantsOf({ ...day, hour: 0, minute: 0, second: 0 }, zone);
  switch (instants.is) {
    case 'once':
      return instants.at;
    case 'twice':
      return instants.first;
    case 'never':
      return instants.resumesAt;
  }
}

function dayAfter({ year, month, day }: TypedDate): TypedDate {
  return wallAt('UTC', Date.UTC(year, month - 1, day) / 1000 + DAY);
}
