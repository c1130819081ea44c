import type { LeftOutClass, MissingReason } from './gaps.ts';
import type { ServiceError, UnitKind } from './protection-unit.ts';
import type { UtcSeconds } from './time.ts';

/*
 * Gaps in plain words: the same on screen, in the CSV and in the report for a customer. Structural: a row of the contract's list fits.
 */

/** The newest point as a claim, as far as words need it. */
type Newest =
  | { readonly is: 'shown'; readonly point: { readonly at: UtcSeconds }; readonly askedAt: UtcSeconds }
  | { readonly is: 'orNewer'; readonly point: { readonly at: UtcSeconds }; readonly askedAt?: UtcSeconds | undefined }
  | { readonly is: 'noneShown'; readonly askedAt: UtcSeconds }
  | { readonly is: 'notAsked' };

interface MissingFacts {
  readonly kind: UnitKind;
  readonly why: MissingReason;
  readonly policy?: { readonly id: string; readonly name?: string | undefined } | undefined;
  readonly deletionAskedAt?: UtcSeconds | undefined;
}

export type GapFacts =
  | { readonly sort: 'unprotected'; readonly missing: readonly MissingFacts[] }
  | { readonly sort: 'leftOut'; readonly because: LeftOutClass; readonly missing: readonly MissingFacts[] }
  | {
      readonly sort: 'late' | 'withoutPoint' | 'inError';
      readonly newest: Newest;
      readonly protectedSinceAt?: UtcSeconds | undefined;
      readonly error?: ServiceError | undefined;
    }
  | {
      readonly sort: 'rule';
      readonly type: 'static' | 'dynamic' | 'unknown';
      readonly status: string;
      readonly error?: ServiceError | undefined;
    }
  | {
      readonly sort: 'job';
      readonly status: string;
      readonly failed: number;
      readonly error?: ServiceError | undefined;
      readonly firstFailed: readonly { readonly entry?: string | undefined; readonly code: string }[];
    };

/** How a reader's moments, lengths of time and counts are written. */
export interface GapSay {
  readonly moment: (at: UtcSeconds) => string;
  readonly duration: (seconds: number) => string;
  readonly count: (value: number) => string;
}

export const gapSortWords = {
  unprotected: 'Unprotected',
  late: 'Late',
  withoutPoint: 'Without a point',
  inError: 'In error',
  rule: 'Failed rule',
  job: 'Failed bulk job',
  leftOut: 'Left out',
} as const satisfies { readonly [S in GapFacts['sort']]: string };

export const leftOutWords: { readonly [C in LeftOutClass]: string } = {
  guest: 'Guest account',
  blocked: 'Blocked account; it may be a shared mailbox or a room',
  unlicensed: 'No plan of Exchange or SharePoint',
  personalSite: 'Personal site; it is protected as its owner’s OneDrive',
  systemSite: 'SharePoint’s own site',
  partOfProtectedSite: 'Part of a site collection of which another web is in a policy',
};

const kindWords: { readonly [K in UnitKind]: string } = { site: 'Site', drive: 'OneDrive', mailbox: 'Mailbox' };

const missingWords: { readonly [R in MissingReason]: (facts: MissingFacts, say: GapSay) => string } = {
  neverAdded: () => 'in no policy',
  removed: () => 'taken out of its policy; older points stay until they expire',
  beingRemoved: () => 'being taken out of its policy',
  deletionAsked: ({ deletionAskedAt }, say) =>
    `deletion of its backups was asked for${deletionAskedAt === undefined ? '' : ` at ${say.moment(deletionAskedAt)}`}`,
  deleted: () => 'its backups were deleted',
  policyInactive: ({ policy }) =>
    policy?.name === undefined ? 'in a policy that is inactive' : `in “${policy.name}”, which is inactive`,
};

