import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import {
  ArrowSync16Regular,
  ClipboardTask16Regular,
  History16Regular,
  PlugDisconnected16Regular,
} from '@fluentui/react-icons';
import { useQueries, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import {
  queries,
  sumAsks,
  useAsks,
  useClient,
  useConnectivity,
  useHostNow,
  useIsSignedOut,
  useMyZone,
  useTenantNow,
} from '../store/index.ts';
import { formatQuantity } from '../ui/number.ts';
import { formatClock, formatDay, formatMoment, formatUtc } from '../ui/time/format.ts';
import { zoneName } from '../ui/time/zone.ts';
import { askInWords, backgroundInWords, restoresInWords } from './status-words.ts';

const useStyles = makeStyles({
  bar: {
    display: 'flex',
    alignItems: 'center',
    gap: '12px',
    padding: '0 16px',
    backgroundColor: tokens.colorNeutralBackground3,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    boxSizing: 'border-box',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground2,
    whiteSpace: 'nowrap',
    overflow: 'hidden',
  },
  part: { display: 'inline-flex', alignItems: 'center', gap: '8px' },
  next: { paddingLeft: '12px', borderLeft: `1px solid ${tokens.colorNeutralStroke1}` },
  rest: { flexGrow: 1 },
  dot: {
    width: '8px',
    height: '8px',
    borderRadius: '50%',
    boxSizing: 'border-box',
    backgroundColor: tokens.colorStatusSuccessForeground1,
  },
  hollow: { backgroundColor: 'transparent', border: `2px solid ${tokens.colorNeutralForeground3}` },
});

/** What goes on in the background, whether there is a network, and what time it is. */
export function StatusBar({ tenantId }: { tenantId: string | undefined }) {
  const styles = useStyles();
  const client = useClient();
  const connectivity = useConnectivity();
  const zone = useMyZone();
  const now = useHostNow();
  const running = useAsks(state => state.running);
  const tenants = useQuery(queries.tenants(client)).data ?? [];
  const plans = useQuery(queries.plans(client)).data ?? [];
  const busy = tenants.filter(
    tenant => tenant.runningSessions > 0 && (tenantId === undefined || tenant.id === tenantId),
  );
  const sessions = useQueries({
    queries: busy.map(tenant => queries.sessions(client, tenant.id)),
    combine: results => results.flatMap(result => result.data ?? []),
  });

  const background = useQuery(queries.background(client)).data;
  const inBackground =
    background === undefined
      ? undefined
      : backgroundInWords(background, tenantId, at => `${formatClock(at, zone)} ${zoneName(zone, at)}`);
  const asks = sumAsks(running.values(), tenantId);
  const isOffline = connectivity.state === 'offline';
  const isSignedOut = useIsSignedOut();
  const drafts = plans.filter(
    plan => plan.status === 'draft' && (tenantId === undefined || plan.tenantId === tenantId),
  ).length;
  const parts: { key: string; icon: ReactNode; words: string }[] = [];
  if (isOffline)
    parts.push({
      key: 'offline',
      icon: <PlugDisconnected16Regular aria-hidden />,
      words: `Offline since ${formatMoment(connectivity.sinceAt, zone, now)}`,
    });
  else if (asks.count > 0)
    parts.push({
      key: 'asks',
      icon: <ArrowSync16Regular aria-hidden />,
      words: askInWords(asks, at => `${formatClock(at, zone)} ${zoneName(zone, at)}`),
    });
  const restores = restoresInWords(sessions, isOffline || isSignedOut ? at => formatMoment(at, zone, now) : undefined);
  if (restores !== undefined) parts.push({ key: 'restores', icon: <History16Regular aria-hidden />, words: restores });
  if (isOffline && drafts > 0)
    parts.push({
      key: 'plans',
      icon: <ClipboardTask16Regular aria-hidden />,
      words: `${formatQuantity(drafts, 'plan')} waiting to be sent`,
    });
  return (
    <footer className={styles.bar}>
      <span className={styles.part} aria-live="polite" aria-atomic>
        {parts.map((part, index) => (
          <span key={part.key} className={index === 0 ? styles.part : `${styles.part} ${styles.next}`}>
            {part.icon}
            {part.words}
          </span>
        ))}
      </span>
      {/* Not read aloud: nobody has asked for it. */}
      {inBackground !== undefined && (
        <span className={parts.length === 0 ? styles.part : `${styles.part} ${styles.next}`}>{inBackground}</span>
      )}
      <span className={styles.rest} />
      {!isOffline && (
        <span className={styles.part}>
          <span className={mergeClasses(styles.dot, isSignedOut && styles.hollow)} aria-hidden />
          {isSignedOut ? 'Signed out, nothing is asked' : 'Online'}
        </span>
      )}
      {tenantId === undefined ? <ClockPart now={now} zone={zone} /> : <TenantClock tenantId={tenantId} zone={zone} />}
    </footer>
  );
}

function TenantClock({ tenantId, zone }: { tenantId: string; zone: string }) {
  return <ClockPart now={useTenantNow(tenantId)} zone={zone} />;
}

function ClockPart({ now, zone }: { now: number; zone: string }) {
  const styles = useStyles();
  return (
    <time className={`${styles.part} ${styles.next}`} title={formatUtc(now)}>
      {`${formatDay(now, zone)}, ${formatClock(now, zone)} ${zoneName(zone, now)}`}
    </time>
  );
}
