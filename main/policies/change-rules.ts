import type { ChangeEffect, ChangeProblem, InclusionRule, PolicyChange } from '../../shared/contract/policies.ts';
import { faultsOfRule, type RuleForm, toRuleExpression } from '../../shared/domain/inclusion-rule.ts';
import type { ProtectionUnit, UnitKind } from '../../shared/domain/protection-unit.ts';
import { affectedOf, type ChangeParts, untold } from './change-parts.ts';
import type { ProtectionPolicy } from '../catalog/index.ts';

type RuleChange = Extract<
  PolicyChange,
  { type: 'createRule' | 'changeRule' | 'runRule' | 'deleteRule' | 'deleteRuleAndUnprotect' }
>;

/** What a change of a rule works on, as read. */
export interface RuleFacts {
  readonly kind: UnitKind;
  readonly policy: ProtectionPolicy;
  /** The policy's rules; absent where they could not be read. */
  readonly rules: readonly InclusionRule[] | undefined;
  /** The policy's units as the catalog knows them. */
  readonly units: readonly ProtectionUnit[];
}

/** Statuses in which a rule has ended, and can be run, changed or deleted. */
const ENDED: ReadonlySet<string> = new Set(['completed', 'completedWithErrors']);

/** What a change of a rule will do, and what stands in its way. Which units a rule finds is the service's to say. Pure. */
export function prepareRule(change: RuleChange, { kind, policy, rules, units }: RuleFacts): ChangeParts {
  const isActive = policy.status !== 'inactive';
  const gains: ChangeEffect = { effect: isActive ? 'gainsProtection' : 'waitsInPolicy', units: untold(kind) };
  const loses: ChangeEffect = isActive
    ? { effect: 'losesProtection', units: untold(kind), retention: [...policy.retention] }
    : { effect: 'leavesPolicy', units: untold(kind) };
  const untoldNote: ChangeProblem = { code: 'RULE_UNITS_UNTOLD', severity: 'note' };
  if (change.type === 'createRule') {
    const hasDynamic = change.dynamic && rules?.some(({ type }) => type === 'dynamic') === true;
    return {
      effects: [gains],
      problems: [
        ...faultProblems(change.form, kind, change.dynamic),
        ...(hasDynamic ? [{ code: 'DYNAMIC_RULE_EXISTS' as const, severity: 'stop' as const }] : []),
        untoldNote,
        { code: 'COST_GROWS', severity: 'note' },
      ],
      requests: 1,
      expression: toRuleExpression(change.form),
    };
  }
  const rule = rules?.find(({ id }) => id === change.ruleId);
  if (rule === undefined) {
    // Where the rules could not be read, that stands among the problems already.
    const gone: ChangeProblem[] = rules === undefined ? [] : [{ code: 'RULE_GONE', severity: 'stop' }];
    return { effects: [], problems: gone, requests: 1 };
  }
  const state: ChangeProblem[] = ENDED.has(rule.status)
    ? []
    : [{ code: 'RULE_STATE', severity: 'stop', status: rule.status }];
  const typeMustBe = (type: 'static' | 'dynamic'): ChangeProblem[] =>
    rule.type === type || rule.type === 'unknown' ? [] : [{ code: 'RULE_TYPE', severity: 'stop', type: rule.type }];
  const expressionBefore = rule.expression;
  switch (change.type) {
    case 'changeRule': {
      const drops = dropsGroups(rule.form, change.form);
      return {
        effects: [gains, ...(drops ? [loses] : [])],
        problems: [
          ...typeMustBe('dynamic'),
          ...(kind === 'site' ? [{ code: 'RULE_TYPE' as const, severity: 'stop' as const, type: rule.type }] : []),
          ...state,
          ...faultProblems(change.form, kind, true),
          ...(toRuleExpression(change.form) === rule.expression
            ? [{ code: 'NOTHING_TO_DO' as const, severity: 'stop' as const }]
            : []),
          untoldNote,
        ],
        requests: 1,
        expression: toRuleExpression(change.form),
        expressionBefore,
      };
    }
    case 'runRule':
      return {
        effects: [gains],
        problems: [...typeMustBe('static'), ...state, untoldNote, { code: 'COST_GROWS', severity: 'note' }],
        requests: 1,
        expression: rule.expression,
        expressionBefore,
      };
    case 'deleteRule':
      return {
        effects: [{ effect: 'noUnits' }],
        problems: state,
        requests: 1,
        expression: rule.expression,
        expressionBefore,
      };
    case 'deleteRuleAndUnprotect': {
      // What is held by hand as well stays.
      const held = units.filter(({ sources }) => sources.length === 1 && sources[0] === 'dynamicRule');
      return {
        effects:
          held.length === 0
            ? [{ effect: 'noUnits' }]
            : affectedOf(held).map((affected): ChangeEffect =>
                isActive
                  ? { effect: 'losesProtection', units: affected, retention: [...policy.retention] }
                  : { effect: 'leavesPolicy', units: affected },
              ),
        problems: [
          ...typeMustBe('dynamic'),
          ...state,
          ...(held.length === 0
            ? []
            : [{ code: 'COST_GOES_ON' as const, severity: 'note' as const, units: held.length }]),
        ],
        requests: 1,
        expression: rule.expression,
        expressionBefore,
      };
    }
  }
}

function faultProblems(form: RuleForm, kind: UnitKind, isDynamic: boolean): ChangeProblem[] {
  const isOfKind = (form.of === 'sites') === (kind === 'site');
  const faults = isOfKind ? faultsOfRule(form, isDynamic) : ['otherKind'];
  return faults.map(fault => ({ code: 'RULE_INVALID', severity: 'stop', fault }));
}

/** Whether somebody may fall out of the rule: a group that was named is named no more. */
function dropsGroups(before: RuleForm | undefined, after: RuleForm): boolean {
  if (before?.of !== 'groups' || after.of !== 'groups') return true;
  const kept = new Set(after.groupIds.map(id => id.toLowerCase()));
  return before.groupIds.some(id => !kept.has(id.toLowerCase()));
}
