import { makeStyles, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import type { Plan } from '../../shared/contract/plans.ts';
import { artifactReason } from '../../shared/domain/artifact-reason.ts';
import { keys, useClient } from '../store/index.ts';
import { formatCount, formatQuantity } from '../ui/number.ts';
import { ErrorBar } from '../ui/states/error-bar.tsx';

/** More than these stand in the report; a list in a card is for the few. */
const SHOWN = 4;

const useStyles = makeStyles({
  card: {
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    padding: '8px 12px',
    flexShrink: 0,
  },
  title: { margin: 0, fontSize: tokens.fontSizeBase300, lineHeight: '20px', fontWeight: tokens.fontWeightSemibold },
  list: { margin: '4px 0 0', padding: 0, listStyleType: 'none', fontSize: tokens.fontSizeBase200, lineHeight: '20px' },
  code: { fontFamily: tokens.fontFamilyMonospace, fontSize: '11px' },
});

/** What the service refused when the plan was started: these units are in no session, and nothing of them was restored. */
export function RefusedUnits({ plan }: { plan: Plan }) {
  const styles = useStyles();
  const client = useClient();
  const refused = useQuery({
    queryKey: [...keys.plan(plan.id), 'refused', plan.refused],
    queryFn: ({ signal }) =>
      client.plans.listUnits({ planId: plan.id, only: 'refused', window: { offset: 0, limit: SHOWN } }, { signal }),
    enabled: plan.refused > 0,
  });
  if (plan.refused === 0) return null;
  const rest = plan.refused - (refused.data?.rows.length ?? plan.refused);
  return (
    <section className={styles.card} aria-label="Units that the service refused">
      <h2 className={styles.title}>{formatQuantity(plan.refused, 'unit')} refused by the service, not restored</h2>
      {refused.error !== null && <ErrorBar error={refused.error} />}
      <ul className={styles.list}>
        {refused.data?.rows.map(unit => (
          <li key={unit.unitId}>
            {unit.name}: {artifactReason(unit.refused)}{' '}
            {unit.refused !== undefined && <code className={styles.code}>{unit.refused.code}</code>}
          </li>
        ))}
        {rest > 0 && <li>and {formatCount(rest)} more, which stand in the report</li>}
      </ul>
    </section>
  );
}
