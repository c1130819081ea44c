import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { ArtifactCounts } from '../../shared/contract/sessions.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { Mark } from '../ui/mark.tsx';
import { StackedBar } from '../ui/stacked-bar.tsx';
import type { TableColumn } from '../ui/table/virtual-table.tsx';
import { formatAgo, formatMoment } from '../ui/time/format.ts';
import { countsOfRow, planUnitsInWords, rowAt, stateOfRow } from './restore-rows.ts';
import type { RestoreRow } from './restore-rows.ts';
import { destinationInWords, progressInWords, sessionTitle } from './session-words.ts';

const useStyles = makeStyles({
  quiet: { color: tokens.colorNeutralForeground3 },
  two: { display: 'flex', flexDirection: 'column', minWidth: 0, lineHeight: '18px' },
  // A row has room for two lines: neither of them may become two.
  first: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  strong: { fontWeight: tokens.fontWeightSemibold },
  second: {
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    fontSize: tokens.fontSizeBase200,
    lineHeight: '16px',
    color: tokens.colorNeutralForeground3,
  },
  progress: { display: 'flex', flexDirection: 'column', gap: '4px', width: '100%' },
});

function TwoLines({ first, second, isStrong = false }: { first: string; second: string; isStrong?: boolean }) {
  const styles = useStyles();
  return (
    <span className={styles.two}>
      <span className={isStrong ? mergeClasses(styles.first, styles.strong) : styles.first} title={first}>
        {first}
      </span>
      <span className={styles.second} title={second}>
        {second}
      </span>
    </span>
  );
}

function By({ name }: { name: string }) {
  return (
    <span className={useStyles().second} title={name}>
      {name}
    </span>
  );
}

/** `120 OneDrive, 32 sites, in place, to before Fri 20 Nov 14:05 EET`: what a row restores. */
function restoreInWords(row: RestoreRow, zone: string, now: UtcSeconds): string {
  if (row.is === 'session')
    return [sessionTitle(row.session, undefined, zone, now), row.session.jobType]
      .filter(part => part !== undefined)
      .join(', ');
  const { plan } = row;
  const before =
    plan.incidentAt === undefined
      ? 'no incident time yet'
      : `to before ${formatMoment(plan.incidentAt, plan.timeZone ?? zone, now)}`;
  return [planUnitsInWords(plan, row.sessions), destinationInWords(plan.destination), before]
    .filter(part => part !== undefined)
    .join(', ');
}

/** The columns of the restores, worded for a zone and a moment. */
export function restoreColumns(zone: string, now: UtcSeconds): readonly TableColumn<RestoreRow>[] {
  return [
    {
      id: 'restore',
      header: 'Restore',
      width: 'minmax(220px, 4fr)',
      cell: row => (
        <TwoLines
          first={row.is === 'plan' ? row.plan.name : `Session of ${row.session.createdBy ?? 'another application'}`}
          second={restoreInWords(row, zone, now)}
          isStrong
        />
      ),
    },
    {
      id: 'state',
      header: 'State',
      width: '178px',
      cell: row => {
        const { word, tone } = stateOfRow(row);
        return <Mark tone={tone}>{word}</Mark>;
      },
    },
    {
      id: 'progress',
      header: 'Progress',
      width: '170px',
      cell: row => <Progress counts={countsOfRow(row)} isSent={row.is === 'session' || row.plan.status !== 'draft'} />,
    },
    {
      id: 'when',
      header: 'Started or saved',
      width: '184px',
      cell: row => (
        <TwoLines
          first={formatMoment(rowAt(row), zone, now)}
          second={`${row.is === 'plan' && row.plan.status === 'draft' ? 'saved ' : ''}${formatAgo(rowAt(row), now)}`}
        />
      ),
    },
    {
      id: 'by',
      header: 'By',
      width: 'minmax(110px, 1fr)',
      cell: row => <By name={row.is === 'plan' ? row.plan.createdBy : (row.session.createdBy ?? 'not said')} />,
    },
  ];
}

function Progress({ counts, isSent }: { counts: ArtifactCounts; isSent: boolean }) {
  const styles = useStyles();
  if (!isSent || counts.total === 0) return <span className={styles.quiet}>–</span>;
  const words = progressInWords(counts);
  return (
    <span className={styles.progress}>
      <span>{words}</span>
      <StackedBar
        height={6}
        label={words}
        parts={[
          { is: 'done', count: counts.succeeded },
          { is: 'failed', count: counts.failed },
          { is: 'running', count: counts.inProgress },
          { is: 'waiting', count: counts.waiting },
        ]}
      />
    </span>
  );
}
