import {
  Button,
  CounterBadge,
  Link,
  makeStyles,
  Popover,
  PopoverSurface,
  PopoverTrigger,
  tokens,
} from '@fluentui/react-components';
import { Alert20Regular, AlertSnooze20Regular, ErrorCircle16Regular } from '@fluentui/react-icons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Notifications, RecentNotification } from '../../shared/contract/notifications.ts';
import { navigate, useClient, useHostNow, useMyZone } from '../store/index.ts';
import { formatQuantity } from '../ui/number.ts';
import { ErrorBar } from '../ui/states/error-bar.tsx';
import { Moment } from '../ui/time/moment.tsx';
import { toRoute } from './follow-notifications.ts';
import { notificationQueries } from './notification-queries.ts';

const useStyles = makeStyles({
  badge: { position: 'absolute', right: '3px', top: '-1px', pointerEvents: 'none' },
  surface: { width: '380px', maxWidth: 'calc(100vw - 48px)', padding: '12px 0', boxSizing: 'border-box' },
  head: { display: 'flex', alignItems: 'baseline', gap: '12px', padding: '0 16px 8px' },
  title: { flexGrow: 1, margin: 0, fontSize: '14px', lineHeight: '20px', fontWeight: tokens.fontWeightSemibold },
  quiet: { margin: 0, padding: '0 16px 8px', color: tokens.colorNeutralForeground2 },
  list: { listStyleType: 'none', margin: 0, padding: 0, maxHeight: 'min(440px, 60vh)', overflowY: 'auto' },
  item: { borderTop: `1px solid ${tokens.colorNeutralStroke3}` },
  button: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    gap: '2px',
    width: '100%',
    height: 'auto',
    padding: '8px 16px',
    textAlign: 'left',
    fontWeight: tokens.fontWeightRegular,
    whiteSpace: 'normal',
    borderRadius: 0,
  },
  name: {
    display: 'flex',
    alignItems: 'center',
    gap: '6px',
    fontWeight: tokens.fontWeightSemibold,
    overflowWrap: 'anywhere',
  },
  critical: { color: tokens.colorStatusDangerForeground1, flexShrink: 0 },
  body: { whiteSpace: 'pre-line', overflowWrap: 'anywhere' },
  age: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  empty: { margin: 0, padding: '0 16px 4px', color: tokens.colorNeutralForeground2 },
});

/** What came lately, also what quiet hours held back and what no page was there to show; in a place that its badge may lie over. */
export function NotificationBell({ className }: { className: string }) {
  const styles = useStyles();
  const client = useClient();
  const queryClient = useQueryClient();
  const { queryKey } = notificationQueries.list(client);
  const told = useQuery(notificationQueries.list(client)).data;
  const [isOpen, setOpen] = useState(false);
  const markSeen = useMutation({
    mutationFn: () => client.notifications.markSeen(),
    onSuccess: answer => queryClient.setQueryData(queryKey, answer),
  });
  if (told === undefined) return null;
  const { isQuiet, unseen } = told;
  const label = `Notifications${unseen === 0 ? '' : `, ${unseen} new`}${isQuiet ? ', quiet hours' : ''}`;
  return (
    <>
      <Popover
        open={isOpen}
        positioning="after-bottom"
        onOpenChange={(_, { open }) => {
          setOpen(open);
          if (open && unseen > 0) markSeen.mutate();
        }}
      >
        <PopoverTrigger disableButtonEnhancement>
          <Button
            appearance="subtle"
            className={className}
            aria-label={label}
            title={label}
            icon={isQuiet ? <AlertSnooze20Regular /> : <Alert20Regular />}
          />
        </PopoverTrigger>
        <PopoverSurface className={styles.surface} aria-label="Notifications">
          <Told told={told} onLeave={() => setOpen(false)} />
          {markSeen.error !== null && <ErrorBar error={markSeen.error} />}
        </PopoverSurface>
      </Popover>
      {unseen > 0 && <CounterBadge className={styles.badge} count={unseen} size="small" color="brand" aria-hidden />}
    </>
  );
}

function Told({ told: { held, isQuiet, recent }, onLeave }: { told: Notifications; onLeave: () => void }) {
  const styles = useStyles();
  return (
    <>
      <div className={styles.head}>
        <h2 className={styles.title}>Notifications</h2>
        <Link
          onClick={() => {
            onLeave();
            navigate({ at: 'settings' });
          }}
        >
          Settings
        </Link>
      </div>
      {isQuiet && (
        <p className={styles.quiet}>
          Quiet hours{held === 0 ? '' : `: ${formatQuantity(held, 'notification')} held until they end`}.
        </p>
      )}
      {recent.length === 0 ? (
        <p className={styles.empty}>
          Nothing to tell so far. Ended restores and tenants that turn unsafe are listed here, also what nobody saw.
        </p>
      ) : (
        <ul className={styles.list} aria-label="Recent notifications">
          {recent.map(one => (
            <Recent key={one.id} told={one} onLeave={onLeave} />
          ))}
        </ul>
      )}
    </>
  );
}

function Recent({
  told: { at, body, isCritical, opens, title },
  onLeave,
}: {
  told: RecentNotification;
  onLeave: () => void;
}) {
  const styles = useStyles();
  const zone = useMyZone();
  const now = useHostNow();
  return (
    <li className={styles.item}>
      <Button
        appearance="subtle"
        className={styles.button}
        onClick={() => {
          onLeave();
          navigate(toRoute(opens));
        }}
      >
        <span className={styles.name}>
          {isCritical && <ErrorCircle16Regular className={styles.critical} aria-label="Critical" />}
          {title}
        </span>
        <span className={styles.body}>{body}</span>
        <span className={styles.age}>
          <Moment at={at} zone={zone} now={now} />
        </span>
      </Button>
    </li>
  );
}
