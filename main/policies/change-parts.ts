import type { Affected, ChangeEffect, ChangeProblem } from '../../shared/contract/policies.ts';
import { type UnitKind, unitKinds } from '../../shared/domain/protection-unit.ts';
import type { ChangeItem, LeftOutItem } from './prepared.ts';

const NAMES_SHOWN = 10;

export interface Named {
  readonly kind: UnitKind;
  readonly name: string;
}

/** How many of each kind, and the first names: one entry a kind of which there are any. */
export function affectedOf(units: readonly Named[]): Affected[] {
  return unitKinds.flatMap(kind => {
    const own = units.filter(unit => unit.kind === kind);
    return own.length === 0 ? [] : [{ kind, count: own.length, names: firstNames(own) }];
  });
}

/** Units of a kind that nobody can count before. */
export function untold(kind: UnitKind): Affected {
  return { kind, names: [] };
}

function firstNames(units: readonly { readonly name: string }[]): string[] {
  return units.slice(0, NAMES_SHOWN).map(({ name }) => name);
}

/** One effect for each kind of which there are units. */
export function effectsOf<E extends 'gainsProtection' | 'waitsInPolicy' | 'leavesPolicy' | 'backupsKept'>(
  effect: E,
  units: readonly Named[],
): { readonly effect: E; readonly units: Affected }[] {
  return affectedOf(units).map(affected => ({ effect, units: affected }));
}

type LeftOutCode =
  | 'UNITS_IN_OTHER_POLICY'
  | 'UNITS_IN_THIS_POLICY'
  | 'UNITS_OF_OTHER_KIND'
  | 'UNITS_HELD_BY_RULE'
  | 'UNITS_NOT_IN_POLICY'
  | 'UNITS_STATE';

/** One problem for each reason why items are left out. */
export function leftOutProblems(
  leftOut: readonly LeftOutItem[],
  otherPolicies: readonly string[] = [],
): ChangeProblem[] {
  const of = (because: LeftOutCode): { units: number; names: string[] } | undefined => {
    const items = leftOut.filter(each => each.because === because).map(({ item }) => item);
    return items.length === 0 ? undefined : { units: items.length, names: firstNames(items) };
  };
  const others = of('UNITS_IN_OTHER_POLICY');
  return [
    ...(others === undefined
      ? []
      : [
          {
            code: 'UNITS_IN_OTHER_POLICY' as const,
            severity: 'leftOut' as const,
            ...others,
            policyNames: otherPolicies.slice(0, NAMES_SHOWN),
          },
        ]),
    ...(
      [
        'UNITS_IN_THIS_POLICY',
        'UNITS_OF_OTHER_KIND',
        'UNITS_HELD_BY_RULE',
        'UNITS_NOT_IN_POLICY',
        'UNITS_STATE',
      ] as const
    )
      .map(code => ({ code, some: of(code) }))
      .flatMap(({ code, some }) => (some === undefined ? [] : [{ code, severity: 'leftOut' as const, ...some }])),
  ];
}

const severities: readonly ChangeProblem['severity'][] = ['stop', 'leftOut', 'warning', 'note'];

/** Worst first; those alike as they came. */
export function worstFirst(problems: readonly ChangeProblem[]): ChangeProblem[] {
  return problems.toSorted((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
}

/** What preparing one kind of change finds out. */
export interface ChangeParts {
  readonly effects: readonly ChangeEffect[];
  readonly problems: readonly ChangeProblem[];
  readonly items?: readonly ChangeItem[];
  readonly leftOut?: readonly LeftOutItem[];
  /** Requests that change something. */
  readonly requests: number;
  readonly by?: 'requests' | 'job';
  readonly expression?: string;
  /** What the rule's expression was, for the audit. */
  readonly expressionBefore?: string;
}
