import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { ArrowSync16Regular } from '@fluentui/react-icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { Plan } from '../../shared/contract/plans.ts';
import type { ArtifactCounts } from '../../shared/contract/sessions.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { keys, navigate, queries, useClient, useIsOffline, useMyZone, useTenantNow } from '../store/index.ts';
import { CommandButton } from '../ui/command-button.tsx';
import { Mark } from '../ui/mark.tsx';
import { formatPart, formatQuantity } from '../ui/number.ts';
import { offlineReasons } from '../ui/offline-reason.ts';
import { StackedBar } from '../ui/stacked-bar.tsx';
import { EmptyState } from '../ui/states/empty-state.tsx';
import { ErrorBar } from '../ui/states/error-bar.tsx';
import { VirtualTable } from '../ui/table/virtual-table.tsx';
import type { TableColumn } from '../ui/table/virtual-table.tsx';
import { formatAgo, formatMoment } from '../ui/time/format.ts';
import { countKinds } from '../ui/unit-words.ts';
import { countsOfRow, rowAt, stateOfRow } from './restore-rows.ts';
import type { RestoreRow } from './restore-rows.ts';
import { destinationInWords, sessionTitle } from './session-words.ts';

const useStyles = makeStyles({
  view: { display: 'flex', flexDirection: 'column', gap: '8px', minHeight: 0, flexGrow: 1 },
  bar: { display: 'flex', alignItems: 'center', gap: '12px', flexShrink: 0 },
  title: { margin: 0, fontSize: tokens.fontSizeBase400, lineHeight: '20px', fontWeight: tokens.fontWeightSemibold },
  quiet: { color: tokens.colorNeutralForeground3 },
  rest: { flexGrow: 1 },
  two: { display: 'flex', flexDirection: 'column', minWidth: 0, lineHeight: '18px' },
  name: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', fontWeight: tokens.fontWeightSemibold },
  second: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', fontSize: tokens.fontSizeBase200, lineHeight: '16px', color: tokens.colorNeutralForeground3 },
  progress: { display: 'flex', flexDirection: 'column', gap: '4px', width: '100%' },
  foot: { display: 'flex', alignItems: 'center', gap: '8px', padding: '8px 12px', borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
});

/** All restores of a tenant: this console's plans with their sessions, and the sessions of others. Running first. */
export function RestoreList({ tenantId, rows }: { tenantId: string; rows: readonly RestoreRow[] }) {
  const styles = useStyles();
  const client = useClient();
  const queryClient = useQueryClient();
  const isOffline = useIsOffline();
  const zone = useMyZone();
  const now = useTenantNow(tenantId);
  const [activeId, setActiveId] = useState<string | undefined>(undefined);
  const [removing, setRemoving] = useState<Plan | undefined>(undefined);
  const refresh = useMutation({
    mutationFn: () => client.sessions.refresh({ tenantId }),
    onSuccess: sessions => queryClient.setQueryData(queries.sessions(client, tenantId).queryKey, sessions),
  });
  const remove = useMutation({
    mutationFn: (planId: string) => client.plans.remove({ planId }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: keys.plans }),
  });
  const shownNow = now - (now % 60);
  const columns = useMemo(() => restoreColumns(styles, zone, shownNow), [styles, zone, shownNow]);
  // An order that moves while one looks must not move the choice to another row.
  const activeIndex = rows.findIndex(row => row.id === activeId);
  const active = rows[activeIndex];
  const askedAt = rows.flatMap(row => (row.is === 'session' ? [row.session.askedAt] : row.sessions.map(session => session.askedAt)));
  const open = (index: number) => {
    const row = rows[index];
    if (row !== undefined) openRow(tenantId, row);
  };
  const counts = { running: 0, prepared: 0 };
  for (const row of rows) {
    if (row.is === 'plan' && row.plan.status === 'draft') counts.prepared += 1;
    else if (['Running', 'Being started', 'Start held up'].includes(stateOfRow(row).word)) counts.running += 1;
  }
  return (
    <div className={styles.view}>
      <div className={styles.bar}>
        <h1 className={styles.title}>Restores</h1>
        <span className={styles.quiet} aria-live="polite">
          {formatQuantity(counts.running, 'restore')} running
          {counts.prepared > 0 && `, ${formatQuantity(counts.prepared, 'plan')} prepared and not sent`}
          {askedAt.length > 0 && `; sessions asked ${formatAgo(Math.max(...askedAt), now)}`}
        </span>
        <span className={styles.rest} />
        <CommandButton
          icon={<ArrowSync16Regular />}
          disabledReason={isOffline ? offlineReasons.sync : refresh.isPending ? 'The sessions are being read.' : undefined}
          onClick={() => refresh.mutate()}
        >
          Read the sessions now
        </CommandButton>
      </div>
      {refresh.error !== null && <ErrorBar error={refresh.error} onDismiss={refresh.reset} />}
      {remove.error !== null && <ErrorBar error={remove.error} onDismiss={remove.reset} />}
      <VirtualTable
        label="Restores of the tenant; Enter opens one"
        columns={columns}
        rowCount={rows.length}
        rowAt={index => rows[index]}
        rowId={row => row.id}
        rowHeight={44}
        headHeight={36}
        activeIndex={activeIndex < 0 ? undefined : activeIndex}
        onActivate={index => setActiveId(rows[index]?.id)}
        onOpen={open}
        empty={
          <EmptyState
            meaning="No restore of this tenant is known. A restore begins with a selection of units, or with one unit’s restore points."
            action={
              <Button appearance="primary" onClick={() => navigate({ at: 'protection', tenantId })}>
                Choose units
              </Button>
            }
          />
        }
        footer={
          rows.length === 0 ? undefined : (
            <div className={styles.foot}>
              <span className={styles.quiet}>The service keeps a session for one year after its end. It has no cancel: what has started runs to its end.</span>
              <span className={styles.rest} />
              {active?.is === 'plan' && active.plan.status === 'draft' && <Button onClick={() => setRemoving(active.plan)}>Delete the plan…</Button>}
              <CommandButton
                appearance="primary"
                disabledReason={active === undefined ? 'Choose a row first.' : undefined}
                onClick={() => {
                  if (active !== undefined) openRow(tenantId, active);
                }}
              >
                {active?.is === 'plan' && active.plan.status === 'draft' ? 'Open the plan' : 'Open'}
              </CommandButton>
            </div>
          )
        }
      />
      {removing !== undefined && (
        <Dialog open onOpenChange={(_, data) => (data.open ? undefined : setRemoving(undefined))}>
          <DialogSurface>
            <DialogBody>
              <DialogTitle>Delete the plan “{removing.name}”?</DialogTitle>
              <DialogContent>It was never sent. Its units and their restore points stay as they are; only the choices made for it are lost.</DialogContent>
              <DialogActions>
                <Button onClick={() => setRemoving(undefined)}>Keep it</Button>
                <Button
                  appearance="primary"
                  onClick={() => {
                    remove.mutate(removing.id);
                    setRemoving(undefined);
                  }}
                >
                  Delete
                </Button>
              </DialogActions>
            </DialogBody>
          </DialogSurface>
        </Dialog>
      )}
    </div>
  );
}

