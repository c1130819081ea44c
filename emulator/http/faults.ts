/** Faults: what is to go wrong, for which questions, how often. */
import { fraction, hash } from '../seeded-random.ts';

export const faultEffects = [
  'throttle',
  'status',
  'dropBefore',
  'dropAfter',
  'gatewayTimeout',
  'delay',
  'malformed',
  'truncated',
  'unknownEnumMember',
  'unknownProperty',
  'expiredToken',
] as const;

type FaultEffect = (typeof faultEffects)[number];

interface FaultRequest {
  readonly match: {
    readonly method?: string;
    /** A template, or a prefix that ends in `*`. */
    readonly route?: string;
    readonly tenantId?: string;
  };
  readonly effect: FaultEffect;
  /** Strikes this often, then no more. Without it and `probability`: always. */
  readonly times?: number;
  /** From 0 to 1, drawn from the seed. */
  readonly probability?: number;
  /** `throttle`: without it the answer has no Retry-After. */
  readonly retryAfterSeconds?: number;
  /** `status`. */
  readonly status?: number;
  readonly code?: string;
  readonly message?: string;
  /** `delay`: real milliseconds. */
  readonly ms?: number;
  /** `expiredToken`: the 401 carries a claims challenge. */
  readonly claims?: string;
}

export interface Fault extends FaultRequest {
  readonly id: string;
  /** How often it struck. */
  readonly struck: number;
}

interface AskedQuestion {
  readonly method: string;
  readonly route: string;
  readonly tenantId?: string;
  /** Struck only by faults whose route begins like this: what is no question to Graph by itself. */
  readonly onlyRoutesFrom?: string;
}

export interface Faults {
  add(request: FaultRequest): Fault;
  list(): readonly Fault[];
  find(id: string): Fault | undefined;
  remove(id: string): boolean;
  clear(): void;
  /** The faults that strike this question, each counted as having struck. */
  strike(question: AskedQuestion): readonly Fault[];
}

const matchesRoute = (pattern: string | undefined, route: string): boolean => {
  if (pattern === undefined) return true;
  const [wanted, actual] = [pattern.toLowerCase(), route.toLowerCase()];
  return wanted.endsWith('*') ? actual.startsWith(wanted.slice(0, -1)) : wanted === actual;
};

const matches = ({ match }: FaultRequest, { method, route, tenantId, onlyRoutesFrom }: AskedQuestion): boolean =>
  (onlyRoutesFrom === undefined || match.route?.toLowerCase().startsWith(onlyRoutesFrom) === true) &&
  (match.method === undefined || match.method.toUpperCase() === method.toUpperCase()) &&
  (match.tenantId === undefined || match.tenantId.toLowerCase() === tenantId) &&
  matchesRoute(match.route, route);

export const createFaults = (seed: number, newId: () => string): Faults => {
  const faults = new Map<string, Fault & { drawn: number; struck: number }>();
  return {
    add: request => {
      const fault = { ...request, id: newId(), struck: 0, drawn: 0 };
      faults.set(fault.id, fault);
      return fault;
    },
    list: () => [...faults.values()].map(({ drawn: _drawn, ...fault }) => fault),
    find: id => faults.get(id),
    remove: id => faults.delete(id),
    clear: () => faults.clear(),
    strike: question => {
      const striking: Fault[] = [];
      for (const fault of faults.values()) {
        if (!matches(fault, question) || (fault.times !== undefined && fault.struck >= fault.times)) continue;
        if (fault.probability !== undefined) {
          const chance = fraction(hash(seed, fault.id, fault.drawn));
          fault.drawn += 1;
          if (chance >= fault.probability) continue;
        }
        fault.struck += 1;
        striking.push(fault);
      }
      return striking;
    },
  };
};
