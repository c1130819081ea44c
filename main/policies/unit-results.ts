import type { ChangeResult } from '../../shared/contract/policies.ts';
import type { DeltaFailure, FetchedUnit, PolicyChangeResult } from '../graph/index.ts';
import type { ChangeItem } from './prepared.ts';

/** An item with its place in the document. */
export type Placed = ChangeItem & { readonly place: number };

/** Finds each item's part of the answer: order and number of an answer need not match the request. */
export function matchUnits(
  chunk: readonly Placed[],
  { units, removedIds, failures }: PolicyChangeResult,
): { readonly matched: ReadonlyMap<number, ChangeResult>; readonly unmatched: readonly Placed[] } {
  const matched = new Map<number, ChangeResult>();
  const ids = new Set(removedIds.map(id => id.toLowerCase()));
  const byKey = new Map<string, FetchedUnit>();
  for (const unit of units) {
    byKey.set(unit.ownerKey.toLowerCase(), unit);
    byKey.set(unit.id.toLowerCase(), unit);
  }
  const failureByKey = new Map<string, DeltaFailure>();
  for (const failure of failures) for (const key of keysOfFailure(failure)) failureByKey.set(key, failure);
  for (const item of chunk) {
    const { name } = item;
    const keys = [item.ownerKey, item.unitId].flatMap(key => (key === undefined ? [] : [key.toLowerCase()]));
    const failure = keys.map(key => failureByKey.get(key)).find(found => found !== undefined);
    const unit = keys.map(key => byKey.get(key)).find(found => found !== undefined);
    if (failure !== undefined) matched.set(item.place, { name, outcome: 'refused', error: toError(failure) });
    else if (unit !== undefined)
      matched.set(item.place, { name, outcome: 'accepted', unitId: unit.id, status: unit.status });
    else if (keys.some(key => ids.has(key))) matched.set(item.place, { name, outcome: 'accepted' });
  }
  return { matched, unmatched: chunk.filter(({ place }) => !matched.has(place)) };
}

function keysOfFailure({ id, contentId, graph }: DeltaFailure): string[] {
  return [id, contentId, graph['siteId'], graph['directoryObjectId']].flatMap(key =>
    typeof key === 'string' ? [key.toLowerCase()] : [],
  );
}

function toError({ code, message }: { readonly code: string; readonly message: string }): {
  code: string;
  message: string;
} {
  return { code, message };
}

/** Where the answer's failures name nobody: the one that they all are, or that there are several. */
export function onlyFailure(failures: readonly DeltaFailure[]): { code: string; message: string } {
  const [first] = failures;
  const isOne = first !== undefined && failures.every(({ code }) => code === first.code);
  return isOne ? toError(first) : { code: 'unknown', message: 'The service did not take it, and did not say why.' };
}
