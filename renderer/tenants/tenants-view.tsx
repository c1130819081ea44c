import { Button, makeStyles, ToggleButton, tokens } from '@fluentui/react-components';
import {
  Add16Regular,
  CheckmarkCircle16Regular,
  ErrorCircle16Filled,
  GroupList20Regular,
  Info16Regular,
  Warning16Filled,
} from '@fluentui/react-icons';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { isRestoreLocked } from '../../shared/domain/service-lock.ts';
import { tenantLevels } from '../../shared/domain/tenant-state.ts';
import type { TenantLevel } from '../../shared/domain/tenant-state.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { navigate, queries, useClient, useHostNow, useIsOffline, useMyZone } from '../store/index.ts';
import { CommandButton } from '../ui/command-button.tsx';
import { FilterBox } from '../ui/filter-box.tsx';
import { FilterChips } from '../ui/filter-chips.tsx';
import { formatQuantity } from '../ui/number.ts';
import { offlineReasons } from '../ui/offline-reason.ts';
import { EmptyState } from '../ui/states/empty-state.tsx';
import { ErrorState } from '../ui/states/error-state.tsx';
import { SkeletonRows } from '../ui/states/skeleton.tsx';
import type { TableSort } from '../ui/table/table-column.ts';
import { VirtualTable } from '../ui/table/virtual-table.tsx';
import { AccountsAway } from './accounts-away.tsx';
import { formatDatedMoment, formatMoment } from '../ui/time/format.ts';
import { RunningRestores } from './running-restores.tsx';
import { tenantColumns } from './tenant-columns.tsx';
import { openTenantDialog } from './tenant-dialogs-store.ts';
import { levelWords, sortRows, toTenantRow } from './tenant-rows.ts';
import { matchesText } from '../ui/text-match.ts';
import { Welcome } from './welcome.tsx';

const useStyles = makeStyles({
  view: { display: 'flex', flexDirection: 'column', gap: '8px', minHeight: 0, flexGrow: 1 },
  head: { display: 'flex', alignItems: 'center', gap: '12px', flexWrap: 'wrap', flexShrink: 0 },
  title: { fontSize: '20px', lineHeight: '28px', fontWeight: tokens.fontWeightSemibold, margin: 0 },
  quiet: { color: tokens.colorNeutralForeground3 },
  right: { display: 'flex', alignItems: 'center', gap: '12px', marginLeft: 'auto' },
  add: { whiteSpace: 'nowrap', flexShrink: 0 },
});

const levelIcons = {
  critical: { Icon: ErrorCircle16Filled, color: tokens.colorStatusDangerForeground1 },
  atRisk: { Icon: Warning16Filled, color: tokens.colorStatusWarningForeground1 },
  watch: { Icon: Info16Regular, color: tokens.colorNeutralForeground2 },
  protected: { Icon: CheckmarkCircle16Regular, color: tokens.colorStatusSuccessForeground1 },
} as const;

