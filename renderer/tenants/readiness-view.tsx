import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import {
  ArrowClockwise16Regular,
  ArrowLeft16Regular,
  CheckmarkCircle16Filled,
  ErrorCircle16Filled,
  QuestionCircle16Regular,
  Warning16Filled,
} from '@fluentui/react-icons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import type { ReadinessItem } from '../../shared/contract/tenants.ts';
import { navigate, queries, useClient, useHostNow, useIsOffline, useIsSignedOut, useMyZone } from '../store/index.ts';
import { CommandButton } from '../ui/command-button.tsx';
import { formatPart } from '../ui/number.ts';
import { offlineReasons, signedOutReasons } from '../ui/offline-reason.ts';
import { EmptyState } from '../ui/states/empty-state.tsx';
import { ErrorBar } from '../ui/states/error-bar.tsx';
import { ErrorState } from '../ui/states/error-state.tsx';
import { SkeletonRows } from '../ui/states/skeleton.tsx';
import { TenantSquare } from '../ui/tenant-square.tsx';
import { Moment } from '../ui/time/moment.tsx';
import { readinessSummary, readinessWords } from './readiness-words.ts';
import { SignInAgain } from './sign-in-again.tsx';

const useStyles = makeStyles({
  // The view scrolls as a whole: its buttons lie inside, so that the keyboard reaches what scrolls.
  view: { minHeight: 0, flexGrow: 1, overflowY: 'auto', margin: '-4px', padding: '4px' },
  page: { display: 'flex', flexDirection: 'column', gap: '12px', maxWidth: '880px' },
  head: { display: 'flex', alignItems: 'flex-start', gap: '12px' },
  button: { flexShrink: 0, whiteSpace: 'nowrap' },
  title: {
    fontSize: '20px',
    lineHeight: '28px',
    fontWeight: tokens.fontWeightSemibold,
    margin: 0,
    display: 'flex',
    alignItems: 'flex-start',
    gap: '12px',
    flexGrow: 1,
    minWidth: 0,
    overflowWrap: 'anywhere',
    paddingTop: '2px',
  },
  quiet: { color: tokens.colorNeutralForeground3 },
  list: {
    margin: 0,
    padding: 0,
    listStyleType: 'none',
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  item: {
    display: 'grid',
    gridTemplateColumns: '16px 112px minmax(0, 1fr) auto',
    gap: '0 12px',
    padding: '10px 16px',
    alignItems: 'start',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    ':last-child': { borderBottom: 'none' },
  },
  icon: { display: 'inline-flex', marginTop: '2px' },
  word: { whiteSpace: 'nowrap' },
  itemTitle: {
    fontWeight: tokens.fontWeightSemibold,
    margin: 0,
    fontSize: tokens.fontSizeBase300,
    lineHeight: tokens.lineHeightBase300,
  },
  text: { margin: 0, color: tokens.colorNeutralForeground2 },
  next: { margin: '2px 0 0' },
  ok: { color: tokens.colorStatusSuccessForeground1 },
  warning: { color: tokens.colorStatusWarningForeground1 },
  failed: { color: tokens.colorStatusDangerForeground1 },
  notChecked: { color: tokens.colorNeutralForeground3 },
});

const looks = {
  ok: { Icon: CheckmarkCircle16Filled, word: 'Fine' },
  warning: { Icon: Warning16Filled, word: 'Look at it' },
  failed: { Icon: ErrorCircle16Filled, word: 'To do' },
  notChecked: { Icon: QuestionCircle16Regular, word: 'Not checked' },
} as const;

/** Whether everything that a restore needs is there, each with its cause and next step: known today, not on the worst day. */
export function ReadinessView({ tenantId }: { tenantId: string }) {
  const styles = useStyles();
  const client = useClient();
  const queryClient = useQueryClient();
  const isOffline = useIsOffline();
  const isSignedOut = useIsSignedOut();
  const now = useHostNow();
  const zone = useMyZone();
  const tenant = useQuery(queries.tenants(client)).data?.find(({ id }) => id === tenantId);
  const readiness = useQuery(queries.readiness(client, tenantId));
  const stopping = useRef<AbortController | undefined>(undefined);
  const check = useMutation({
    mutationFn: () => {
      stopping.current = new AbortController();
      return client.tenants.checkReadiness({ tenantId }, { signal: stopping.current.signal });
    },
    onSuccess: answer => queryClient.setQueryData(queries.readiness(client, tenantId).queryKey, answer),
  });
  const tenantName = tenant?.displayName ?? 'The tenant';
  const items = readiness.data?.items ?? [];
  const summary = readinessSummary(items);
  return (
    <div className={styles.view}>
      <div className={styles.page}>
        <div className={styles.head}>
          <Button
            appearance="subtle"
            className={styles.button}
            icon={<ArrowLeft16Regular />}
            onClick={() => navigate({ at: 'protection', tenantId })}
          >
            Protection
          </Button>
          <h1 className={styles.title}>
            {tenant !== undefined && <TenantSquare tenant={tenant} />}
            <span>Readiness of {tenantName}</span>
          </h1>
          <CommandButton
            className={styles.button}
            icon={<ArrowClockwise16Regular />}
            onClick={() => check.mutate()}
            disabledReason={isOffline ? offlineReasons.check : isSignedOut ? signedOutReasons.check : undefined}
            running={check.isPending ? { label: 'Stop checking', onStop: () => stopping.current?.abort() } : undefined}
          >
            {readiness.data === null ? 'Check now' : 'Check again'}
          </CommandButton>
        </div>
        {readiness.data !== null && readiness.data !== undefined && (
          <p className={mergeClasses(styles.text, styles.quiet)} aria-live="polite">
            {check.isPending ? 'Checking. ' : ''}
            {formatPart(summary.ok, summary.total)} fine{summary.toDo > 0 && `, ${summary.toDo} to look at`}. Checked{' '}
            <Moment at={readiness.data.checkedAt} zone={zone} now={now} />.
          </p>
        )}
        {check.error !== null && <ErrorBar error={check.error} />}
        {readiness.error !== null ? (
          <ErrorState error={readiness.error} onRetry={() => void readiness.refetch()} />
        ) : readiness.data === undefined ? (
          <SkeletonRows widths={['16px', '112px', '1fr']} rowHeight={56} rows={10} label="Loading the readiness" />
        ) : readiness.data === null ? (
          <EmptyState meaning="This tenant’s readiness has never been checked. The check asks for a token of each scope and reads roles, controller, status and billing." />
        ) : (
          <ul className={styles.list}>
            {items.map(item => (
              <Item
                key={`${item.check} ${item.subject ?? ''}`}
                item={item}
                tenantId={tenantId}
                tenantName={tenantName}
              />
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}

function Item({ item, tenantId, tenantName }: { item: ReadinessItem; tenantId: string; tenantName: string }) {
  const styles = useStyles();
  const words = readinessWords(item, { tenantName });
  const { Icon, word } = looks[item.result];
  const isConsent = item.check.startsWith('consent') || item.check === 'signIn';
  const isOfService = item.check === 'controller' || item.check === 'serviceStatus' || item.check === 'billing';
  return (
    <li className={styles.item}>
      <span className={mergeClasses(styles.icon, styles[item.result])}>
        <Icon aria-hidden />
      </span>
      <span className={styles.word}>{word}</span>
      <div>
        <h2 className={styles.itemTitle}>{words.title}</h2>
        <p className={styles.text}>{words.cause}</p>
        {words.next !== undefined && <p className={styles.next}>{words.next}</p>}
      </div>
      {item.result !== 'ok' && isConsent ? (
        <SignInAgain tenantId={tenantId} scopes={item.check === 'consentRestoreWrite' ? 'restore' : 'read'} />
      ) : item.result !== 'ok' && isOfService ? (
        <Button size="small" onClick={() => navigate({ at: 'service', tenantId })}>
          Open Service
        </Button>
      ) : (
        <span />
      )}
    </li>
  );
}
