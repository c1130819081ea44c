import {
  Button,
  Link,
  makeStyles,
  Menu,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  mergeClasses,
  tokens,
} from '@fluentui/react-components';
import { LockClosed16Regular, MoreHorizontal16Regular } from '@fluentui/react-icons';
import type { Tenant } from '../../shared/contract/tenants.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { isRestoreLocked } from '../../shared/domain/service-lock.ts';
import { OLD_AFTER } from '../../shared/domain/tenant-state.ts';
import { HOUR } from '../../shared/domain/time.ts';
import { navigate } from '../store/index.ts';
import { Mark } from '../ui/mark.tsx';
import { formatCount, formatQuantity } from '../ui/number.ts';
import type { TableColumn } from '../ui/table/table-column.ts';
import { TenantBarMark } from '../ui/tenant-square.tsx';
import { formatAge, formatDuration, formatMoment } from '../ui/time/format.ts';
import type { BackgroundWords } from './background-words.ts';
import { tenantInWords } from './background-words.ts';
import { ControllerMark } from './controller.tsx';
import { TenantMenuItems } from './tenant-menu-items.tsx';
import { levelWords } from './tenant-rows.ts';
import type { TenantRow } from './tenant-rows.ts';

const useStyles = makeStyles({
  quiet: { color: tokens.colorNeutralForeground3 },
  two: { display: 'flex', flexDirection: 'column', minWidth: 0, lineHeight: '16px' },
  line: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', lineHeight: '17px' },
  second: {
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground3,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
  strong: { fontWeight: tokens.fontWeightSemibold },
  tenant: { display: 'flex', alignItems: 'center', gap: '8px', minWidth: 0 },
  end: { textAlign: 'right' },
  reason: { display: 'inline-flex', alignItems: 'center', gap: '6px' },
  lock: { color: tokens.colorStatusDangerForeground1, flexShrink: 0 },
  old: { color: tokens.colorStatusWarningForeground1, fontWeight: tokens.fontWeightSemibold },
});

/** The columns of the table of tenants, worded for a zone and a moment. */
export function tenantColumns(
  zone: string,
  now: UtcSeconds,
  background: BackgroundWords,
): readonly TableColumn<TenantRow>[] {
  return [
    {
      id: 'state',
      sortable: true,
      header: 'State',
      width: '92px',
      cell: ({ state }) => (
        <Mark tone={levelWords[state.level].tone} strong>
          {levelWords[state.level].word}
        </Mark>
      ),
    },
    {
      id: 'tenant',
      sortable: true,
      header: 'Tenant',
      width: 'minmax(180px, 1.15fr)',
      cell: ({ tenant }) => <TenantCell tenant={tenant} />,
    },
    {
      id: 'reason',
      sortable: true,
      header: 'Reason',
      width: 'minmax(200px, 1.5fr)',
      cell: row => <ReasonCell row={row} />,
    },
    {
      id: 'protected',
      sortable: true,
      header: 'Protected',
      width: '84px',
      align: 'end',
      cell: ({ tenant }) => <ProtectedCell tenant={tenant} />,
    },
    {
      id: 'stalest',
      sortable: true,
      header: 'Stalest point',
      width: '100px',
      align: 'end',
      cell: row => <StalestCell row={row} zone={zone} />,
    },
    {
      id: 'controller',
      sortable: true,
      header: 'Controlled by',
      isSetOff: true,
      width: 'minmax(156px, 0.8fr)',
      cell: ({ tenant }) => <ControllerMark tenant={tenant} zone={zone} now={now} />,
    },
    {
      id: 'age',
      sortable: true,
      header: 'Data age',
      width: '76px',
      align: 'end',
      cell: row => <AgeCell row={row} words={background} />,
    },
    {
      id: 'more',
      header: 'More',
      isHeaderUnseen: true,
      width: '32px',
      align: 'end',
      cell: ({ tenant }, isActive) => <MoreCell tenant={tenant} isActive={isActive} />,
    },
  ];
}

function TenantCell({ tenant }: { tenant: Tenant }) {
  const styles = useStyles();
  return (
    <span className={styles.tenant}>
      <TenantBarMark colour={tenant.colour} />
      <span className={styles.two}>
        <Link
          className={mergeClasses(styles.line, styles.strong)}
          appearance="subtle"
          tabIndex={-1}
          title={tenant.displayName}
          onClick={() => navigate({ at: 'protection', tenantId: tenant.id })}
        >
          {tenant.displayName}
        </Link>
        <span className={styles.second}>{tenant.domain}</span>
      </span>
    </span>
  );
}

function ReasonCell({ row }: { row: TenantRow }) {
  const styles = useStyles();
  const second = [row.state.consequence, row.unprotected].filter(part => part !== undefined && part !== '').join('; ');
  return (
    <span className={styles.two}>
      <span className={mergeClasses(styles.line, styles.reason)} title={row.state.reason}>
        {isRestoreLocked(row.tenant) && <LockClosed16Regular className={styles.lock} aria-hidden />}
        <span className={styles.line}>{row.state.reason}</span>
      </span>
      <span className={styles.second} title={second}>
        {second}
      </span>
    </span>
  );
}

function ProtectedCell({ tenant }: { tenant: Tenant }) {
  const styles = useStyles();
  const isOthers =
    tenant.controller.by === 'anotherApp' || tenant.controller.by === 'microsoft' || tenant.controller.by === 'nobody';
  const isKnown = tenant.syncedAt !== undefined && !(isOthers && tenant.units === 0);
  return (
    <span className={mergeClasses(styles.two, styles.end)}>
      <span>{isKnown ? formatCount(tenant.protectedUnits) : '–'}</span>
      <span className={styles.second}>
        {isKnown ? `of ${formatCount(tenant.units)}` : isOthers ? 'can’t be read' : 'not read'}
      </span>
    </span>
  );
}

/** The oldest newest point: how old, and whether a newer one may exist that nobody has asked about. */
function StalestCell({ row, zone }: { row: TenantRow; zone: string }) {
  const styles = useStyles();
  const { notAsked, now, stalest } = row;
  if (stalest === undefined) return <span className={styles.quiet}>{row.tenant.units === 0 ? '–' : 'not known'}</span>;
  const age = formatDuration(now - stalest.at);
  const isLate = stalest.askedAt !== undefined && stalest.askedAt - stalest.at > HOUR;
  const asked =
    stalest.askedAt === undefined
      ? 'Not asked since whether a newer one exists.'
      : `It was the newest at ${formatMoment(stalest.askedAt, zone, now)}.`;
  const others = notAsked === 0 ? '' : ` ${formatQuantity(notAsked, 'unit')} not yet asked.`;
  return (
    <span
      className={mergeClasses(styles.two, styles.end)}
      title={`The oldest newest point of the protected units is of ${formatMoment(stalest.at, zone, now)}. ${asked}${others} The service promises a point every 10 minutes.`}
    >
      <span className={isLate ? styles.old : ''}>{age}</span>
      <span className={styles.second}>
        {stalest.isCertain ? (notAsked === 0 ? 'exact' : 'of those asked') : 'or newer'}
      </span>
    </span>
  );
}

/** How old the data is; below, where the background sync leaves the tenant alone, that it does. */
function AgeCell({ row, words }: { row: TenantRow; words: BackgroundWords }) {
  const styles = useStyles();
  const { background, now, tenant } = row;
  const isOld = tenant.syncedAt !== undefined && now - tenant.syncedAt > OLD_AFTER;
  const age = tenant.syncedAt === undefined ? 'never' : formatAge(tenant.syncedAt, now);
  return (
    <span className={mergeClasses(styles.two, styles.end)} title={tenantInWords(tenant.syncedAt, background, words)}>
      <span className={isOld ? styles.old : tenant.syncedAt === undefined ? styles.quiet : ''}>{age}</span>
      {background?.pause !== undefined && <span className={styles.second}>paused</span>}
    </span>
  );
}

function MoreCell({ tenant, isActive }: { tenant: Tenant; isActive: boolean }) {
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement>
        <Button
          appearance="subtle"
          size="small"
          tabIndex={isActive ? 0 : -1}
          icon={<MoreHorizontal16Regular />}
          aria-label={`More for ${tenant.displayName}`}
          onDoubleClick={event => event.stopPropagation()}
        />
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          <MenuItem onClick={() => navigate({ at: 'protection', tenantId: tenant.id })}>Open</MenuItem>
          <TenantMenuItems tenant={tenant} />
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
