import { Link, makeStyles, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import type { UnitFilter, UnitRow } from '../../shared/contract/units.ts';
import { selectionByPlace, toUnitSort, unitColumns, UnitPanel, useUnitSelection } from '../protection/index.ts';
import { keys, navigate, queries, useClient, useMyZone, useTenantNow } from '../store/index.ts';
import { FilterBox } from '../ui/filter-box.tsx';
import { formatCount, formatPart } from '../ui/number.ts';
import { EmptyState } from '../ui/states/empty-state.tsx';
import { ErrorBar } from '../ui/states/error-bar.tsx';
import { ErrorState } from '../ui/states/error-state.tsx';
import { SkeletonRows } from '../ui/states/skeleton.tsx';
import { useRowPages } from '../ui/table/use-row-pages.ts';
import { VirtualTable } from '../ui/table/virtual-table.tsx';
import type { TableSort } from '../ui/table/virtual-table.tsx';
import { useListSelection } from './policies-store.ts';

const useStyles = makeStyles({
  list: { display: 'flex', flexDirection: 'column', gap: '8px', flexGrow: 1, minHeight: 0, minWidth: 0 },
  bar: { display: 'flex', alignItems: 'center', gap: '12px', flexWrap: 'wrap', flexShrink: 0 },
  below: { display: 'flex', gap: '8px', flexGrow: 1, minHeight: 0, minWidth: 0 },
  quiet: { color: tokens.colorNeutralForeground3 },
  rest: { flexGrow: 1 },
  foot: {
    display: 'flex',
    alignItems: 'center',
    gap: '8px',
    padding: '8px 12px',
    minHeight: '32px',
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    flexShrink: 0,
    flexWrap: 'wrap',
  },
  count: { fontWeight: tokens.fontWeightSemibold, whiteSpace: 'nowrap' },
});

/** How often the panel’s facts are read again: certainty decays with time alone. */
const REREAD_MILLIS = 15_000;

/** What is selected in a list of units. */
export interface ChosenUnits {
  readonly selectionId: string;
  readonly count: number;
  readonly clear: () => void;
}

interface UnitListProps {
  readonly tenantId: string;
  /** Which units: those of a policy, or of none. */
  readonly which: Pick<UnitFilter, 'policyId' | 'withoutPolicy'>;
  readonly label: string;
  /** What it means that there are none, and the next step. */
  readonly empty: ReactNode;
  /** What can be done with the selected units; nothing is selected where it is absent. */
  readonly commands: (chosen: ChosenUnits | undefined) => ReactNode;
  /** Whether the row that one stands on opens its facts beside the list, such as when its deletion was asked for. */
  readonly withPanel?: boolean;
}

/** Units of a policy, or of none: filtered, ordered, selected, each a way to its restore points. */
export function UnitList({ tenantId, which, label, empty, commands, withPanel = false }: UnitListProps) {
  const styles = useStyles();
  const client = useClient();
  const zone = useMyZone();
  const now = useTenantNow(tenantId);
  const [text, setText] = useState('');
  const [sortBy, setSortBy] = useState<TableSort | undefined>({ by: 'name', descending: false });
  const [activeId, setActiveId] = useState<string | undefined>(undefined);
  const [isPanelOpen, setPanelOpen] = useState(false);
  const kept = useListSelection(tenantId, which.policyId);
  const filter = useMemo<UnitFilter>(
    () => ({ ...which, ...(text.trim() === '' ? {} : { text: text.trim() }) }),
    [which, text],
  );
  const sort = useMemo(() => toUnitSort(sortBy), [sortBy]);
  const all = useQuery(queries.unitCount(client, tenantId, which)).data;
  const pages = useRowPages<UnitRow>({
    queryKey: [...keys.units(tenantId), 'list', filter, sort, kept.id ?? ''],
    fetchPage: (window, signal) =>
      client.units.list(
        { tenantId, filter, sort, window, ...(kept.id === undefined ? {} : { selectionId: kept.id }) },
        { signal },
      ),
  });
  const selection = useUnitSelection({ tenantId, filter, sort, total: pages.total, kept });
  const shownNow = now - (now % 15);
  const columns = useMemo(
    () =>
      unitColumns(zone, shownNow).filter(
        ({ id }) => id !== 'policy' && !(which.policyId !== undefined && id === 'kind'),
      ),
    [zone, shownNow, which],
  );
  if (pages.total === undefined)
    return pages.error === undefined ? (
      <SkeletonRows widths={columns.map(column => column.width)} label="Loading the units" />
    ) : (
      <ErrorState error={pages.error} onRetry={pages.refetch} />
    );
  const total = pages.total;
  const count = selection.summary?.count ?? 0;
  const chosen =
    kept.id === undefined || count === 0 ? undefined : { selectionId: kept.id, count, clear: selection.clear };
  const activeIndex = activeId === undefined ? undefined : pages.indexWhere(row => row.id === activeId);
  return (
    <div className={styles.list}>
      <div className={styles.bar} role="group" aria-label="Filters">
        <FilterBox value={text} onChange={setText} label="Filter units" />
        <span className={styles.quiet} aria-live="polite">
          {formatPart(total, all ?? total)}
        </span>
      </div>
      {selection.error !== undefined && <ErrorBar error={selection.error} onDismiss={selection.dismissError} />}
      <div className={styles.below}>
        <VirtualTable
          label={label}
          columns={columns}
          rowCount={total}
          rowAt={pages.rowAt}
          rowId={row => row.id}
          onRange={pages.showRange}
          sort={sortBy}
          onSort={setSortBy}
          selection={selectionByPlace(selection, pages.rowAt, `Select all ${formatPart(total, all ?? total)} units`)}
          activeIndex={activeIndex}
          onActivate={index => {
            setActiveId(pages.rowAt(index)?.id);
            setPanelOpen(withPanel);
          }}
          onOpen={index => {
            const row = pages.rowAt(index);
            if (row !== undefined) navigate({ at: 'restore-points', tenantId, unitId: row.id });
          }}
          empty={text.trim() === '' ? empty : <EmptyState meaning="No unit matches this filter." />}
          footer={
            <div className={styles.foot}>
              <span className={styles.count} aria-live="polite">
                {count === 0 ? 'None selected' : `${formatCount(count)} selected`}
              </span>
              {count > 0 && (
                <Link as="button" onClick={selection.clear}>
                  Clear
                </Link>
              )}
              <span className={styles.rest} />
              {commands(chosen)}
            </div>
          }
        />
        {isPanelOpen && activeId !== undefined && (
          <UnitPanel
            key={activeId}
            tenantId={tenantId}
            unitId={activeId}
            zone={zone}
            now={shownNow}
            rereadMillis={REREAD_MILLIS}
            onClose={() => setPanelOpen(false)}
          />
        )}
      </div>
    </div>
  );
}
