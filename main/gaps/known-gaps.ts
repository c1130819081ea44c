import type { GapRow, GapSort } from '../../shared/contract/gaps.ts';
import type { LeftOutClass } from '../../shared/domain/gaps.ts';
import type { UnitKind } from '../../shared/domain/protection-unit.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { type AdditionFailure, fold, type JudgedMember, type UnitInTrouble } from '../catalog/index.ts';

type Distribute<T> = T extends unknown ? Omit<T, 'selected'> : never;
export type Gap = Distribute<GapRow>;

/** A gap with what it is found and ordered by. */
export interface KnownGap {
  readonly gap: Gap;
  /** Name and address without case and accents. */
  readonly folded: string;
  readonly sortName: string;
  /** Among gaps of its sort the longest ago is the worst. */
  readonly since: UtcSeconds;
}

type PolicyNames = ReadonlyMap<string, string>;

function known(gap: Gap, since: UtcSeconds = 0): KnownGap {
  const sortName = fold(gap.name);
  return { gap, since, sortName, folded: gap.address === undefined ? sortName : `${sortName}\n${fold(gap.address)}` };
}

const policyOf = (id: string, names: PolicyNames): { id: string; name?: string } => {
  const name = names.get(id);
  return name === undefined ? { id } : { id, name };
};

/** A user or site of the directory as the gap that it is, or as what is left out. */
export function gapOfMember({ type, id, name, address, judged }: JudgedMember, names: PolicyNames): KnownGap {
  const facts = {
    name,
    ...(address === undefined ? {} : { address }),
    type,
    kinds: judged.missing.map(({ kind }) => kind),
    missing: judged.missing.map(({ kind, why, unitId, policyId, deletionAskedAt }) => ({
      kind,
      why,
      ...(unitId === undefined ? {} : { unitId }),
      ...(policyId === undefined ? {} : { policy: policyOf(policyId, names) }),
      ...(deletionAskedAt === undefined ? {} : { deletionAskedAt }),
    })),
  };
  return judged.is === 'leftOut'
    ? known({
        sort: 'leftOut',
        id: `leftOut ${type} ${id}`,
        // A class of what is a gap is never left out: the judgement says so.
        because: judged.class as LeftOutClass,
        ...facts,
      })
    : known({ sort: 'unprotected', id: `unprotected ${type} ${id}`, ...facts });
}

/** The gaps that one unit is: late or without a point, and in error. */
export function gapsOfUnit({ unit, isLate, isWithoutPoint, newest }: UnitInTrouble, names: PolicyNames): KnownGap[] {
  const facts = {
    name: unit.name,
    ...(unit.address === undefined ? {} : { address: unit.address }),
    kinds: [unit.kind],
    unitId: unit.id,
    status: unit.status,
    newest,
    ...(unit.policyId === undefined ? {} : { policy: policyOf(unit.policyId, names) }),
    ...(unit.protectedSinceAt === undefined ? {} : { protectedSinceAt: unit.protectedSinceAt }),
    ...(unit.error === undefined ? {} : { error: unit.error }),
  };
  const newestAt = 'point' in newest ? newest.point.at : 0;
  return [
    ...(unit.error === undefined ? [] : [known({ sort: 'inError', id: `inError ${unit.id}`, ...facts }, newestAt)]),
    ...(isWithoutPoint
      ? [known({ sort: 'withoutPoint', id: `withoutPoint ${unit.id}`, ...facts }, unit.protectedSinceAt)]
      : []),
    ...(isLate ? [known({ sort: 'late', id: `late ${unit.id}`, ...facts }, newestAt)] : []),
  ];
}

/** A rule or bulk job that failed. */
export function gapOfAddition(failure: AdditionFailure, names: PolicyNames): KnownGap {
  const { policyId, kind } = failure;
  const policy = policyOf(policyId, names);
  if (failure.is === 'rule') {
    const { rule } = failure;
    return known({
      sort: 'rule',
      id: `rule ${policyId} ${rule.id}`,
      name: rule.expression === '' ? rule.id : rule.expression,
      kinds: [kind],
      ruleId: rule.id,
      type: rule.type,
      status: rule.status,
      policy,
      ...(rule.error === undefined ? {} : { error: rule.error }),
    });
  }
  const { job } = failure;
  return known(
    {
      sort: 'job',
      id: `job ${policyId} ${job.id}`,
      name: job.name,
      kinds: [kind],
      jobId: job.id,
      status: job.status,
      policy,
      ...(job.error === undefined ? {} : { error: job.error }),
      failed: job.failed,
      firstFailed: [...job.firstFailed],
    },
    job.createdAt,
  );
}

/** Worst first. */
const ranks: { readonly [S in GapSort]: number } = {
  inError: 0,
  withoutPoint: 1,
  late: 2,
  unprotected: 3,
  rule: 4,
  job: 5,
  leftOut: 6,
};
export const rankOf = ({ gap }: KnownGap): number => ranks[gap.sort];

/** The policy that a gap is about, where it is about one. */
export function policyOfGap(gap: Gap): { readonly id: string; readonly name?: string | undefined } | undefined {
  if (gap.sort === 'unprotected' || gap.sort === 'leftOut')
    return gap.missing.find(({ policy }) => policy !== undefined)?.policy;
  return gap.policy;
}

/** The users and sites among gaps, as owners that a policy can take: by directory object id or site id. */
export function ownerOfGap(
  gap: Gap,
):
  | { readonly key: string; readonly name: string; readonly address?: string; readonly kinds: readonly UnitKind[] }
  | undefined {
  if (gap.sort !== 'unprotected' && gap.sort !== 'leftOut') return undefined;
  const addable = gap.missing.filter(({ why }) => why !== 'policyInactive').map(({ kind }) => kind);
  if (addable.length === 0) return undefined;
  const { name, address } = gap;
  return {
    key: gap.id.slice(`${gap.sort} ${gap.type} `.length),
    name,
    kinds: addable,
    ...(address === undefined ? {} : { address }),
  };
}
