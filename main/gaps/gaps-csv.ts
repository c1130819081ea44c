import type { GapsSummary } from '../../shared/contract/gaps.ts';
import type { Tenant } from '../../shared/contract/tenants.ts';
import { gapInWords, type GapSay, gapSortWords, mendInWords } from '../../shared/domain/gap-words.ts';
import { toIso } from '../../shared/domain/time.ts';
import { csvHead, csvLine, durationText, kindText } from '../reports/index.ts';
import { type Gap, ownerOfGap, policyOfGap } from './known-gaps.ts';

const columns = [
  'tenant',
  'tenant id',
  'gap',
  'name',
  'address',
  'kinds',
  'what is wrong',
  'what mends it',
  'policy',
  'directory id',
  'unit id',
  'newest point (UTC)',
  'asked at (UTC)',
  'error code',
  'read at (UTC)',
] as const;

const say: GapSay = { moment: toIso, duration: durationText, count: String };

/** Gaps as CSV, a line each. What a line is told from was read at the time in its last column. */
export async function* gapsToCsv(of: {
  readonly tenant: Tenant;
  readonly summary: GapsSummary;
  readonly gaps: readonly Gap[];
}): AsyncGenerator<string> {
  yield csvHead(columns);
  for (const gap of of.gaps) yield csvLine(toCells(of.tenant, of.summary, gap));
}

function toCells(tenant: Tenant, summary: GapsSummary, gap: Gap): string[] {
  const policy = policyOfGap(gap);
  const newest = 'newest' in gap ? gap.newest : undefined;
  const isoOf = (at: number | undefined): string => (at === undefined ? '' : toIso(at));
  return [
    tenant.displayName,
    tenant.id,
    gapSortWords[gap.sort],
    gap.name,
    gap.address ?? '',
    gap.kinds.map(kind => kindText[kind]).join(', '),
    gapInWords(gap, say),
    mendInWords(gap),
    policy?.name ?? policy?.id ?? '',
    ownerOfGap(gap)?.key ?? '',
    'unitId' in gap ? gap.unitId : '',
    isoOf(newest !== undefined && 'point' in newest ? newest.point.at : undefined),
    isoOf(newest !== undefined && 'askedAt' in newest ? newest.askedAt : undefined),
    'error' in gap && gap.error !== undefined ? gap.error.code : '',
    isoOf(readAtOf(summary, gap)),
  ];
}

function readAtOf({ parts, unitsReadAt }: GapsSummary, gap: Gap): number | undefined {
  switch (gap.sort) {
    case 'unprotected':
    case 'leftOut':
      return (gap.type === 'user' ? parts.users : parts.sites).readAt;
    case 'rule':
    case 'job':
      return parts.additions.readAt;
    default:
      return unitsReadAt;
  }
}
