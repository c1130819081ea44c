import type { ChangeResult } from '../../shared/contract/policies.ts';
import type { UnitKind } from '../../shared/domain/protection-unit.ts';
import { addressKey } from './address-key.ts';
import type { PoliciesOptions } from './policies-options.ts';
import type { ChangeDocument, Sending } from './prepared.ts';

/** Words of a message that may be an address or an id: an older answer names what failed nowhere else. */
const WORDS = /[^\s'"<>()[\]{}]+/g;

interface Failure {
  readonly code: string;
  readonly message: string;
  readonly target?: string;
}

/**
 * Looks at a bulk addition job once, and gives each of its lines its result where it has ended.
 *
 * @returns whether it has ended
 * @throws GraphError where it could not be read
 */
export async function followJob(
  { graph }: Pick<PoliciesOptions, 'graph'>,
  document: ChangeDocument,
  sending: Sending,
  { jobId, kind, policyId }: { readonly jobId: string; readonly kind: UnitKind; readonly policyId: string },
  signal: AbortSignal,
): Promise<boolean> {
  const { value: job } = await graph
    .forTenant(document.tenantId)
    .bulkAdditionJobs.fetch(kind, policyId, jobId, { signal });
  // `unknown` is a passing trouble of the service; a word that is new may be one too.
  if (job.status !== 'completed' && job.status !== 'completedWithErrors') return false;
  const named = new Set([...job.addresses, ...job.ownerKeys].map(addressKey));
  concludeJob(document, sending, named, job.errorDetails ?? []);
  sending.jobIds.delete(jobId);
  return true;
}

/** @param named what the job was asked to add, where the service told it; all that waits where it did not */
function concludeJob(
  document: ChangeDocument,
  sending: Sending,
  named: ReadonlySet<string>,
  failures: readonly Failure[],
): void {
  const places = new Map<string, number>();
  for (const [place, { ownerKey, address }] of document.items.entries()) {
    if (sending.results.get(place)?.outcome !== 'waiting') continue;
    for (const key of [ownerKey, address]) if (key !== undefined) places.set(addressKey(key), place);
  }
  const failed = new Map<number, Failure>();
  for (const failure of failures) {
    const place = findPlace(places, failure);
    if (place !== undefined) failed.set(place, failure);
    else sending.others.push({ name: failure.target ?? failure.message, outcome: 'refused', error: toError(failure) });
  }
  for (const [key, place] of places) {
    const waiting = sending.results.get(place);
    const isOfJob = named.size === 0 || named.has(key);
    if (waiting?.outcome !== 'waiting' || (!isOfJob && !failed.has(place))) continue;
    sending.results.set(place, toEnded(waiting, failed.get(place)));
  }
}

function toEnded(waiting: ChangeResult, failure: Failure | undefined): ChangeResult {
  return failure === undefined
    ? { ...waiting, outcome: 'accepted' }
    : { ...waiting, outcome: 'refused', error: toError(failure) };
}

function findPlace(places: ReadonlyMap<string, number>, { target, message }: Failure): number | undefined {
  const own = target === undefined ? undefined : places.get(addressKey(target));
  if (own !== undefined) return own;
  const words = message.match(WORDS) ?? [];
  return words
    .flatMap(word => [word, word.replace(/[.,;:]+$/, '')])
    .map(word => places.get(addressKey(word)))
    .find(place => place !== undefined);
}

function toError({ code, message }: Failure): { code: string; message: string } {
  return { code, message };
}
