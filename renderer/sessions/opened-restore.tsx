import {
  Breadcrumb,
  BreadcrumbButton,
  BreadcrumbDivider,
  BreadcrumbItem,
  Button,
  makeStyles,
  Menu,
  MenuButton,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  tokens,
} from '@fluentui/react-components';
import { ArrowClockwise16Regular, DocumentArrowDown16Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { Plan } from '../../shared/contract/plans.ts';
import type { RestoreSession } from '../../shared/contract/sessions.ts';
import { toSessionStatus } from '../../shared/domain/restore-session.ts';
import { navigate, useIsOffline, useIsSignedOut, useMyZone, useTenantNow } from '../store/index.ts';
import { CommandButton } from '../ui/command-button.tsx';
import { FilterChips } from '../ui/filter-chips.tsx';
import { KindIcon } from '../ui/kind-icon.tsx';
import { formatPart, formatQuantity } from '../ui/number.ts';
import { EmptyState } from '../ui/states/empty-state.tsx';
import { ErrorBar } from '../ui/states/error-bar.tsx';
import { formatMoment } from '../ui/time/format.ts';
import { kindWords } from '../ui/unit-words.ts';
import { RefusedUnits } from './refused-units.tsx';
import { failedKindsInWords, sumCounts } from './restore-rows.ts';
import type { RestoreRow } from './restore-rows.ts';
import { SessionDetail } from './session-detail.tsx';
import { askedInWords, retryInWords, sessionTitle, startedAt } from './session-words.ts';
import { StartState } from './start-state.tsx';
import { useReport } from './use-report.ts';
import { useRetryFailed } from './use-retry.ts';

const useStyles = makeStyles({
  view: { display: 'flex', flexDirection: 'column', gap: '8px', minHeight: 0, flexGrow: 1 },
  head: { display: 'flex', alignItems: 'flex-end', gap: '8px', flexShrink: 0 },
  text: { flexGrow: 1, minWidth: 0 },
  crumbs: { margin: '-6px 0 -2px -8px' },
  title: {
    margin: 0,
    fontSize: tokens.fontSizeBase500,
    lineHeight: '28px',
    fontWeight: tokens.fontWeightSemibold,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
  tabs: { display: 'flex', alignItems: 'center', gap: '12px', flexWrap: 'wrap', flexShrink: 0 },
  rest: { flexGrow: 1 },
  quiet: { color: tokens.colorNeutralForeground3 },
});

interface OpenedRestoreProps {
  readonly tenantId: string;
  readonly rows: readonly RestoreRow[];
  readonly planId?: string;
  readonly sessionId?: string;
}

/** A plan with its sessions, or one session of others, down to the artifacts. */
export function OpenedRestore({ tenantId, rows, planId, sessionId }: OpenedRestoreProps) {
  const row = rows.find(each =>
    each.is === 'plan'
      ? each.plan.id === planId || each.sessions.some(session => session.id === sessionId)
      : each.session.id === sessionId,
  );
  if (row === undefined)
    return (
      <EmptyState
        meaning="This restore is not known here. The service keeps a session for one year after its end, and a plan may have been deleted."
        action={<Button onClick={() => navigate({ at: 'restores', tenantId }, 'replace')}>See all restores</Button>}
      />
    );
  return row.is === 'plan' ? (
    <Opened tenantId={tenantId} plan={row.plan} sessions={row.sessions} first={sessionId} />
  ) : (
    <Opened tenantId={tenantId} plan={undefined} sessions={[row.session]} first={sessionId} />
  );
}

function Opened(props: {
  tenantId: string;
  plan: Plan | undefined;
  sessions: readonly RestoreSession[];
  first: string | undefined;
}) {
  const { tenantId, plan, sessions, first } = props;
  const styles = useStyles();
  const zone = useMyZone();
  const now = useTenantNow(tenantId);
  const [chosenId, setChosenId] = useState(first);
  const session = sessions.find(each => each.id === chosenId) ?? sessions[0];
  const report = useReport(plan?.id ?? '');
  const retry = useRetryFailed();
  const isOffline = useIsOffline();
  const isSignedOut = useIsSignedOut();
  const notAsking = isOffline ? 'offline' : isSignedOut ? 'signedOut' : undefined;
  const counts = sumCounts(sessions);
  const name = plan?.name ?? `Session of ${session?.createdBy ?? 'another application'}`;
  return (
    <div className={styles.view}>
      <div className={styles.head}>
        <div className={styles.text}>
          <Breadcrumb size="small" className={styles.crumbs} aria-label="Where this is">
            <BreadcrumbItem>
              <BreadcrumbButton onClick={() => navigate({ at: 'restores', tenantId })}>Restores</BreadcrumbButton>
            </BreadcrumbItem>
            <BreadcrumbDivider />
            <BreadcrumbItem>
              <BreadcrumbButton current>{name}</BreadcrumbButton>
            </BreadcrumbItem>
          </Breadcrumb>
          <h1 className={styles.title}>{session === undefined ? name : sessionTitle(session, plan, zone, now)}</h1>
        </div>
        {plan !== undefined && plan.status !== 'draft' && (
          <Menu>
            <MenuTrigger disableButtonEnhancement>
              <MenuButton icon={<DocumentArrowDown16Regular />} disabledFocusable={report.isPending}>
                {report.isPending ? 'Making the report' : 'Report'}
              </MenuButton>
            </MenuTrigger>
            <MenuPopover>
              <MenuList>
                <MenuItem onClick={() => report.mutate('html')}>As a page to read and print (HTML)</MenuItem>
                <MenuItem onClick={() => report.mutate('csv')}>As a table (CSV)</MenuItem>
              </MenuList>
            </MenuPopover>
          </Menu>
        )}
        {plan !== undefined && counts.failed > 0 && (
          <CommandButton
            appearance="primary"
            icon={<ArrowClockwise16Regular />}
            hint={`Makes a new plan of the failed units: ${failedKindsInWords(sessions)}. Nothing is sent before you start it.`}
            disabledReason={retry.isPending ? 'The plan is being made.' : undefined}
            onClick={() => retry.make(plan)}
          >
            {retryInWords(counts.failed, sessions.length)}
          </CommandButton>
        )}
      </div>
      {report.error !== null && <ErrorBar error={report.error} onDismiss={report.reset} />}
      {report.data !== undefined && (
        <p className={styles.quiet} role="status" style={{ margin: 0 }}>
          {report.data} was handed to the downloads.
        </p>
      )}
      {retry.error !== null && <ErrorBar error={retry.error} onDismiss={retry.reset} />}
      {plan !== undefined && <StartState plan={plan} sessions={sessions} notAsking={notAsking} />}
      {plan !== undefined && <RefusedUnits plan={plan} />}
      {session === undefined ? (
        plan !== undefined && (
          <EmptyState
            meaning={
              plan.status === 'draft'
                ? 'This plan was not sent.'
                : plan.status === 'starting'
                  ? `${formatQuantity(plan.restorable, 'unit')} ${plan.restorable === 1 ? 'is' : 'are'} to be restored. The sessions appear here once they are read from the service.`
                  : plan.status === 'running'
                    ? 'The sessions of this plan have not been read from the service yet. They appear here as soon as they are.'
                    : 'The catalog holds no session of this plan, so what became of its units is not known here. “Read the sessions now”, among all restores, asks the service; it keeps a session for one year after its end.'
            }
            action={
              plan.status === 'draft' ? (
                <Button onClick={() => navigate({ at: 'wizard', tenantId, planId: plan.id })}>Open the plan</Button>
              ) : plan.status === 'done' ? (
                <Button onClick={() => navigate({ at: 'restores', tenantId })}>See all restores</Button>
              ) : undefined
            }
          />
        )
      ) : (
        <>
          <div className={styles.tabs}>
            {sessions.length > 1 && (
              <FilterChips
                label="Sessions of the plan"
                on={session.id}
                onChange={setChosenId}
                chips={sessions.map(each => ({
                  id: each.id,
                  word: `${each.kind === undefined ? 'Other' : kindWords[each.kind].many} ${formatPart(each.counts.succeeded + each.counts.failed, each.counts.total)}`,
                  ...(each.kind === undefined ? {} : { icon: <KindIcon kind={each.kind} /> }),
                }))}
              />
            )}
            <span className={styles.rest} />
            <span className={styles.quiet}>
              {startedInWords(session, plan, zone, now)}; {askedInWords(session, now, notAsking)}
            </span>
          </div>
          <SessionDetail key={session.id} session={session} plan={plan} zone={zone} now={now} />
        </>
      )}
    </div>
  );
}

/** `started 08:56 CET by anna.lindqvist` */
function startedInWords(session: RestoreSession, plan: Plan | undefined, zone: string, now: number): string {
  const by = session.createdBy ?? plan?.createdBy;
  const status = toSessionStatus(session.status);
  const verb = status === 'draft' ? 'drafted' : 'started';
  const at = status === 'draft' ? session.createdAt : startedAt(session, plan);
  const when = at === undefined ? '' : ` ${formatMoment(at, zone, now)}`;
  return `${verb}${when}${by === undefined ? '' : ` by ${by}`}`;
}
