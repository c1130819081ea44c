import { Link, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import {
  CheckmarkCircle16Filled,
  Clock16Regular,
  ErrorCircle16Filled,
  SpinnerIos16Regular,
} from '@fluentui/react-icons';
import { useMemo, useState } from 'react';
import type { Plan } from '../../shared/contract/plans.ts';
import type { RestoreArtifact, RestoreSession } from '../../shared/contract/sessions.ts';
import { toArtifactGroup } from '../../shared/domain/restore-session.ts';
import type { ArtifactGroup } from '../../shared/domain/restore-session.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { keys, useClient } from '../store/index.ts';
import { artifactState } from '../ui/artifact-words.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { shortId } from '../ui/short-id.ts';
import { EmptyState } from '../ui/states/empty-state.tsx';
import { ErrorBar } from '../ui/states/error-bar.tsx';
import { ErrorState } from '../ui/states/error-state.tsx';
import { SkeletonRows } from '../ui/states/skeleton.tsx';
import { useRowPages } from '../ui/table/use-row-pages.ts';
import { VirtualTable } from '../ui/table/virtual-table.tsx';
import type { TableColumn } from '../ui/table/virtual-table.tsx';
import { formatMoment, formatUtc } from '../ui/time/format.ts';
import { zoneName } from '../ui/time/zone.ts';
import { kindWords } from '../ui/unit-words.ts';
import { artifactResult } from './session-words.ts';
import { useRestoreElsewhere } from './use-retry.ts';

const useStyles = makeStyles({
  name: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  quiet: { color: tokens.colorNeutralForeground3 },
  with: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: '6px',
    minWidth: 0,
    maxWidth: '100%',
    '& > svg': { flexShrink: 0 },
  },
  icon: { display: 'inline-flex', flexShrink: 0 },
  failed: { color: tokens.colorStatusDangerForeground1 },
  inProgress: { color: tokens.colorBrandForeground1 },
  waiting: { color: tokens.colorNeutralForeground3 },
  succeeded: { color: tokens.colorStatusSuccessForeground1 },
  id: { fontFamily: tokens.fontFamilyMonospace, fontSize: '11px' },
  table: { display: 'flex', flexDirection: 'column', flexGrow: 1, minHeight: '160px' },
  strip: {
    display: 'flex',
    alignItems: 'center',
    gap: '4px 12px',
    flexWrap: 'wrap',
    padding: '6px 12px',
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground3,
    flexShrink: 0,
    minHeight: '20px',
  },
  rest: { flexGrow: 1 },
  strong: { fontWeight: tokens.fontWeightSemibold },
});

const icons = {
  failed: ErrorCircle16Filled,
  inProgress: SpinnerIos16Regular,
  waiting: Clock16Regular,
  succeeded: CheckmarkCircle16Filled,
} as const;

interface ArtifactTableProps {
  readonly session: RestoreSession;
  readonly plan: Plan | undefined;
  readonly only: ArtifactGroup | 'all';
  readonly myZone: string;
  /** The zone that points are shown in: that of the incident. */
  readonly pointZone: string;
  readonly now: UtcSeconds;
  readonly onShowAll: () => void;
}

