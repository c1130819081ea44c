import { makeStyles, tokens } from '@fluentui/react-components';
import type { InclusionRule, PolicySummary } from '../../shared/contract/policies.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { CommandButton } from '../ui/command-button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { Mark } from '../ui/mark.tsx';
import { EmptyState } from '../ui/states/empty-state.tsx';
import { Moment } from '../ui/time/moment.tsx';
import type { AskedChange } from './policies-store.ts';
import { ruleState, ruleTypeWords } from './policy-words.ts';
import { useCardStyles } from './use-card-styles.ts';

const useStyles = makeStyles({
  expression: { display: 'flex', alignItems: 'flex-start', gap: '4px', margin: '6px 0' },
  code: {
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: '12px',
    lineHeight: '18px',
    overflowWrap: 'anywhere',
  },
  foot: { display: 'flex', alignItems: 'center', gap: '8px', flexWrap: 'wrap' },
  quiet: { color: tokens.colorNeutralForeground3, flexGrow: 1 },
  error: { margin: '0 0 6px', color: tokens.colorStatusDangerForeground1, overflowWrap: 'anywhere' },
});

interface RuleListProps {
  readonly policy: PolicySummary;
  readonly rules: readonly InclusionRule[];
  readonly zone: string;
  readonly now: UtcSeconds;
  readonly whyNot: string | undefined;
  readonly onAsk: (asked: AskedChange) => void;
}

/** The inclusion rules of a policy, each with its expression and what can be done with it. */
export function RuleList({ policy, rules, zone, now, whyNot, onAsk }: RuleListProps) {
  const styles = useStyles();
  const cards = useCardStyles();
  if (rules.length === 0)
    return (
      <EmptyState meaning="This policy has no inclusion rule. A static rule adds what it finds once; a dynamic one follows groups of users." />
    );
  return (
    <ul className={cards.list} aria-label="Inclusion rules">
      {rules.map(rule => {
        const state = ruleState(rule);
        const ask = (type: 'runRule' | 'deleteRule' | 'deleteRuleAndUnprotect') =>
          onAsk({ is: 'whole', change: { type, policyId: policy.id, ruleId: rule.id } });
        return (
          <li key={rule.id} className={cards.card} aria-label={rule.expression}>
            <div className={cards.head}>
              <h3 className={cards.title}>{ruleTypeWords[rule.type]}</h3>
              <Mark tone={state.tone}>{state.word}</Mark>
            </div>
            <div className={styles.expression}>
              <code className={styles.code}>{rule.expression}</code>
              <CopyButton text={rule.expression} what="expression" />
            </div>
            {rule.error !== undefined && (
              <p className={styles.error}>
                {rule.error.code}
                {rule.error.message === '' ? '' : `: ${rule.error.message}`}
              </p>
            )}
            <div className={styles.foot}>
              <span className={styles.quiet}>
                {rule.createdAt !== undefined && (
                  <>
                    created <Moment at={rule.createdAt} zone={zone} now={now} />
                  </>
                )}
                {rule.createdBy !== undefined && `, by ${rule.createdBy}`}
              </span>
              {rule.type === 'static' && (
                <CommandButton size="small" disabledReason={whyNot} onClick={() => ask('runRule')}>
                  Run again…
                </CommandButton>
              )}
              {rule.type === 'dynamic' && (
                <CommandButton
                  size="small"
                  disabledReason={
                    whyNot ??
                    (rule.form === undefined
                      ? 'The form can’t show this expression, so it is not changed from here.'
                      : undefined)
                  }
                  onClick={() => onAsk({ is: 'changeRule', policy, rule })}
                >
                  Change…
                </CommandButton>
              )}
              <CommandButton size="small" disabledReason={whyNot} onClick={() => ask('deleteRule')}>
                Delete, keep units…
              </CommandButton>
              {rule.type === 'dynamic' && (
                <CommandButton size="small" disabledReason={whyNot} onClick={() => ask('deleteRuleAndUnprotect')}>
                  Delete, remove units…
                </CommandButton>
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
