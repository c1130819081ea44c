/** The units of one tenant: those computed from the seed, changed and joined by those put in place by hand. */
import { kindOf, unitIdOf, unitOf } from '../world/units.ts';
import type { UnitHistory } from '../world/history.ts';
import type { Unit, UnitError, UnitKind, UnitSource } from '../world/units.ts';
import type { Journal } from './journal.ts';

export interface StoredUnit extends Unit {
  /** Number within the tenant: its place in lists, and part of its points' ids. */
  readonly number: number;
}

/** What was put in place about a unit. `history: false` takes away the points computed from the seed. */
export type UnitChange = Partial<Omit<Unit, 'history' | 'policyId' | 'error'>> & {
  readonly history?: false | UnitHistory;
  /** Null: taken out of its policy. */
  readonly policyId?: string | null;
  /** Null: nothing wrong any more. */
  readonly error?: UnitError | null;
};

type WithNulls = Omit<StoredUnit, 'policyId' | 'error'> & Pick<UnitChange, 'policyId' | 'error'>;

const withoutNulls = ({ policyId, error, ...unit }: WithNulls): StoredUnit => ({
  ...unit,
  ...(policyId === undefined || policyId === null ? {} : { policyId }),
  ...(error === undefined || error === null ? {} : { error }),
});

export interface UnitStore {
  readonly count: number;
  find(id: string): StoredUnit | undefined;
  at(number: number): StoredUnit | undefined;
  /** In order of their numbers, computed as the walk goes on; from this number on. */
  list(kind: UnitKind, from?: number): Generator<StoredUnit>;
  /** Changes a unit, or adds one; `kind` and `id` of a known unit stay. */
  put(id: string, kind: UnitKind, change: UnitChange): void;
  /** The unit of this kind that protects this site or person. */
  findByResource(kind: UnitKind, resourceId: string): StoredUnit | undefined;
  /** Goes up with every change. */
  readonly version: number;
  /** The units that were put in place or changed after that version, as they are now; one may come twice. */
  changedSince(version: number): Iterable<StoredUnit>;
}

interface KeptUnit {
  readonly kind: UnitKind;
  readonly change: UnitChange;
}

export const createUnitStore = (source: UnitSource, journal: Journal): UnitStore => {
  const keptAs = `unit ${source.tenantId}`;
  const kept = new Map<string, KeptUnit>(journal.read<KeptUnit>(keptAs));
  let numbers: Map<string, number> | undefined;
  const added: string[] = [];
  /** Number of the unit of each change, in order. */
  const changes: number[] = [];

  /** Built when first needed: a tenant that nobody asks about costs nothing. */
  const numberOf = (id: string): number | undefined => {
    if (numbers === undefined) {
      numbers = new Map();
      for (let number = 0; number < source.count; number += 1) numbers.set(unitIdOf(source, number), number);
      for (const addedId of kept.keys()) include(addedId, numbers);
    }
    return numbers.get(id.toLowerCase()) ?? numbers.get(id);
  };
  const include = (id: string, into: Map<string, number>): void => {
    if (into.has(id)) return;
    into.set(id, source.count + added.length);
    added.push(id);
  };

  const at = (number: number): StoredUnit | undefined => {
    if (number < source.count) {
      const unit = unitOf(source, number);
      const change = kept.get(unit.id)?.change;
      if (change === undefined) return { ...unit, number };
      const { history, ...rest } = change;
      const changed = withoutNulls({ ...unit, ...rest, id: unit.id, kind: unit.kind, number });
      if (history === undefined) return changed;
      const { history: _none, ...withoutHistory } = changed;
      return history === false ? withoutHistory : { ...withoutHistory, history };
    }
    const id = added[number - source.count];
    const entry = id === undefined ? undefined : kept.get(id);
    if (id === undefined || entry === undefined) return undefined;
    const { history, ...change } = entry.change;
    return withoutNulls({
      ...(history === undefined || history === false ? {} : { history }),
      status: 'protected',
      protectionSources: 'manual',
      createdAt: source.worldStart,
      lastModifiedAt: source.worldStart,
      isHeld: false,
      isGone: false,
      ...change,
      id,
      kind: entry.kind,
      number,
    });
  };

  /** Numbers by kind and what is protected; made when first needed, kept up by `put`. */
  let byResource: Map<string, number> | undefined;
  const resourceKey = (kind: UnitKind, id: string): string => `${kind} ${id.toLowerCase()}`;
  const indexOf = (): Map<string, number> => {
    if (byResource !== undefined) return byResource;
    byResource = new Map();
    numberOf('');
    for (let number = 0; number < source.count + added.length; number += 1) {
      const unit = at(number);
      const resource = unit?.siteId ?? unit?.directoryObjectId;
      if (unit !== undefined && resource !== undefined) byResource.set(resourceKey(unit.kind, resource), number);
    }
    return byResource;
  };

  return {
    get count() {
      numberOf('');
      return source.count + added.length;
    },
    find: id => {
      const number = numberOf(id);
      return number === undefined ? undefined : at(number);
    },
    at,
    findByResource: (kind, resourceId) => {
      const number = indexOf().get(resourceKey(kind, resourceId));
      return number === undefined ? undefined : at(number);
    },
    *list(kind, from = 0) {
      numberOf('');
      for (let number = from; number < source.count + added.length; number += 1) {
        const known =
          number < source.count
            ? kindOf(source.count, number).kind
            : kept.get(added[number - source.count] ?? '')?.kind;
        if (known !== kind) continue;
        const unit = at(number);
        if (unit !== undefined) yield unit;
      }
    },
    put: (id, kind, change) => {
      numberOf('');
      const before = kept.get(id);
      const entry = { kind: before?.kind ?? kind, change: { ...before?.change, ...change } };
      kept.set(id, entry);
      if (numbers !== undefined) include(id, numbers);
      journal.put(keptAs, id, entry);
      const resource = change.siteId ?? change.directoryObjectId;
      const number = numberOf(id);
      changes.push(number ?? 0);
      if (resource !== undefined && number !== undefined) byResource?.set(resourceKey(entry.kind, resource), number);
    },
    get version() {
      return changes.length;
    },
    *changedSince(version) {
      for (const number of changes.slice(version)) {
        const unit = at(number);
        if (unit !== undefined) yield unit;
      }
    },
  };
};
