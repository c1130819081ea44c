import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { useMemo, useState } from 'react';
import type { UnitRow } from '../../shared/contract/units.ts';
import type { UnitKind } from '../../shared/domain/protection-unit.ts';
import { namedUnitColumns, newestColumn, newestFastColumn } from '../restore/index.ts';
import { keys, navigate, useClient, useMyZone, useTenantNow } from '../store/index.ts';
import { FilterBox } from '../ui/filter-box.tsx';
import { FilterChips } from '../ui/filter-chips.tsx';
import { KindIcon } from '../ui/kind-icon.tsx';
import { formatQuantity } from '../ui/number.ts';
import { EmptyState } from '../ui/states/empty-state.tsx';
import { ErrorState } from '../ui/states/error-state.tsx';
import { SkeletonRows } from '../ui/states/skeleton.tsx';
import { useRowPages } from '../ui/table/use-row-pages.ts';
import { VirtualTable } from '../ui/table/virtual-table.tsx';

const useStyles = makeStyles({
  view: { display: 'flex', flexDirection: 'column', gap: '8px', minHeight: 0, flexGrow: 1 },
  title: { fontSize: '14px', lineHeight: '20px', fontWeight: tokens.fontWeightSemibold, margin: 0 },
  bar: { display: 'flex', alignItems: 'center', gap: '8px', flexWrap: 'wrap', flexShrink: 0 },
  rest: { flexGrow: 1 },
  quiet: { color: tokens.colorNeutralForeground3 },
});

/** Chooses the unit whose points are looked at: type a part of its name, Enter opens it. */
export function UnitChoice({ tenantId }: { tenantId: string }) {
  const styles = useStyles();
  const client = useClient();
  const zone = useMyZone();
  const now = useTenantNow(tenantId);
  const [text, setText] = useState('');
  const [kind, setKind] = useState<UnitKind | 'all'>('all');
  const [activeIndex, setActiveIndex] = useState<number | undefined>(undefined);
  const filter = useMemo(
    () => ({ ...(text.trim() === '' ? {} : { text: text.trim() }), ...(kind === 'all' ? {} : { kinds: [kind] }) }),
    [text, kind],
  );
  const pages = useRowPages<UnitRow>({
    queryKey: [...keys.units(tenantId), 'choice', filter],
    fetchPage: (window, signal) =>
      client.units.list({ tenantId, filter, sort: { by: 'name', descending: false }, window }, { signal }),
  });
  const shownNow = now - (now % 15);
  const columns = useMemo(() => {
    const shown = { zone, now: shownNow };
    return [...namedUnitColumns<UnitRow>('Name'), newestColumn(shown), newestFastColumn(shown)];
  }, [zone, shownNow]);
  const open = (index: number) => {
    const row = pages.rowAt(index);
    if (row !== undefined) navigate({ at: 'restore-points', tenantId, unitId: row.id });
  };
  const isFiltered = text.trim() !== '' || kind !== 'all';
  return (
    <div className={styles.view}>
      <h1 className={styles.title}>Choose a unit to see its restore points</h1>
      <div className={styles.bar}>
        <FilterBox
          value={text}
          onChange={next => {
            setText(next);
            setActiveIndex(undefined);
          }}
          label="Find a unit"
        />
        <FilterChips
          label="Kinds"
          on={kind}
          onChange={next => {
            setKind(next);
            setActiveIndex(undefined);
          }}
          chips={[
            { id: 'all', word: 'All kinds' },
            { id: 'site', word: 'Sites', icon: <KindIcon kind="site" /> },
            { id: 'drive', word: 'OneDrive', icon: <KindIcon kind="drive" /> },
            { id: 'mailbox', word: 'Mailboxes', icon: <KindIcon kind="mailbox" /> },
          ]}
        />
        <span className={styles.rest} />
        {pages.total !== undefined && (
          <span className={styles.quiet} aria-live="polite">
            by name, {formatQuantity(pages.total, 'unit')}
          </span>
        )}
      </div>
      {pages.error !== undefined && pages.total === undefined ? (
        <ErrorState error={pages.error} onRetry={pages.refetch} />
      ) : pages.total === undefined ? (
        <SkeletonRows widths={columns.map(column => column.width)} label="Loading the units" />
      ) : (
        <VirtualTable
          label="Units; Enter opens the restore points of one"
          columns={columns}
          rowCount={pages.total}
          rowAt={pages.rowAt}
          rowId={row => row.id}
          onRange={pages.showRange}
          activeIndex={activeIndex}
          onActivate={setActiveIndex}
          onOpen={open}
          empty={
            <EmptyState
              meaning={isFiltered ? 'No unit matches.' : 'No unit of this tenant is known.'}
              action={
                isFiltered ? (
                  <Button
                    onClick={() => {
                      setText('');
                      setKind('all');
                    }}
                  >
                    Show all units
                  </Button>
                ) : (
                  <Button onClick={() => navigate({ at: 'protection', tenantId })}>Go to protection</Button>
                )
              }
            />
          }
          footer={<OpenBar onOpen={activeIndex === undefined ? undefined : () => open(activeIndex)} />}
        />
      )}
    </div>
  );
}

const useBarStyles = makeStyles({
  bar: {
    display: 'flex',
    alignItems: 'center',
    gap: '12px',
    padding: '8px 12px',
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  hint: { color: tokens.colorNeutralForeground3, flexGrow: 1 },
});

function OpenBar({ onOpen }: { onOpen: (() => void) | undefined }) {
  const styles = useBarStyles();
  return (
    <div className={styles.bar}>
      <span className={styles.hint}>Arrows move, Enter or a double click opens.</span>
      <Button appearance="primary" disabledFocusable={onOpen === undefined} onClick={() => onOpen?.()}>
        Open restore points
      </Button>
    </div>
  );
}
