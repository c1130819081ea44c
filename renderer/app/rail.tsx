import {
  Button,
  CounterBadge,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  mergeClasses,
  tokens,
  Tooltip,
} from '@fluentui/react-components';
import {
  Building20Filled,
  Building20Regular,
  History20Filled,
  History20Regular,
  Home20Filled,
  Home20Regular,
  Keyboard20Regular,
  Receipt20Filled,
  Receipt20Regular,
  Settings20Filled,
  Settings20Regular,
  ShieldCheckmark24Filled,
} from '@fluentui/react-icons';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { NotificationBell } from '../notifications/index.ts';
import { navigate, queries, useClient, useNavigation } from '../store/index.ts';
import type { Route } from '../store/index.ts';
import { formatQuantity } from '../ui/number.ts';
import { useShortcut } from '../ui/shortcuts.ts';
import { KeyList } from './key-list.tsx';

const useStyles = makeStyles({
  rail: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    gap: '4px',
    padding: '8px 0',
    backgroundColor: tokens.colorNeutralBackground3,
    borderRight: `1px solid ${tokens.colorNeutralStroke2}`,
    boxSizing: 'border-box',
  },
  mark: {
    width: '32px',
    height: '32px',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: '#0f6cbd',
    color: '#ffffff',
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'center',
    marginBottom: '4px',
  },
  place: { position: 'relative', width: '100%', display: 'flex', justifyContent: 'center' },
  button: { minWidth: '36px', width: '36px', height: '36px' },
  here: {
    backgroundColor: tokens.colorNeutralBackground1,
    color: tokens.colorBrandForeground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    ':hover': { color: tokens.colorBrandForeground1, backgroundColor: tokens.colorNeutralBackground1 },
  },
  line: {
    position: 'absolute',
    left: '1px',
    top: '10px',
    bottom: '10px',
    width: '3px',
    borderRadius: '2px',
    backgroundColor: tokens.colorCompoundBrandBackground,
  },
  badge: { position: 'absolute', right: '3px', top: '-1px', pointerEvents: 'none' },
  rest: { flexGrow: 1 },
});

interface Entry {
  readonly key: string;
  readonly label: string;
  readonly to: Route;
  readonly isHere: boolean;
  readonly icon: ReactElement;
  readonly badge?: number;
}

/** The way between all tenants, the one looked at last, its restores, the audit, the keys and the settings. */
export function Rail({ className }: { className: string }) {
  const styles = useStyles();
  const route = useNavigation(state => state.route);
  const lastTenantId = useNavigation(state => state.lastTenantId);
  const [showsKeys, setShowsKeys] = useState(false);
  const tenants = useQuery(queries.tenants(useClient())).data ?? [];
  const tenant = tenants.find(({ id }) => id === lastTenantId);
  useShortcut('?', 'Show the keys', () => setShowsKeys(true));

  const isTenants = route.at === 'tenants';
  const isRestores = route.at === 'restores' || route.at === 'wizard';
  const isTenant =
    route.at === 'protection' ||
    route.at === 'restore-points' ||
    route.at === 'policies' ||
    route.at === 'readiness' ||
    (route.at === 'audit' && route.tenantId !== undefined);
  const isAudit = route.at === 'audit' && route.tenantId === undefined;
  const entries: Entry[] = [
    {
      key: 'tenants',
      label: 'All tenants',
      to: { at: 'tenants' },
      isHere: isTenants,
      icon: isTenants ? <Home20Filled /> : <Home20Regular />,
    },
    ...(tenant === undefined
      ? []
      : [
          {
            key: 'tenant',
            label: tenant.displayName,
            to: { at: 'protection', tenantId: tenant.id } as const,
            isHere: isTenant,
            icon: isTenant ? <Building20Filled /> : <Building20Regular />,
          },
          {
            key: 'restores',
            label:
              tenant.runningSessions === 0
                ? `Restores of ${tenant.displayName}`
                : `Restores of ${tenant.displayName}, ${formatQuantity(tenant.runningSessions, 'session')} running`,
            to: { at: 'restores', tenantId: tenant.id } as const,
            isHere: isRestores,
            icon: isRestores ? <History20Filled /> : <History20Regular />,
            badge: tenant.runningSessions,
          },
        ]),
    {
      key: 'audit',
      label: 'Audit of all tenants',
      to: { at: 'audit' },
      isHere: isAudit,
      icon: isAudit ? <Receipt20Filled /> : <Receipt20Regular />,
    },
  ];
  return (
    <nav className={mergeClasses(styles.rail, className)} aria-label="Backstop">
      <span className={styles.mark} aria-hidden>
        <ShieldCheckmark24Filled />
      </span>
      {entries.map(entry => (
        <RailEntry key={entry.key} entry={entry} />
      ))}
      <span className={styles.rest} />
      <div className={styles.place}>
        <NotificationBell className={styles.button} />
      </div>
      <div className={styles.place}>
        <Tooltip content="Keys (?)" relationship="label" positioning="after">
          <Button
            appearance="subtle"
            className={styles.button}
            icon={<Keyboard20Regular />}
            onClick={() => setShowsKeys(true)}
          />
        </Tooltip>
      </div>
      <RailEntry
        entry={{
          key: 'settings',
          label: 'Settings',
          to: { at: 'settings' },
          isHere: route.at === 'settings',
          icon: route.at === 'settings' ? <Settings20Filled /> : <Settings20Regular />,
        }}
      />
      <Dialog open={showsKeys} onOpenChange={(_, data) => setShowsKeys(data.open)}>
        <DialogSurface>
          <DialogBody>
            <DialogTitle>Keys</DialogTitle>
            <DialogContent>
              <KeyList />
            </DialogContent>
            <DialogActions>
              <Button onClick={() => setShowsKeys(false)}>Close</Button>
            </DialogActions>
          </DialogBody>
        </DialogSurface>
      </Dialog>
    </nav>
  );
}

function RailEntry({ entry }: { entry: Entry }) {
  const styles = useStyles();
  return (
    <div className={styles.place}>
      {entry.isHere && <span className={styles.line} aria-hidden />}
      <Tooltip content={entry.label} relationship="label" positioning="after">
        <Button
          appearance="subtle"
          className={mergeClasses(styles.button, entry.isHere && styles.here)}
          icon={entry.icon}
          onClick={() => navigate(entry.to)}
          {...(entry.isHere ? { 'aria-current': 'page' as const } : {})}
        />
      </Tooltip>
      {entry.badge !== undefined && entry.badge > 0 && (
        <CounterBadge className={styles.badge} count={entry.badge} size="small" color="brand" aria-hidden />
      )}
    </div>
  );
}
