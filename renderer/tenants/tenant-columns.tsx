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
import { DAY } from '../../shared/domain/time.ts';
import { navigate } from '../store/index.ts';
import { Mark } from '../ui/mark.tsx';
import { formatCount } from '../ui/number.ts';
import type { TableColumn } from '../ui/table/table-column.ts';
import { TenantBarMark } from '../ui/tenant-square.tsx';
import { formatAge } from '../ui/time/format.ts';
import { ControllerMark } from './controller.tsx';
import { TenantMenuItems } from './tenant-menu-items.tsx';
import { isRestoreLocked, levelWords } from './tenant-state.ts';
import type { TenantState } from './tenant-state.ts';

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

/** A tenant with how it stands. */
export interface TenantRow {
  readonly tenant: Tenant;
  readonly state: TenantState;
}

/** Data older than this is pointed out. */
const OLD_AFTER = DAY;

/** The columns of the table of tenants, worded for a zone and a moment. */
export function tenantColumns(zone: string, now: UtcSeconds): readonly TableColumn<TenantRow>[] {
  return [
    {
      id: 'state',
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
      header: 'Tenant',
      width: 'minmax(180px, 1.15fr)',
      cell: ({ tenant }) => <TenantCell tenant={tenant} />,
    },
    { id: 'reason', header: 'Reason', width: 'minmax(200px, 1.5fr)', cell: row => <ReasonCell row={row} /> },
    {
      id: 'protected',
      header: 'Protected',
      width: '84px',
      align: 'end',
      cell: ({ tenant }) => <ProtectedCell tenant={tenant} />,
    },
    {
      id: 'controller',
      header: 'Controlled by',
      isSetOff: true,
      width: 'minmax(156px, 0.8fr)',
      cell: ({ tenant }) => <ControllerMark tenant={tenant} zone={zone} now={now} />,
    },
    {
      id: 'age',
      header: 'Data age',
      width: '76px',
      align: 'end',
      cell: ({ tenant }) => <AgeCell tenant={tenant} now={now} />,
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
  return (
    <span className={styles.two}>
      <span className={mergeClasses(styles.line, styles.reason)} title={row.state.reason}>
        {isRestoreLocked(row.tenant) && <LockClosed16Regular className={styles.lock} aria-hidden />}
        <span className={styles.line}>{row.state.reason}</span>
      </span>
      <span className={styles.second} title={row.state.consequence}>
        {row.state.consequence}
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

function AgeCell({ tenant, now }: { tenant: Tenant; now: UtcSeconds }) {
  const styles = useStyles();
  if (tenant.syncedAt === undefined) return <span className={styles.quiet}>never</span>;
  return <span className={now - tenant.syncedAt > OLD_AFTER ? styles.old : ''}>{formatAge(tenant.syncedAt, now)}</span>;
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
