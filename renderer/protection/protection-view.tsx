import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { Cloud16Regular, Globe16Regular, Mail16Regular } from '@fluentui/react-icons';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { UnitRow } from '../../shared/contract/units.ts';
import { ControllerBar, ControllerChangeBar, ControllerMark, NeverSynced, ZonePrompt } from '../tenants/index.ts';
import {
  keys,
  queries,
  realSeconds,
  toAppError,
  useClient,
  useIsOffline,
  useMyZone,
  useTenantNow,
} from '../store/index.ts';
import { FilterBox } from '../ui/filter-box.tsx';
import { FilterChips } from '../ui/filter-chips.tsx';
import { formatPart } from '../ui/number.ts';
import { EmptyState } from '../ui/states/empty-state.tsx';
import { ErrorBar } from '../ui/states/error-bar.tsx';
import { ErrorState } from '../ui/states/error-state.tsx';
import { SkeletonRows } from '../ui/states/skeleton.tsx';
import { useRowPages } from '../ui/table/use-row-pages.ts';
import { VirtualTable } from '../ui/table/virtual-table.tsx';
import { formatBriefly } from '../ui/time/format.ts';
import { SelectionBar } from './selection-bar.tsx';
import { Tiles } from './tiles.tsx';
import { unitColumns } from './unit-columns.tsx';
import { UnitPanel } from './unit-panel.tsx';
import { everyUnit, isFiltered, orderInWords, toUnitFilter, toUnitSort } from './unit-query.ts';
import { useKeptSelection, useLook } from './protection-store.ts';
import { selectionByPlace } from './selection-by-place.ts';
import { useUnitSelection } from './use-unit-selection.ts';

const useStyles = makeStyles({
  view: { display: 'flex', flexDirection: 'column', gap: '8px', minHeight: 0, flexGrow: 1 },
  toolbar: { display: 'flex', alignItems: 'center', gap: '8px', flexWrap: 'wrap', padding: 0, flexShrink: 0 },
  // Where there is no room beside the filters, both go below them together.
  facts: { display: 'flex', alignItems: 'center', gap: '12px', marginLeft: 'auto', minWidth: 0 },
  order: {
    color: tokens.colorNeutralForeground3,
    whiteSpace: 'nowrap',
    paddingLeft: '12px',
    borderLeft: `1px solid ${tokens.colorNeutralStroke1}`,
  },
  below: { display: 'flex', gap: '8px', flexGrow: 1, minHeight: 0, minWidth: 0 },
});

/** Certainty decays with time alone, so the rows on screen are read again this often, in seconds of the tenant's clock. */
const REREAD_SECONDS = 60;

