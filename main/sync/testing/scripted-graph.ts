import { QUESTIONS_A_BATCH } from '../../../shared/domain/knowledge/index.ts';
import { type BatchPart, GraphError, type ReadRequest } from '../../graph/index.ts';
import type { BatchingGraph } from '../ask-questions.ts';

export const SERVICE_NOW = 1_772_800_000;

/** How the script answers a question: with a body, with no `Date` beside it, or with an error. */
export type Scripted = { readonly body: unknown; readonly hasDate?: boolean } | { readonly error: GraphError };

interface SearchBody {
  readonly protectionUnitIds: readonly string[];
}

/** The units that a request of the Graph client searches for; none for a list. */
export function unitsSearched(request: Pick<ReadRequest<unknown>, 'body'>): readonly string[] {
  return (request.body as SearchBody | undefined)?.protectionUnitIds ?? [];
}

/** An answer that says of every unit asked that it has no point. */
export function noPoints(request: Pick<ReadRequest<unknown>, 'body'>): Scripted {
  return { body: { searchResults: [], noResultProtectionUnitIds: unitsSearched(request) } };
}

export function refused(status: number, code: string): Scripted {
  return { error: new GraphError(code, { status, code, outcome: status < 500 ? 'refused' : 'nothing-done' }) };
}

/** Graph's `$batch` by a script, with the sizes of the batches it was asked. */
export function scriptedGraph(
  script: (request: ReadRequest<unknown>) => Scripted,
): BatchingGraph & { readonly batches: number[] } {
  const batches: number[] = [];
  const toPart = <T>(request: ReadRequest<T>): BatchPart<T> => {
    const scripted = script(request);
    if ('error' in scripted) return { ok: false, error: scripted.error };
    const answer = {
      value: request.toValue(scripted.body),
      status: 200,
      clientRequestId: 'x',
      roundTripSeconds: 0.2,
      receivedAt: SERVICE_NOW,
      ...(scripted.hasDate === false ? {} : { serviceAt: SERVICE_NOW }),
    };
    return { ok: true, answer };
  };
  return {
    batches,
    forTenant: () => ({
      batch: async (requests, options) => {
        options?.signal?.throwIfAborted();
        if (requests.length > QUESTIONS_A_BATCH) throw new RangeError('more than a batch');
        batches.push(requests.length);
        return requests.map(toPart);
      },
    }),
  };
}
