import { makeStyles, tokens } from '@fluentui/react-components';
import type { PolicySummary } from '../../shared/contract/policies.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { KindIcon } from '../ui/kind-icon.tsx';
import { Mark } from '../ui/mark.tsx';
import { formatCount, formatPart } from '../ui/number.ts';
import { retentionInWords } from '../ui/retention-words.ts';
import type { TableColumn } from '../ui/table/virtual-table.tsx';
import { formatBriefly, formatUtc } from '../ui/time/format.ts';
import { policyState, workloadWord } from './policy-words.ts';

const useStyles = makeStyles({
  two: { display: 'flex', flexDirection: 'column', minWidth: 0, width: '100%' },
  line: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  strong: { fontWeight: tokens.fontWeightSemibold },
  second: {
    fontSize: tokens.fontSizeBase200,
    lineHeight: '16px',
    color: tokens.colorNeutralForeground3,
  },
  with: { display: 'inline-flex', alignItems: 'center', gap: '6px', minWidth: 0, whiteSpace: 'nowrap' },
  bad: { color: tokens.colorStatusDangerForeground1 },
});

function Name({ policy }: { policy: PolicySummary }) {
  const styles = useStyles();
  return (
    <span className={styles.two}>
      <span className={`${styles.line} ${styles.strong}`} title={policy.name}>
        {policy.name}
      </span>
      {policy.error !== undefined && (
        <span className={`${styles.line} ${styles.second} ${styles.bad}`} title={policy.error.message}>
          {policy.error.code}
        </span>
      )}
    </span>
  );
}

function Workload({ policy }: { policy: PolicySummary }) {
  return (
    <span className={useStyles().with}>
      {policy.kind !== undefined && <KindIcon kind={policy.kind} />}
      {workloadWord(policy.kind)}
    </span>
  );
}

function Units({ units }: { units: PolicySummary['units'] }) {
  const styles = useStyles();
  return (
    <span className={styles.two}>
      <span>{units.total === 0 ? 'None' : `${formatPart(units.protected, units.total)} protected`}</span>
      {units.inError > 0 && (
        <span className={`${styles.second} ${styles.bad}`}>{formatCount(units.inError)} in error</span>
      )}
    </span>
  );
}

function Retention({ retention }: { retention: PolicySummary['retention'] }) {
  const styles = useStyles();
  const lines = retentionInWords(retention);
  return (
    <span className={styles.two} title={lines.join('; ')}>
      {lines.length === 0 ? (
        <span className={styles.second}>not answered</span>
      ) : (
        lines.slice(0, 2).map(line => (
          <span key={line} className={`${styles.line} ${styles.second}`}>
            {line}
          </span>
        ))
      )}
    </span>
  );
}

function Changed({ at, zone, now }: { at: UtcSeconds | undefined; zone: string; now: UtcSeconds }) {
  return at === undefined ? <>–</> : <span title={formatUtc(at)}>{formatBriefly(at, zone, now)}</span>;
}

/** The columns of the policies, worded for a zone and a moment. */
export function policyColumns(zone: string, now: UtcSeconds): readonly TableColumn<PolicySummary>[] {
  return [
    { id: 'name', header: 'Policy', width: 'minmax(180px, 2fr)', cell: policy => <Name policy={policy} /> },
    { id: 'workload', header: 'Workload', width: '116px', cell: policy => <Workload policy={policy} /> },
    {
      id: 'state',
      header: 'State',
      width: '164px',
      cell: policy => {
        const { word, tone } = policyState(policy);
        return <Mark tone={tone}>{word}</Mark>;
      },
    },
    { id: 'units', header: 'Units', width: '150px', cell: policy => <Units units={policy.units} /> },
    {
      id: 'retention',
      header: 'Retention, as answered',
      width: 'minmax(190px, 1.4fr)',
      cell: policy => <Retention retention={policy.retention} />,
    },
    {
      id: 'modified',
      header: 'Changed',
      width: '96px',
      cell: policy => <Changed at={policy.modifiedAt ?? policy.createdAt} zone={zone} now={now} />,
    },
  ];
}