/** All tenants, worst first: the home of the console. */
export function TenantsView() {
  const styles = useStyles();
  const client = useClient();
  const tenants = useQuery(queries.atHome(client));
  const zone = useMyZone();
  const isOffline = useIsOffline();
  const now = useHostNow();
  const shownNow = now - (now % 15);
  const [text, setText] = useState('');
  const [level, setLevel] = useState<TenantLevel | 'all'>('all');
  const [active, setActive] = useState<number | undefined>(undefined);
  const background = useQuery(queries.background(client)).data;
  const questionsADay = background?.questionsADay ?? 0;
  const columns = useMemo(() => {
    const moment = (at: UtcSeconds) => formatMoment(at, zone, shownNow);
    const nameOf = new Map((tenants.data ?? []).map(({ tenant }) => [tenant.id, tenant.displayName]));
    const context = {
      tenantName: (tenantId: string) => nameOf.get(tenantId) ?? 'this tenant',
      moment,
      datedMoment: (at: UtcSeconds) => formatDatedMoment(at, zone),
    };
    return tenantColumns(zone, shownNow, { context, moment, questionsADay });
  }, [zone, shownNow, questionsADay, tenants.data]);

  const [sort, setSort] = useState<TableSort | undefined>(undefined);
  const [isGrouped, setGrouped] = useState(false);
  const rows = useMemo(() => {
    const inBackground = new Map(
      (background?.is === 'on' ? background.tenants : []).map(tenant => [tenant.tenantId, tenant]),
    );
    return (tenants.data ?? []).map(atHome => toTenantRow(atHome, shownNow, zone, inBackground.get(atHome.tenant.id)));
  }, [tenants.data, background, shownNow, zone]);
  const shown = useMemo(
    () =>
      sortRows(
        rows.filter(
          row =>
            (level === 'all' || row.state.level === level) &&
            matchesText(text, row.tenant.displayName, row.tenant.domain, row.tenant.id),
        ),
        sort,
        isGrouped,
      ),
    [rows, level, text, sort, isGrouped],
  );
  const headingOf = useCallback(
    (index: number) => {
      const of = shown[index]?.state.level;
      if (of === undefined || shown[index - 1]?.state.level === of) return undefined;
      return `${levelWords[of].word}, ${formatQuantity(shown.filter(row => row.state.level === of).length, 'tenant')}`;
    },
    [shown],
  );
  if (tenants.error !== null && tenants.data === undefined)
    return <ErrorState error={tenants.error} onRetry={() => void tenants.refetch()} />;
  if (tenants.data === undefined)
    return <SkeletonRows widths={columns.map(column => column.width)} rowHeight={44} label="Loading the tenants" />;
  if (tenants.data.length === 0) return <Welcome />;
  const open = (index: number) => {
    const row = shown[index];
    if (row !== undefined) navigate({ at: 'protection', tenantId: row.tenant.id });
  };
  return (
    <div className={styles.view}>
      <div className={styles.head}>
        <h1 className={styles.title}>Tenants</h1>
        <span className={styles.quiet}>{sort === undefined ? 'worst first' : ''}</span>
        <FilterChips
          label="States"
          on={level}
          onChange={chosen => {
            setLevel(chosen);
            setActive(undefined);
          }}
          chips={[
            { id: 'all' as const, word: 'All', count: rows.length },
            ...tenantLevels.map(each => {
              const count = rows.filter(row => row.state.level === each).length;
              const Icon = levelIcons[each].Icon;
              // None of them is nothing to be alarmed about.
              const color = count === 0 ? tokens.colorNeutralForeground3 : levelIcons[each].color;
              return { id: each, word: levelWords[each].word, count, icon: <Icon color={color} /> };
            }),
          ]}
        />
        <div className={styles.right}>
          <ToggleButton
            checked={isGrouped}
            icon={<GroupList20Regular />}
            aria-label="Group by state"
            title="Group by state"
            onClick={() => setGrouped(!isGrouped)}
          />
          <FilterBox
            value={text}
            label="Filter tenants"
            onChange={typed => {
              setText(typed);
              setActive(undefined);
            }}
          />
          <CommandButton
            appearance="primary"
            icon={<Add16Regular />}
            className={styles.add}
            disabledReason={isOffline ? offlineReasons.addTenant : undefined}
            onClick={() => openTenantDialog({ is: 'add' })}
          >
            Add tenants…
          </CommandButton>
        </div>
      </div>
      <AccountsAway />
      <RunningRestores tenants={tenants.data} />
      <VirtualTable
        label="Tenants"
        columns={columns}
        rowCount={shown.length}
        rowAt={index => shown[index]}
        rowId={row => row.tenant.id}
        rowHeight={44}
        headHeight={36}
        activeIndex={active}
        onActivate={setActive}
        onOpen={open}
        sort={sort}
        onSort={setSort}
        headingOf={isGrouped ? headingOf : undefined}
        isLocked={row => isRestoreLocked(row.tenant)}
        empty={
          <EmptyState
            meaning="No tenant matches these filters."
            action={
              <Button
                onClick={() => {
                  setText('');
                  setLevel('all');
                }}
              >
                Show all tenants
              </Button>
            }
          />
        }
      />
    </div>
  );
}
