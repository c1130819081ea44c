/** What was asked of Graph: round trips, and questions with each part of a `$batch` counted by itself. */

/** The status under which a question is counted whose caller's connection was cut. */
export const lostConnection = 0;

export interface CountedQuestion {
  readonly method: string;
  /** A template, `/$batch`, or `(unknown)`. */
  readonly route: string;
  readonly status: number;
  readonly tenantId?: string;
  /** `batch` is the envelope: a round trip that is no question itself; `part` is a question without a round trip. */
  readonly kind: 'single' | 'batch' | 'part';
}

interface RequestCounts {
  readonly http: number;
  readonly questions: number;
  readonly byRoute: readonly {
    readonly method: string;
    readonly route: string;
    readonly status: number;
    readonly count: number;
  }[];
  readonly byTenant: readonly { readonly tenantId: string; readonly http: number; readonly questions: number }[];
  /** Number of the last question counted: `since` may name it. */
  readonly sequence: number;
}

export interface RequestCounters {
  count(question: CountedQuestion): void;
  /** All, or those after a moment of service time, or after a sequence number. */
  read(since?: { readonly milliseconds: number } | { readonly sequence: number }): RequestCounts;
  reset(): void;
}

interface Entry extends CountedQuestion {
  readonly atMilliseconds: number;
}

/** Kept one by one, for `since`; older ones are kept as sums only. */
const mostEntries = 200_000;

interface Sum extends CountedQuestion {
  count: number;
}

const keyOf = ({ method, route, status, tenantId, kind }: CountedQuestion): string =>
  [method, route, status, tenantId ?? '', kind].join(' ');

const add = (sums: Map<string, Sum>, question: CountedQuestion, count: number): void => {
  const key = keyOf(question);
  const sum = sums.get(key);
  if (sum === undefined) sums.set(key, { ...question, count });
  else sum.count += count;
};

const toCounts = (sums: Iterable<Sum>, sequence: number): RequestCounts => {
  const byRoute = new Map<string, { method: string; route: string; status: number; count: number }>();
  const byTenant = new Map<string, { tenantId: string; http: number; questions: number }>();
  let http = 0;
  let questions = 0;
  for (const { method, route, status, tenantId, kind, count } of sums) {
    const trips = kind === 'part' ? 0 : count;
    const asked = kind === 'batch' ? 0 : count;
    http += trips;
    questions += asked;
    const key = `${method} ${route} ${status}`;
    const row = byRoute.get(key) ?? { method, route, status, count: 0 };
    row.count += count;
    byRoute.set(key, row);
    if (tenantId === undefined) continue;
    const tenant = byTenant.get(tenantId) ?? { tenantId, http: 0, questions: 0 };
    tenant.http += trips;
    tenant.questions += asked;
    byTenant.set(tenantId, tenant);
  }
  return { http, questions, byRoute: [...byRoute.values()], byTenant: [...byTenant.values()], sequence };
};

/** @param now milliseconds of service time */
export const createRequestCounters = (now: () => number): RequestCounters => {
  let entries: Entry[] = [];
  let summed = new Map<string, Sum>();
  /** How many were counted before the first of `entries`. */
  let before = 0;
  return {
    count: question => {
      entries.push({ ...question, atMilliseconds: now() });
      if (entries.length <= mostEntries) return;
      const old = entries.splice(0, mostEntries / 2);
      for (const { atMilliseconds: _at, ...entry } of old) add(summed, entry, 1);
      before += old.length;
    },
    read: since => {
      const sums = new Map<string, Sum>();
      if (since === undefined) for (const { count, ...sum } of summed.values()) add(sums, sum, count);
      const counted =
        since === undefined
          ? entries
          : 'sequence' in since
            ? entries.slice(Math.max(0, since.sequence - before))
            : entries.filter(({ atMilliseconds }) => atMilliseconds >= since.milliseconds);
      for (const { atMilliseconds: _at, ...entry } of counted) add(sums, entry, 1);
      return toCounts(sums.values(), before + entries.length);
    },
    reset: () => {
      before += entries.length;
      entries = [];
      summed = new Map();
    },
  };
};
