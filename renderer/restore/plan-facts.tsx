import { makeStyles, tokens } from '@fluentui/react-components';
import type { Plan } from '../../shared/contract/plans.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { useAccounts, useMyZone, useTenantAccount } from '../store/index.ts';
import { Facts } from '../ui/facts.tsx';
import { formatMoment, formatUtc } from '../ui/time/format.ts';
import { certaintyInWords, ruleInWords } from './plan-words.ts';
import { destinationWords } from './where-words.ts';

const useStyles = makeStyles({ quiet: { color: tokens.colorNeutralForeground3 } });

interface PlanFactsProps {
  readonly plan: Plan;
  readonly tenantName: string | undefined;
  /** The zone that the incident time was typed in. */
  readonly zone: string;
  readonly now: UtcSeconds;
}

/** The whole plan in a few lines, beside its review. */
export function PlanFacts({ plan, tenantName, zone, now }: PlanFactsProps) {
  const styles = useStyles();
  const myZone = useMyZone();
  const accounts = useAccounts();
  const account = useTenantAccount(plan.tenantId);
  const isOut = accounts.every(({ id }) => id !== account?.id);
  // The same moment where it was not typed in; what is said already is not said again.
  const elsewhere =
    plan.incidentAt === undefined
      ? []
      : [
          ...(myZone === zone || myZone === 'UTC' ? [] : [formatMoment(plan.incidentAt, myZone, now)]),
          ...(zone === 'UTC' ? [] : [formatUtc(plan.incidentAt).slice(11)]),
        ];
  return (
    <Facts
      facts={[
        tenantName !== undefined && { name: 'Tenant', value: <strong>{tenantName}</strong> },
        plan.incidentAt !== undefined && {
          name: 'Incident',
          value: (
            <>
              {formatMoment(plan.incidentAt, zone, now)}
              {elsewhere.length > 0 && (
                <>
                  <br />
                  <span className={styles.quiet}>{elsewhere.join(', ')}</span>
                </>
              )}
            </>
          ),
        },
        {
          name: 'Points',
          value: (
            <>
              {ruleInWords(plan)}
              <br />
              <span className={styles.quiet}>{certaintyInWords(plan)}</span>
            </>
          ),
        },
        plan.destination !== undefined && {
          name: 'Where',
          value: <strong>{destinationWords[plan.destination]}</strong>,
        },
        // Where there is one account alone, and it made the plan, nobody asks.
        account !== undefined &&
          (accounts.length > 1 || account.username !== plan.createdBy) && {
            name: 'Starts as',
            value: isOut ? `${account.username}, signed out` : account.username,
          },
        {
          name: 'Made by',
          value: (
            <>
              {plan.createdBy}
              <br />
              <span className={styles.quiet}>{formatMoment(plan.createdAt, myZone, now)}</span>
            </>
          ),
        },
      ]}
    />
  );
}