/** The artifacts of a session, failed first; the focused one with its whole request id and what can be done. */
export function ArtifactTable({ session, plan, only, myZone, pointZone, now, onShowAll }: ArtifactTableProps) {
  const styles = useStyles();
  const client = useClient();
  const [activeIndex, setActiveIndex] = useState<number | undefined>(undefined);
  const { tenantId, id: sessionId } = session;
  const pages = useRowPages<RestoreArtifact>({
    queryKey: [...keys.sessions(tenantId), 'artifacts', sessionId, only],
    fetchPage: (window, signal) =>
      client.sessions.listArtifacts({ tenantId, sessionId, window, ...(only === 'all' ? {} : { only }) }, { signal }),
  });
  const shownNow = now - (now % 60);
  const columns = useMemo(
    (): readonly TableColumn<RestoreArtifact>[] => [
      {
        id: 'name',
        header: session.kind === undefined ? 'Unit' : kindWords[session.kind].one,
        width: 'minmax(160px, 2fr)',
        cell: row => (
          <span className={styles.name} title={row.name}>
            {row.name}
          </span>
        ),
      },
      {
        id: 'state',
        header: 'State',
        width: '116px',
        cell: row => {
          const group = toArtifactGroup(row.status);
          const Icon = icons[group];
          return (
            <span className={styles.with}>
              <span className={mergeClasses(styles.icon, styles[group])}>
                <Icon aria-hidden />
              </span>
              <span className={group === 'failed' ? styles.failed : undefined}>{artifactState(row.status)}</span>
            </span>
          );
        },
      },
      {
        id: 'since',
        header: `Since, ${zoneName(myZone, shownNow)}`,
        width: '104px',
        cell: row => <Time at={row.endedAt ?? row.startedAt} zone={myZone} now={shownNow} />,
      },
      {
        id: 'point',
        header: `Point, ${zoneName(pointZone, shownNow)}`,
        width: '124px',
        cell: row => <Time at={row.pointAt} zone={pointZone} now={shownNow} />,
      },
      {
        id: 'result',
        header: 'Result',
        width: 'minmax(180px, 3.4fr)',
        cell: row => {
          const isQuiet = toArtifactGroup(row.status) === 'waiting';
          const words = artifactResult(row);
          return (
            <span className={isQuiet ? `${styles.name} ${styles.quiet}` : styles.name} title={words}>
              {words}
            </span>
          );
        },
      },
      {
        id: 'request',
        header: 'Request id',
        width: '150px',
        cell: row =>
          row.requestId === undefined ? null : (
            <span className={styles.with}>
              <span className={styles.id} title={row.requestId}>
                {shortId(row.requestId)}
              </span>
              <CopyButton text={row.requestId} what={`request id of ${row.name}`} />
            </span>
          ),
      },
    ],
    [styles, session.kind, myZone, pointZone, shownNow],
  );
  const active = activeIndex === undefined ? undefined : pages.rowAt(activeIndex);
  return (
    <div className={styles.table}>
      {pages.error !== undefined && pages.total === undefined ? (
        <ErrorState error={pages.error} onRetry={pages.refetch} />
      ) : pages.total === undefined ? (
        <SkeletonRows widths={columns.map(column => column.width)} label="Loading the artifacts" />
      ) : (
        <VirtualTable
          label="Restore artifacts, failed first"
          columns={columns}
          rowCount={pages.total}
          rowAt={pages.rowAt}
          rowId={row => row.id}
          onRange={pages.showRange}
          activeIndex={activeIndex}
          onActivate={setActiveIndex}
          empty={
            only === 'all' ? (
              <EmptyState meaning="The service names no artifact of this session yet." />
            ) : (
              <EmptyState meaning="No artifact is in this state." action={<Link onClick={onShowAll}>Show all</Link>} />
            )
          }
          footer={active === undefined ? undefined : <Strip artifact={active} tenantId={tenantId} plan={plan} />}
        />
      )}
    </div>
  );
}

function Time({ at, zone, now }: { at: UtcSeconds | undefined; zone: string; now: UtcSeconds }) {
  const styles = useStyles();
  if (at === undefined) return <span className={styles.quiet}>–</span>;
  // The zone stands in the head of the column.
  const words = formatMoment(at, zone, now).replace(/ \S+$/, '');
  return (
    <time title={formatUtc(at)} style={{ whiteSpace: 'nowrap' }}>
      {words.replace(/^[A-Z][a-z]{2} /, '')}
    </time>
  );
}

/** The focused artifact: its error code and whole request id, and the way to a new location where it failed. */
function Strip({ artifact, tenantId, plan }: { artifact: RestoreArtifact; tenantId: string; plan: Plan | undefined }) {
  const styles = useStyles();
  const elsewhere = useRestoreElsewhere(tenantId, plan);
  const { error, requestId, unitId } = artifact;
  const isFailed = toArtifactGroup(artifact.status) === 'failed';
  return (
    <>
      {elsewhere.error !== null && <ErrorBar error={elsewhere.error} onDismiss={elsewhere.reset} />}
      <div className={styles.strip} aria-live="polite">
        <span className={styles.strong}>{artifact.name}:</span>
        {error !== undefined && <code className={styles.id}>{error.code}</code>}
        {error !== undefined && error.message !== '' && <span>{error.message}</span>}
        {artifact.restoredTo !== undefined && (
          <>
            <span>{artifact.restoredTo}</span>
            <CopyButton text={artifact.restoredTo} what="where it went" label="Copy" />
          </>
        )}
        {requestId !== undefined && (
          <span className={styles.with}>
            <span className={styles.quiet}>request-id</span>
            <code className={styles.id}>{requestId}</code>
            <CopyButton text={requestId} what="request id" label="Copy" />
          </span>
        )}
        <span className={styles.rest} />
        {isFailed && unitId !== undefined && artifact.destination !== 'new' && (
          <Link
            as="button"
            disabledFocusable={elsewhere.isPending}
            onClick={() => elsewhere.make({ unitId, name: artifact.name })}
          >
            Plan a restore to a new location
          </Link>
        )}
      </div>
    </>
  );
}
