import type { RestoreItem } from '../../shared/domain/restore-packing.ts';
import type { DeltaFailure } from '../graph/index.ts';
import type { ItemRefusals, Refusal } from './run-state.ts';

/** The code of a refusal whose own one is not known: the service gave several, and did not say which unit each is about. */
export const REASON_UNTOLD = 'reasonUntold';

type Failure = Pick<DeltaFailure, 'code' | 'message' | 'id' | 'contentId' | 'graph'>;

/**
 * Why each of the items that a change did not take was not taken, by the answer's failures. Neither their order nor their number need
 * match the request: a reason is an item's own only where the failure names it, or where all of them give the same.
 *
 * @param missing what was sent and does not stand in the draft; not empty failures are given with it
 */
export function toItemRefusals(
  missing: readonly RestoreItem[],
  failures: readonly Failure[],
  request: Pick<Refusal, 'requestId'>,
): ItemRefusals {
  const named = new Map<RestoreItem, Failure>();
  const nameless: Failure[] = [];
  for (const failure of failures) {
    const item = missing.find(each => isAbout(failure, each));
    if (item === undefined) nameless.push(failure);
    else named.set(item, failure);
  }
  const rest = missing.filter(item => !named.has(item));
  const [first] = nameless;
  const areAlike =
    first !== undefined &&
    nameless.length >= rest.length &&
    nameless.every(({ code, message }) => code === first.code && message === first.message);
  const ofTheRest: Refusal = areAlike ? { code: first.code, message: first.message } : untold(nameless);
  return missing.map(item => {
    const own = named.get(item);
    const refusal = own === undefined ? ofTheRest : { code: own.code, message: own.message };
    return { unitId: item.unitId, refusal: { ...refusal, ...request } };
  });
}

/** Whether the failure says that it is about this item. */
function isAbout({ id, contentId, graph }: Failure, { restorePointId, unitId }: RestoreItem): boolean {
  const point: unknown = graph['restorePoint'];
  const pointId = typeof point === 'object' && point !== null && 'id' in point ? point.id : undefined;
  return [id, contentId, pointId].some(name => name !== undefined && (name === restorePointId || name === unitId));
}

function untold(failures: readonly Failure[]): Refusal {
  const reasons = [...new Set(failures.map(({ code, message }) => (message === '' ? code : `${code}: ${message}`)))];
  return {
    code: REASON_UNTOLD,
    message:
      reasons.length === 0
        ? 'The service did not take this unit and did not say why.'
        : `The service did not take this unit. Of those that it did not take it says, without naming which: ${reasons.join('; ')}`,
  };
}
