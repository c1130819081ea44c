import { Button, makeStyles, tokens } from '@fluentui/react-components';
import {
  Add16Regular,
  CheckmarkCircle16Regular,
  ErrorCircle16Filled,
  Info16Regular,
  Warning16Filled,
} from '@fluentui/react-icons';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { navigate, queries, useClient, useHostNow, useIsOffline, useMyZone } from '../store/index.ts';
import { CommandButton } from '../ui/command-button.tsx';
import { FilterBox } from '../ui/filter-box.tsx';
import { FilterChips } from '../ui/filter-chips.tsx';
import { offlineReasons } from '../ui/offline-reason.ts';
import { EmptyState } from '../ui/states/empty-state.tsx';
import { SkeletonRows } from '../ui/states/skeleton.tsx';
import { VirtualTable } from '../ui/table/virtual-table.tsx';
import { formatShortDate } from '../ui/time/format.ts';
import { RunningRestores } from './running-restores.tsx';
import { tenantColumns } from './tenant-columns.tsx';
import { openTenantDialog } from './tenant-dialogs-store.ts';
import { byWorst, isRestoreLocked, levels, levelWords, tenantState } from './tenant-state.ts';
import type { Level } from './tenant-state.ts';
import { matchesText } from './text-match.ts';
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
  const tenants = useQuery(queries.tenants(client));
  const zone = useMyZone();
  const isOffline = useIsOffline();
  const now = useHostNow();
  const shownNow = now - (now % 15);
  const [text, setText] = useState('');
  const [level, setLevel] = useState<Level | 'all'>('all');
  const [active, setActive] = useState<number | undefined>(undefined);
  const columns = useMemo(() => tenantColumns(zone, shownNow), [zone, shownNow]);

  const rows = useMemo(
    () =>
      byWorst(
        (tenants.data ?? []).map(tenant => ({
          tenant,
          state: tenantState(tenant, shownNow, at => formatShortDate(at, zone, shownNow)),
        })),
      ),
    [tenants.data, shownNow, zone],
  );
  if (tenants.data === undefined)
    return <SkeletonRows widths={columns.map(column => column.width)} rowHeight={44} label="Loading the tenants" />;
  if (tenants.data.length === 0) return <Welcome />;
  const shown = rows.filter(
    row =>
      (level === 'all' || row.state.level === level) &&
      matchesText(text, row.tenant.displayName, row.tenant.domain, row.tenant.id),
  );
  const open = (index: number) => {
    const row = shown[index];
    if (row !== undefined) navigate({ at: 'protection', tenantId: row.tenant.id });
  };
  return (
    <div className={styles.view}>
      <div className={styles.head}>
        <h1 className={styles.title}>Tenants</h1>
        <span className={styles.quiet}>worst first</span>
        <FilterChips
          label="States"
          on={level}
          onChange={chosen => {
            setLevel(chosen);
            setActive(undefined);
          }}
          chips={[
            { id: 'all' as const, word: 'All', count: rows.length },
            ...levels.map(each => {
              const count = rows.filter(row => row.state.level === each).length;
              const Icon = levelIcons[each].Icon;
              // None of them is nothing to be alarmed about.
              const color = count === 0 ? tokens.colorNeutralForeground3 : levelIcons[each].color;
              return { id: each, word: levelWords[each].word, count, icon: <Icon color={color} /> };
            }),
          ]}
        />
        <div className={styles.right}>
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