/** A tenant's protection: figures, who controls it, and its units. */
export function ProtectionView({ tenantId }: { tenantId: string }) {
  const styles = useStyles();
  const client = useClient();
  const isOffline = useIsOffline();
  const zone = useMyZone();
  const now = useTenantNow(tenantId);
  const { look, change, narrow } = useLook(tenantId);
  const { query } = look;
  const filter = useMemo(() => toUnitFilter(query, look.selectionId), [query, look.selectionId]);
  const sort = useMemo(() => toUnitSort(query.sort), [query.sort]);
  const rate = useQuery(queries.consoleState(client)).data?.clock.rate ?? 1;
  const rereadMillis = Math.max(5, realSeconds({ now, rate }, REREAD_SECONDS)) * 1000;
  const overview = useQuery({ ...queries.overview(client, tenantId), refetchInterval: rereadMillis });
  const pages = useRowPages<UnitRow>({
    queryKey: [...keys.units(tenantId), 'list', filter, sort, look.selectionId ?? ''],
    fetchPage: (window, signal) =>
      client.units.list(
        {
          tenantId,
          filter,
          sort,
          window,
          ...(look.selectionId === undefined ? {} : { selectionId: look.selectionId }),
        },
        { signal },
      ),
    refetchInterval: rereadMillis,
  });
  const selection = useUnitSelection({
    tenantId,
    filter,
    sort,
    total: pages.total,
    kept: useKeptSelection(tenantId),
  });
  // Ages change by the minute; wording every row each second would only keep the machine warm.
  const shownNow = now - (now % 15);
  const columns = useMemo(() => unitColumns(zone, shownNow), [zone, shownNow]);

  const activate = (index: number) => {
    const row = pages.rowAt(index);
    change({ activeIndex: index, activeUnitId: row?.id, ...(row === undefined ? {} : { openUnitId: row.id }) });
  };

  if (overview.error !== null) return <ErrorState error={overview.error} onRetry={() => void overview.refetch()} />;
  if (overview.data === undefined)
    return <SkeletonRows widths={columns.map(column => column.width)} label="Loading the protection of the tenant" />;
  const { tenant, counts } = overview.data;
  if (tenant.syncedAt === undefined && counts.units === 0)
    return (
      <div className={styles.view}>
        <ControllerBar tenant={tenant} zone={zone} now={now} />
        <ControllerChangeBar tenant={tenant} zone={zone} now={now} />
        <NeverSynced tenant={tenant} />
      </div>
    );
  const asOf = isOffline && tenant.syncedAt !== undefined ? formatBriefly(tenant.syncedAt, zone, now) : undefined;
  const total = pages.total ?? 0;
  const isInPlace =
    look.activeIndex !== undefined && (pages.rowAt(look.activeIndex)?.id ?? look.activeUnitId) === look.activeUnitId;
  const activeIndex =
    isInPlace || look.activeUnitId === undefined
      ? look.activeIndex
      : pages.indexWhere(row => row.id === look.activeUnitId);
  const listError = pages.error === undefined ? undefined : toAppError(pages.error);
  return (
    <div className={styles.view}>
      <ControllerBar tenant={tenant} zone={zone} now={now} />
      <ControllerChangeBar tenant={tenant} zone={zone} now={now} />
      <ZonePrompt tenant={tenant} />
      <Tiles overview={overview.data} query={query} onQuery={narrow} asOf={asOf} />
      <div className={styles.toolbar} role="group" aria-label="Filters">
        <FilterBox value={query.text} onChange={text => narrow({ text })} label="Filter units" />
        <FilterChips
          label="Kinds"
          on={query.kind}
          onChange={kind => narrow({ kind })}
          chips={[
            { id: 'all', word: 'All kinds' },
            { id: 'site', word: 'Sites', count: counts.sites, icon: <Globe16Regular /> },
            { id: 'drive', word: 'OneDrive', count: counts.drives, icon: <Cloud16Regular /> },
            { id: 'mailbox', word: 'Mailboxes', count: counts.mailboxes, icon: <Mail16Regular /> },
          ]}
        />
        <span className={styles.facts}>
          <ControllerMark tenant={tenant} zone={zone} now={now} withLead />
          <span className={styles.order} aria-live="polite">
            {orderInWords(query.sort)}, {formatPart(total, counts.units)}
          </span>
        </span>
      </div>
      {selection.error !== undefined && <ErrorBar error={selection.error} onDismiss={selection.dismissError} />}
      <div className={styles.below}>
        {listError !== undefined && listError.code !== 'SELECTION_NOT_FOUND' && pages.total === undefined ? (
          <ErrorState error={pages.error} onRetry={pages.refetch} />
        ) : pages.total === undefined ? (
          <SkeletonRows widths={columns.map(column => column.width)} label="Loading the units" />
        ) : (
          <VirtualTable
            label={`Protection units of ${tenant.displayName}`}
            columns={columns}
            rowCount={total}
            rowAt={pages.rowAt}
            rowId={row => row.id}
            onRange={pages.showRange}
            sort={query.sort}
            onSort={next => narrow({ sort: next })}
            selection={selectionByPlace(selection, pages.rowAt, `Select all ${formatPart(total, counts.units)} units`)}
            activeIndex={activeIndex}
            onActivate={activate}
            onOpen={activate}
            empty={
              counts.units === 0 ? (
                <EmptyState meaning="No unit of this tenant is protected. Units come under a protection policy, which is set up outside of this console for now." />
              ) : (
                <EmptyState
                  meaning={isFiltered(query) ? 'No unit matches these filters.' : 'No units are known.'}
                  action={<Button onClick={() => narrow({ ...everyUnit, sort: query.sort })}>Show all units</Button>}
                />
              )
            }
            footer={
              <SelectionBar
                tenantId={tenantId}
                selectionId={selection.selectionId}
                summary={selection.summary}
                onlySelected={query.onlySelected}
                onOnlySelected={onlySelected => narrow({ onlySelected })}
                onClear={() => {
                  narrow({ onlySelected: false });
                  selection.clear();
                }}
              />
            }
          />
        )}
        {look.openUnitId !== undefined && (
          <UnitPanel
            key={look.openUnitId}
            tenantId={tenantId}
            unitId={look.openUnitId}
            zone={zone}
            now={shownNow}
            rereadMillis={rereadMillis}
            onClose={() => change({ openUnitId: undefined })}
          />
        )}
      </div>
    </div>
  );
}