/** `OneDrive and mailbox in no policy`; each kind for itself where the reasons differ. */
function missingInWords(missing: readonly MissingFacts[], say: GapSay): string {
  const words = missing.map(facts => ({ kind: kindWords[facts.kind], why: missingWords[facts.why](facts, say) }));
  const [first, ...others] = words;
  if (first === undefined) return '';
  if (others.every(({ why }) => why === first.why))
    return `${[first.kind, ...others.map(({ kind }) => kind.replace(/^M/, 'm'))].join(' and ')} ${first.why}`;
  return words.map(({ kind, why }) => `${kind} ${why}`).join('; ');
}

function newestInWords(newest: Newest, say: GapSay): string {
  switch (newest.is) {
    case 'notAsked':
      return 'its newest point was not asked for';
    case 'noneShown':
      return `no point was shown when asked at ${say.moment(newest.askedAt)}`;
    case 'shown':
    case 'orNewer': {
      const { askedAt, point } = newest;
      if (askedAt === undefined) return `newest known point of ${say.moment(point.at)}; a newer one may exist`;
      const age = say.duration(Math.max(0, askedAt - point.at));
      return `newest point of ${say.moment(point.at)}, ${age} old when asked at ${say.moment(askedAt)}`;
    }
  }
}

/** The documented errors of a unit and of a rule; a code that is new stands with the service's own words. */
const errorWords: { readonly [code: string]: string } = {
  protectionunitnotfound: 'The service does not find the site or account; it may be deleted',
  invalidartifactid: 'The service did not find it when it was to be removed',
  quotaexceeded: 'Its mailbox has no room left for backups',
  unknownerror: 'The service does not say why',
  invalidgroupid: 'the service does not find a group that it names',
};

function errorInWords({ code, message }: ServiceError): string {
  const known = errorWords[code.toLowerCase()];
  if (known !== undefined) return `${known} (${code})`;
  return message === '' ? code : `${code}: ${message}`;
}

/** What is wrong, as one sentence without its full stop. */
export function gapInWords(gap: GapFacts, say: GapSay): string {
  switch (gap.sort) {
    case 'unprotected':
      return missingInWords(gap.missing, say);
    case 'leftOut':
      return leftOutWords[gap.because];
    case 'late':
      return capital(newestInWords(gap.newest, say));
    case 'withoutPoint': {
      const since = gap.protectedSinceAt === undefined ? '' : `, though added at ${say.moment(gap.protectedSinceAt)}`;
      return `${capital(newestInWords(gap.newest, say))}${since}`;
    }
    case 'inError':
      return gap.error === undefined ? 'In error; the service does not say why' : errorInWords(gap.error);
    case 'rule':
      return `${gap.type === 'unknown' ? 'Rule' : `${capital(gap.type)} rule`} ended with errors: ${
        gap.error === undefined ? 'the service does not say which' : errorInWords(gap.error)
      }`;
    case 'job': {
      const entries = gap.firstFailed.flatMap(({ entry }) => entry ?? []).slice(0, 3);
      const named = entries.length === 0 ? '' : `: ${entries.join(', ')}${gap.failed > entries.length ? ' …' : ''}`;
      if (gap.failed > 0)
        return `${say.count(gap.failed)} ${gap.failed === 1 ? 'entry' : 'entries'} could not be added${named}`;
      return gap.error === undefined ? 'Ended with errors; the service does not say which' : errorInWords(gap.error);
    }
  }
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** What mends it, in a few words. */
export function mendInWords(gap: GapFacts): string {
  switch (gap.sort) {
    case 'unprotected':
      return gap.missing.some(({ why }) => why !== 'policyInactive') ? 'Add to a policy' : 'Activate the policy';
    case 'leftOut':
      return gap.missing.length === 0 ? 'Nothing to do' : 'Add to a policy, if it is meant to be protected';
    case 'late':
    case 'withoutPoint':
      return 'Ask again; if it stays so, see the policy and Microsoft’s service health';
    case 'inError':
      return 'Mend the cause, then remove it from the policy and add it again';
    case 'rule':
      return gap.type === 'static'
        ? 'Mend the cause, then run the rule again'
        : 'Mend the cause; the service tries again by itself';
    case 'job':
      return 'Add what is missing again';
  }
}
