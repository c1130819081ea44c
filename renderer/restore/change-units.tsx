import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { Plan } from '../../shared/contract/plans.ts';
import type { UnitRow } from '../../shared/contract/units.ts';
import type { UnitKind } from '../../shared/domain/protection-unit.ts';
import { keys, useClient, useMyZone, useTenantNow } from '../store/index.ts';
import { CommandButton } from '../ui/command-button.tsx';
import { FilterBox } from '../ui/filter-box.tsx';
import { FilterChips } from '../ui/filter-chips.tsx';
import { formatCount, formatQuantity } from '../ui/number.ts';
import { useShortcut } from '../ui/shortcuts.ts';
import { EmptyState } from '../ui/states/empty-state.tsx';
import { ErrorBar } from '../ui/states/error-bar.tsx';
import { ErrorState } from '../ui/states/error-state.tsx';
import { SkeletonRows } from '../ui/states/skeleton.tsx';
import { useRowPages } from '../ui/table/use-row-pages.ts';
import { VirtualTable } from '../ui/table/virtual-table.tsx';
import { countKinds } from '../ui/unit-words.ts';
import { namedUnitColumns, newestColumn, stateColumn } from './unit-columns.tsx';
import { usePlanSelection } from './use-plan-selection.ts';

const useStyles = makeStyles({
  bar: { display: 'flex', alignItems: 'center', gap: '8px', flexWrap: 'wrap', flexShrink: 0 },
  title: { margin: 0, fontSize: tokens.fontSizeBase300, lineHeight: '20px', fontWeight: tokens.fontWeightSemibold },
  quiet: { color: tokens.colorNeutralForeground3 },
  rest: { flexGrow: 1 },
  foot: {
    display: 'flex',
    alignItems: 'center',
    gap: '8px',
    padding: '8px 12px',
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    flexShrink: 0,
  },
  count: { fontWeight: tokens.fontWeightSemibold },
});

type Show = UnitKind | 'all' | 'chosen';

/** Chooses the plan's units anew: the tenant's units as a table, with those of the plan selected. */
export function ChangeUnits({ plan, onClose }: { plan: Plan; onClose: () => void }) {
  const styles = useStyles();
  const client = useClient();
  const queryClient = useQueryClient();
  const { tenantId } = plan;
  const zone = useMyZone();
  const now = useTenantNow(tenantId);
  const shownNow = now - (now % 15);
  const [text, setText] = useState('');
  const [show, setShow] = useState<Show>('all');
  const [activeIndex, setActiveIndex] = useState<number | undefined>(undefined);
  const [total, setTotal] = useState<number | undefined>(undefined);
  const typed = text.trim();
  const base = useMemo(
    () => ({
      ...(typed === '' ? {} : { text: typed }),
      ...(show === 'all' || show === 'chosen' ? {} : { kinds: [show] }),
    }),
    [typed, show],
  );
  const selection = usePlanSelection(plan.id, tenantId, base, total);
  const { selectionId } = selection;
  const filter = useMemo(
    () => (show === 'chosen' && selectionId !== undefined ? { ...base, selectionId } : base),
    [base, show, selectionId],
  );
  const pages = useRowPages<UnitRow>({
    queryKey: [...keys.units(tenantId), 'plan-choice', filter, selectionId ?? ''],
    fetchPage: async (window, signal) => {
      const page = await client.units.list(
        {
          tenantId,
          filter,
          sort: { by: 'name', descending: false },
          window,
          ...(selectionId === undefined ? {} : { selectionId }),
        },
        { signal },
      );
      setTotal(page.total);
      return page;
    },
  });
  const take = useMutation({
    mutationFn: async () => {
      await selection.settled();
      if (selectionId !== undefined) await client.plans.setUnits({ planId: plan.id, selectionId });
    },
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: keys.plan(plan.id) });
      onClose();
    },
  });
  useShortcut('Escape', 'Keep the units as they were', onClose);
  const columns = useMemo(
    () => [...namedUnitColumns<UnitRow>('Name'), newestColumn({ zone, now: shownNow }), stateColumn()],
    [zone, shownNow],
  );
  const count = selection.summary?.count;
  return (
    <>
      <div className={styles.bar}>
        <h2 className={styles.title}>Units of the plan</h2>
        <FilterBox value={text} onChange={setText} label="Filter units" />
        <FilterChips<Show>
          label="Which units"
          on={show}
          onChange={setShow}
          chips={[
            { id: 'all', word: 'All kinds' },
            { id: 'site', word: 'Sites' },
            { id: 'drive', word: 'OneDrive' },
            { id: 'mailbox', word: 'Mailboxes' },
            { id: 'chosen', word: 'Only the chosen', count },
          ]}
        />
        <span className={styles.rest} />
        <span className={styles.quiet} aria-live="polite">
          {pages.total === undefined ? '' : `by name, ${formatQuantity(pages.total, 'unit')}`}
        </span>
      </div>
      {selection.error !== undefined && selection.error !== null && <ErrorBar error={selection.error} />}
      {take.error !== null && <ErrorBar error={take.error} onDismiss={take.reset} />}
      {pages.error !== undefined && pages.total === undefined ? (
        <ErrorState error={pages.error} onRetry={pages.refetch} />
      ) : pages.total === undefined ? (
        <SkeletonRows widths={columns.map(column => column.width)} label="Loading the units" />
      ) : (
        <VirtualTable
          label="Units to choose from"
          columns={columns}
          rowCount={pages.total}
          rowAt={pages.rowAt}
          rowId={row => row.id}
          onRange={pages.showRange}
          activeIndex={activeIndex}
          onActivate={setActiveIndex}
          selection={{
            isSelected: selection.isSelected,
            toggle: index => {
              const row = pages.rowAt(index);
              if (row !== undefined) selection.set([row], !selection.isSelected(row));
            },
            addRange: range => {
              const rows = Array.from({ length: range.last - range.first + 1 }, (_, at) =>
                pages.rowAt(range.first + at),
              );
              selection.set(
                rows.filter(row => row !== undefined),
                true,
              );
            },
            all: selection.all,
            toggleAll: selection.toggleAll,
            allLabel: `Select all ${formatCount(pages.total)} shown`,
          }}
          empty={
            <EmptyState
              meaning="No unit matches."
              action={
                <Button
                  onClick={() => {
                    setText('');
                    setShow('all');
                  }}
                >
                  Show all units
                </Button>
              }
            />
          }
          footer={
            <div className={styles.foot}>
              <span className={styles.count} aria-live="polite">
                {count === undefined ? '' : `${formatCount(count)} chosen`}
              </span>
              <span className={styles.quiet}>
                {selection.summary === undefined ? '' : countKinds(selection.summary)}
              </span>
              <span className={styles.rest} />
              <Button onClick={onClose}>Keep as it was</Button>
              <CommandButton
                appearance="primary"
                disabledReason={
                  count === 0
                    ? 'A plan needs at least one unit.'
                    : selectionId === undefined || take.isPending
                      ? 'The selection is being taken over.'
                      : undefined
                }
                onClick={() => take.mutate()}
              >
                Use {count === undefined ? 'these units' : `these ${formatQuantity(count, 'unit')}`}
              </CommandButton>
            </div>
          }
        />
      )}
    </>
  );
}
