import type { ChangeEffect, ChangeProblem } from '../../shared/contract/policies.ts';
import type { ProtectionUnit } from '../../shared/domain/protection-unit.ts';
import type { ProtectionPolicy } from '../catalog/index.ts';
import { affectedOf, type ChangeParts, effectsOf, leftOutProblems } from './change-parts.ts';
import { toItem } from './change-units.ts';
import { type LeftOutItem, UNITS_A_REQUEST } from './prepared.ts';

export const stop = <const C extends 'NAME_UNCHANGED' | 'NOTHING_TO_DO'>(code: C): { code: C; severity: 'stop' } => ({
  code,
  severity: 'stop',
});

/** What is being carried out may keep the service from taking more. */
export const updating = (status: string): ChangeProblem[] =>
  status === 'updating' ? [{ code: 'POLICY_UPDATING', severity: 'warning' }] : [];

/** States from which the service takes each of these. */
const startsFrom: Readonly<Record<'activate' | 'deactivate' | 'delete', readonly string[]>> = {
  activate: ['inactive', 'activeWithErrors'],
  deactivate: ['active', 'activeWithErrors'],
  delete: ['inactive'],
};

/** What activating, deactivating or deleting does. Pure. */
export function prepareState(
  type: 'activate' | 'deactivate' | 'delete',
  policy: ProtectionPolicy,
  units: readonly ProtectionUnit[],
): ChangeParts {
  const inState = startsFrom[type].includes(policy.status);
  const problems: ChangeProblem[] = inState ? [] : [{ code: 'POLICY_STATE', severity: 'stop', status: policy.status }];
  switch (type) {
    case 'activate': {
      const waiting = units.filter(({ status }) => status !== 'protected');
      return {
        effects: effectsOf('gainsProtection', waiting),
        problems: [...problems, { code: 'COST_GROWS', severity: 'note', units: waiting.length }],
        requests: 1,
      };
    }
    case 'deactivate': {
      const effects = affectedOf(units).map((affected): ChangeEffect => ({
        effect: 'losesProtection',
        units: affected,
        retention: [...policy.retention],
      }));
      return {
        effects,
        problems: [...problems, { code: 'COST_GOES_ON', severity: 'note', units: units.length }],
        requests: 1,
      };
    }
    case 'delete':
      return {
        effects: effectsOf('leavesPolicy', units),
        problems: [...problems, { code: 'COST_GOES_ON', severity: 'note', units: units.length }],
        requests: 1,
      };
  }
}

/** What taking units out does. Pure. */
export function prepareRemoval(units: readonly ProtectionUnit[], policy: ProtectionPolicy): ChangeParts {
  const whyNot = (unit: ProtectionUnit): string | undefined => {
    if (unit.policyId !== policy.id || unit.status === 'removeRequested') return 'UNITS_NOT_IN_POLICY';
    return unit.sources.includes('dynamicRule') ? 'UNITS_HELD_BY_RULE' : undefined;
  };
  const leaving = units.filter(unit => whyNot(unit) === undefined);
  const leftOut = units.flatMap((unit): LeftOutItem[] => {
    const because = whyNot(unit);
    return because === undefined ? [] : [{ item: toItem(unit), because }];
  });
  const effects = affectedOf(leaving).map((affected): ChangeEffect =>
    policy.status === 'inactive'
      ? { effect: 'leavesPolicy', units: affected }
      : { effect: 'losesProtection', units: affected, retention: [...policy.retention] },
  );
  return {
    effects,
    items: leaving.map(toItem),
    leftOut,
    requests: Math.ceil(leaving.length / UNITS_A_REQUEST),
    problems: [
      ...(leaving.length === 0 ? [stop('NOTHING_TO_DO')] : []),
      ...updating(policy.status),
      ...leftOutProblems(leftOut),
      ...(leaving.length === 0
        ? []
        : [{ code: 'COST_GOES_ON' as const, severity: 'note' as const, units: leaving.length }]),
    ],
  };
}