function openRow(tenantId: string, row: RestoreRow): void {
  if (row.is === 'session') navigate({ at: 'restores', tenantId, sessionId: row.session.id });
  else if (row.plan.status === 'draft') navigate({ at: 'wizard', tenantId, planId: row.plan.id });
  else navigate({ at: 'restores', tenantId, planId: row.plan.id });
}

/** `120 OneDrive, 32 sites, in place, to before Fri 20 Nov 14:05 EET`: what a row restores. */
function restoreInWords(row: RestoreRow, zone: string, now: UtcSeconds): string {
  if (row.is === 'session') return [sessionTitle(row.session, undefined, zone, now), row.session.jobType].filter(part => part !== undefined).join(', ');
  const { plan } = row;
  const kinds = countKinds({ sites: plan.unitsByKind.site, drives: plan.unitsByKind.drive, mailboxes: plan.unitsByKind.mailbox });
  const before = plan.incidentAt === undefined ? 'no incident time yet' : `to before ${formatMoment(plan.incidentAt, plan.timeZone ?? zone, now)}`;
  return [kinds === '' ? 'no unit yet' : kinds, destinationInWords(plan.destination), before].filter(part => part !== undefined).join(', ');
}

function restoreColumns(styles: ReturnType<typeof useStyles>, zone: string, now: UtcSeconds): readonly TableColumn<RestoreRow>[] {
  return [
    {
      id: 'restore',
      header: 'Restore',
      width: 'minmax(220px, 2fr)',
      cell: row => {
        const name = row.is === 'plan' ? row.plan.name : `Session of ${row.session.createdBy ?? 'another application'}`;
        const what = restoreInWords(row, zone, now);
        return (
          <span className={styles.two}>
            <span className={styles.name} title={name}>
              {name}
            </span>
            <span className={styles.second} title={what}>
              {what}
            </span>
          </span>
        );
      },
    },
    {
      id: 'state',
      header: 'State',
      width: '190px',
      cell: row => {
        const { word, tone } = stateOfRow(row);
        return <Mark tone={tone}>{word}</Mark>;
      },
    },
    {
      id: 'progress',
      header: 'Done',
      width: '170px',
      cell: row => <Progress counts={countsOfRow(row)} isSent={row.is === 'session' || row.plan.status !== 'draft'} />,
    },
    {
      id: 'when',
      header: 'Started or saved',
      width: '170px',
      cell: row => (
        <span className={styles.two}>
          <span>{formatMoment(rowAt(row), zone, now)}</span>
          <span className={styles.second}>
            {row.is === 'plan' && row.plan.status === 'draft' ? 'saved ' : ''}
            {formatAgo(rowAt(row), now)}
          </span>
        </span>
      ),
    },
    {
      id: 'by',
      header: 'By',
      width: 'minmax(110px, 1fr)',
      cell: row => {
        const by = row.is === 'plan' ? row.plan.createdBy : (row.session.createdBy ?? 'not said');
        return (
          <span className={styles.second} title={by}>
            {by}
          </span>
        );
      },
    },
  ];
}

function Progress({ counts, isSent }: { counts: ArtifactCounts; isSent: boolean }) {
  const styles = useStyles();
  if (!isSent || counts.total === 0) return <span className={styles.quiet}>–</span>;
  const words = `${formatPart(counts.succeeded + counts.failed, counts.total)} done${counts.failed > 0 ? `, ${formatQuantity(counts.failed, 'failed', 'failed')}` : ''}`;
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
