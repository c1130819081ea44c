import type { Example } from './example.ts';
import { matchSegments, toSegments } from './request-path.ts';

/** Calls whose success has several documented statuses, by prose, by example, or by version of the page (`docs/api-contradictions.md`). */
const several: readonly { readonly pattern: string; readonly statuses: readonly number[] }[] = [
  { pattern: 'serviceApps', statuses: [201, 202] },
  ...[
    'sharePointProtectionPolicies/{id}/site',
    'oneDriveForBusinessProtectionPolicies/{id}/drive',
    'exchangeProtectionPolicies/{id}/mailbox',
  ].flatMap(kind => [
    { pattern: `${kind}InclusionRules`, statuses: [200, 201] },
    { pattern: `${kind}InclusionRules/{rule}/run`, statuses: [200, 202] },
    { pattern: `${kind}InclusionRules/{rule}/deleteAndUnprotect`, statuses: [200, 202] },
  ]),
];

/** The statuses that the documentation has for what an example asks: its own, and others where pages contradict each other. */
export function documentedStatuses({ request, response }: Example): readonly number[] {
  const segments = request.method === 'POST' ? toSegments(request.path) : undefined;
  const call = several.find(({ pattern }) => segments !== undefined && matchSegments(segments, pattern) !== undefined);
  return call?.statuses.includes(response.status) === true ? call.statuses : [response.status];
}

/** Members that an example shows and the rules of the service contradict: a new session is a draft, whatever its example says. */
export function contradictedMembers({ request }: Example): readonly string[] {
  const [collection = '', ...rest] = toSegments(request.path) ?? [];
  return request.method === 'POST' && rest.length === 0 && /RestoreSessions$/i.test(collection) ? ['activating'] : [];
}
