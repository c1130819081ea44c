import {
  Avatar,
  Button,
  makeStyles,
  Menu,
  MenuButton,
  MenuDivider,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  mergeClasses,
  tokens,
} from '@fluentui/react-components';
import { ArrowSync16Regular, Beaker16Regular, LockClosed16Regular, People16Regular } from '@fluentui/react-icons';
import { useQuery } from '@tanstack/react-query';
import { isRestoreLocked } from '../../shared/domain/service-lock.ts';
import { FRESH_FOR } from '../../shared/domain/tenant-state.ts';
import { isFresh, TenantMenuItems, useTenantSync } from '../tenants/index.ts';
import { SearchBox } from '../palette/index.ts';
import { AccountMenuItems } from '../settings/index.ts';
import {
  navigate,
  queries,
  tenantOf,
  useClient,
  useConnectivity,
  useHostNow,
  useIsSignedOut,
  useNavigation,
  useTenantAccount,
  useTenantNow,
} from '../store/index.ts';
import { CommandButton } from '../ui/command-button.tsx';
import { formatCount, formatPart, formatQuantity } from '../ui/number.ts';
import { offlineReasons, signedOutReasons } from '../ui/offline-reason.ts';
import { TenantSquare } from '../ui/tenant-square.tsx';
import { ownColours } from '../ui/theme.ts';
import { formatAgo, formatDuration } from '../ui/time/format.ts';
import type { Tenant } from '../../shared/contract/tenants.ts';

/** Narrower than this (a zoomed page too), all but the tenant is said shorter: its name is the one that must be read. */
const NARROW = '@media (max-width: 1100px)';

const useStyles = makeStyles({
  bar: {
    display: 'grid',
    // The tenant takes what it needs, and the search what is left: its name is the one that must be read whole.
    gridTemplateColumns: 'minmax(0, auto) minmax(44px, 1fr) auto auto',
    alignItems: 'center',
    gap: '16px',
    padding: '0 16px 0 12px',
    backgroundColor: tokens.colorNeutralBackground3,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    boxSizing: 'border-box',
    minWidth: 0,
  },
  left: { display: 'flex', alignItems: 'center', gap: '8px', minWidth: 0 },
  right: { display: 'flex', alignItems: 'center', justifyContent: 'flex-end', gap: '8px', minWidth: 0 },
  name: { fontSize: '14px', lineHeight: '20px', fontWeight: tokens.fontWeightSemibold, minWidth: 0, padding: '0 6px' },
  nameText: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', minWidth: 0 },
  square: { width: '24px', height: '24px', minWidth: '24px' },
  title: {
    fontSize: '14px',
    lineHeight: '20px',
    fontWeight: tokens.fontWeightSemibold,
    margin: '0 0 0 8px',
    whiteSpace: 'nowrap',
  },
  count: { fontWeight: tokens.fontWeightRegular, color: tokens.colorNeutralForeground3, marginLeft: '8px' },
  age: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: '8px',
    color: tokens.colorNeutralForeground2,
    whiteSpace: 'nowrap',
    flexShrink: 0,
    [NARROW]: { flexShrink: 1, minWidth: 0 },
  },
  ageText: { overflow: 'hidden', textOverflow: 'ellipsis' },
  // The search needs its words more than the demo its rate.
  wideOnly: { '@media (max-width: 1400px)': { display: 'none' } },
  dot: { width: '8px', height: '8px', borderRadius: '50%', boxSizing: 'border-box', flexShrink: 0 },
  fresh: { backgroundColor: tokens.colorStatusSuccessForeground1 },
  old: { border: `2px solid ${tokens.colorNeutralForeground3}` },
  lock: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: '6px',
    color: tokens.colorStatusDangerForeground1,
    fontWeight: tokens.fontWeightSemibold,
    whiteSpace: 'nowrap',
  },
  readOnly: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: '6px',
    fontWeight: tokens.fontWeightSemibold,
    whiteSpace: 'nowrap',
  },
  demo: {
    display: 'inline-flex',
    alignItems: 'center',
    height: '26px',
    padding: '0 14px',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: ownColours.backstopDemo,
    color: ownColours.backstopOnDemo,
    fontWeight: tokens.fontWeightSemibold,
    whiteSpace: 'nowrap',
    '@media (forced-colors: active)': { border: '1px solid CanvasText' },
  },
  out: {
    whiteSpace: 'nowrap',
    [NARROW]: { position: 'absolute', width: '1px', height: '1px', clipPath: 'inset(50%)' },
  },
  demoIcon: { marginRight: '8px' },
  account: { fontWeight: tokens.fontWeightRegular, minWidth: 0 },
  accountName: {
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    maxWidth: '240px',
    // Without room it is still the button's name.
    [NARROW]: { position: 'absolute', width: '1px', height: '1px', clipPath: 'inset(50%)' },
  },
});

/** Whose data is on screen and how old it is; that it is a demo; who is signed in. */
export function TenantBar({ tenantId }: { tenantId: string | undefined }) {
  const styles = useStyles();
  const client = useClient();
  const tenants = useQuery(queries.tenants(client)).data;
  const tenant = tenants?.find(({ id }) => id === tenantId);
  const isSettings = useNavigation(state => state.route.at === 'settings');
  const isAll = tenantId === undefined && !isSettings && tenants !== undefined && tenants.length > 0;
  return (
    <header className={styles.bar}>
      <div className={styles.left}>
        {tenant === undefined ? (
          <>
            <p className={styles.title}>
              {tenantId !== undefined ? 'Unknown tenant' : isSettings ? 'Settings' : 'All tenants'}
              {isAll && <span className={styles.count}>{formatCount(tenants.length)}</span>}
            </p>
            {isAll && <AgeOfAll tenants={tenants} />}
          </>
        ) : (
          <>
            <TenantChoice tenant={tenant} tenants={tenants ?? []} />
            <TenantAge tenant={tenant} />
          </>
        )}
      </div>
      {tenants === undefined || tenants.length === 0 ? <span /> : <SearchBox />}
      <DemoBand />
      <div className={styles.right}>
        <AccountButton />
      </div>
    </header>
  );
}

