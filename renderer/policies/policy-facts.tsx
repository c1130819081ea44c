import { makeStyles, tokens } from '@fluentui/react-components';
import type { PolicyDetail } from '../../shared/contract/policies.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Facts } from '../ui/facts.tsx';
import { Mark } from '../ui/mark.tsx';
import { formatCount, formatPart } from '../ui/number.ts';
import { retentionInWords } from '../ui/retention-words.ts';
import { shortId } from '../ui/short-id.ts';
import { Moment } from '../ui/time/moment.tsx';
import { policyState, RETENTION_NOTE, workloadWord } from './policy-words.ts';

const useStyles = makeStyles({
  panel: {
    width: '288px',
    flexShrink: 0,
    boxSizing: 'border-box',
    padding: '12px 16px',
    display: 'flex',
    flexDirection: 'column',
    gap: '12px',
    overflowY: 'auto',
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    '@media (min-width: 1600px)': { width: '360px' },
    '@media (max-width: 999px)': { width: 'auto', overflowY: 'visible' },
  },
  title: { margin: 0, fontSize: '14px', lineHeight: '20px', fontWeight: tokens.fontWeightSemibold },
  quiet: { margin: 0, color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, lineHeight: '18px' },
  line: { display: 'block' },
  id: { fontFamily: tokens.fontFamilyMonospace, display: 'inline-flex', alignItems: 'center' },
});

/** What is known of a policy, as old as it says. */
export function PolicyFacts({ detail, zone, now }: { detail: PolicyDetail; zone: string; now: UtcSeconds }) {
  const styles = useStyles();
  const { policy, readAt, createdBy, modifiedBy, serviceCounts } = detail;
  const state = policyState(policy);
  const retention = retentionInWords(policy.retention);
  return (
    <aside className={styles.panel} aria-label={`Facts of ${policy.name}`}>
      <h2 className={styles.title}>Facts</h2>
      <Facts
        facts={[
          { name: 'State', value: <Mark tone={state.tone}>{state.word}</Mark> },
          policy.error !== undefined && {
            name: 'Error',
            value: `${policy.error.code}${policy.error.message === '' ? '' : `: ${policy.error.message}`}`,
          },
          { name: 'Workload', value: workloadWord(policy.kind) },
          {
            name: 'Units',
            value:
              policy.units.total === 0 ? 'none' : `${formatPart(policy.units.protected, policy.units.total)} protected`,
          },
          policy.units.inError > 0 && { name: 'In error', value: formatCount(policy.units.inError) },
          serviceCounts !== undefined && {
            name: 'By the service',
            value: `${formatCount(serviceCounts.completed)} done, ${formatCount(serviceCounts.inProgress)} under way, ${formatCount(serviceCounts.failed)} failed, of ${formatCount(serviceCounts.total)}`,
          },
          {
            name: 'Retention',
            value:
              retention.length === 0
                ? 'not answered'
                : retention.map(line => (
                    <span key={line} className={styles.line}>
                      {line}
                    </span>
                  )),
          },
          policy.createdAt !== undefined && {
            name: 'Created',
            value: <Moment at={policy.createdAt} zone={zone} now={now} />,
          },
          createdBy !== undefined && { name: 'Created by', value: createdBy },
          policy.modifiedAt !== undefined && {
            name: 'Changed',
            value: <Moment at={policy.modifiedAt} zone={zone} now={now} />,
          },
          modifiedBy !== undefined && { name: 'Changed by', value: modifiedBy },
          {
            name: 'Read',
            value: readAt === undefined ? 'not yet' : <Moment at={readAt} zone={zone} now={now} />,
          },
          {
            name: 'Policy id',
            value: (
              <span className={styles.id} title={policy.id}>
                {shortId(policy.id)}
                <CopyButton text={policy.id} what="policy id" />
              </span>
            ),
          },
        ]}
      />
      <p className={styles.quiet}>{RETENTION_NOTE}</p>
      <p className={styles.quiet}>
        What is changed here can take up to 60 minutes until the service has carried it out.
      </p>
    </aside>
  );
}