function TenantChoice({ tenant, tenants }: { tenant: Tenant; tenants: readonly Tenant[] }) {
  const styles = useStyles();
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement>
        <MenuButton
          appearance="subtle"
          className={styles.name}
          icon={{ className: styles.square, children: <TenantSquare tenant={tenant} /> }}
        >
          <span className={styles.nameText} title={tenant.displayName}>
            {tenant.displayName}
          </span>
        </MenuButton>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {tenants.map(other => (
            <MenuItem
              key={other.id}
              icon={<TenantSquare tenant={other} />}
              onClick={() => navigate({ at: 'protection', tenantId: other.id })}
              {...(other.id === tenant.id ? { 'aria-current': 'page' as const } : {})}
            >
              {other.displayName}
            </MenuItem>
          ))}
          <MenuItem onClick={() => navigate({ at: 'tenants' })}>All tenants</MenuItem>
          <MenuDivider />
          <TenantMenuItems tenant={tenant} />
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}

/** How many tenants were synced so lately that what is shown may be taken for the present. */
function AgeOfAll({ tenants }: { tenants: readonly Tenant[] }) {
  const styles = useStyles();
  const now = useHostNow();
  const isOffline = useConnectivity().state === 'offline';
  const fresh = tenants.filter(tenant => isFresh(tenant, now)).length;
  return (
    <span className={styles.age}>
      <span
        className={mergeClasses(styles.dot, !isOffline && fresh === tenants.length ? styles.fresh : styles.old)}
        aria-hidden
      />
      <span className={styles.ageText}>
        {isOffline && 'Offline, '}
        {formatPart(fresh, tenants.length)} synced in the last {formatDuration(FRESH_FOR)}
      </span>
    </span>
  );
}

function TenantAge({ tenant }: { tenant: Tenant }) {
  const styles = useStyles();
  const connectivity = useConnectivity();
  const now = useTenantNow(tenant.id);
  const { sync, isSyncing } = useTenantSync(tenant.id);
  const isOffline = connectivity.state === 'offline';
  const isSignedOut = useIsSignedOut();
  const synced = tenant.syncedAt === undefined ? 'never synced' : `synced ${formatAgo(tenant.syncedAt, now)}`;
  return (
    <>
      <span className={styles.age}>
        <span
          className={mergeClasses(styles.dot, !isOffline && isFresh(tenant, now) ? styles.fresh : styles.old)}
          aria-hidden
        />
        <span className={styles.ageText}>{isOffline ? `Offline, ${synced}` : isSyncing ? 'syncing' : synced}</span>
      </span>
      <CommandButton
        appearance="subtle"
        size="small"
        icon={<ArrowSync16Regular />}
        aria-label={`Sync ${tenant.displayName}`}
        hint="Sync this tenant (F5)"
        disabledReason={
          isOffline
            ? offlineReasons.sync
            : isSignedOut
              ? signedOutReasons.sync
              : isSyncing
                ? 'The tenant is being synced.'
                : undefined
        }
        onClick={sync}
      />
      {tenant.readOnly !== undefined && (
        <span
          className={styles.readOnly}
          title={`Set by ${tenant.readOnly.by}. No restore can be started and nothing changed from this console.`}
        >
          <LockClosed16Regular aria-hidden /> Read-only
        </span>
      )}
      {isRestoreLocked(tenant) && (
        <span className={styles.lock}>
          <LockClosed16Regular aria-hidden /> Restore-locked
        </span>
      )}
    </>
  );
}

function DemoBand() {
  const styles = useStyles();
  const state = useQuery(queries.consoleState(useClient())).data;
  // A grid of four stays a grid of four without it.
  if (state?.profile !== 'demo') return <span />;
  const rate = state.clock.rate;
  return (
    <p className={styles.demo} role="note">
      <Beaker16Regular className={styles.demoIcon} aria-hidden />
      Demo tenants{rate !== 1 && <span className={styles.wideOnly}>{`, time runs ${rate}×`}</span>}
    </p>
  );
}

function AccountButton() {
  const styles = useStyles();
  const looked = useNavigation(state => tenantOf(state.route));
  const account = useQuery(queries.account(useClient())).data;
  const own = useTenantAccount(looked);
  if (account === undefined) return null;
  const { accounts, signingIn } = account;
  const [first] = accounts;
  if (first === undefined)
    return (
      <Button appearance="subtle" className={styles.account} onClick={() => navigate({ at: 'settings' })}>
        {signingIn === undefined ? 'Signed out' : 'Signing in'}
      </Button>
    );
  const shown = own ?? (accounts.length === 1 ? first : undefined);
  const isOut = own !== undefined && accounts.every(({ id }) => id !== own.id);
  const words = shown === undefined ? formatQuantity(accounts.length, 'account') : shown.username;
  const title = shown === undefined ? accounts.map(({ username }) => username).join(', ') : shown.username;
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement>
        <MenuButton appearance="subtle" className={styles.account} title={isOut ? `${title}, signed out` : title}>
          <span className={styles.accountName}>{words}</span>
          {isOut && <span className={styles.out}>, signed out</span>}
          <Avatar
            size={24}
            {...(shown === undefined ? { icon: <People16Regular /> } : { name: shown.displayName })}
            color="neutral"
            style={{ marginLeft: 8 }}
            aria-hidden
          />
        </MenuButton>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          <AccountMenuItems />
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
