import {
  Button,
  makeStyles,
  Menu,
  MenuButton,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  tokens,
} from '@fluentui/react-components';
import { ArrowDownload16Regular, ArrowSync16Regular } from '@fluentui/react-icons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { GapRow, GapSort, GapsSummary } from '../../shared/contract/gaps.ts';
import { ChangeDialog } from '../policies/index.ts';
import type { AskedChange } from '../policies/index.ts';
import { useWhyNotAsk } from '../restore/index.ts';
import { keys, navigate, queries, useClient, useMyZone, useTenantNow } from '../store/index.ts';
import { CommandButton } from '../ui/command-button.tsx';
import { FilterBox } from '../ui/filter-box.tsx';
import { FilterChips } from '../ui/filter-chips.tsx';
import type { Chip } from '../ui/filter-chips.tsx';
import { formatCount } from '../ui/number.ts';
import { Segments } from '../ui/segments.tsx';
import { EmptyState } from '../ui/states/empty-state.tsx';
import { ErrorBar } from '../ui/states/error-bar.tsx';
import { ErrorState } from '../ui/states/error-state.tsx';
import { SkeletonRows } from '../ui/states/skeleton.tsx';
import { useRowPages } from '../ui/table/use-row-pages.ts';
import { VirtualTable } from '../ui/table/virtual-table.tsx';
import { gapColumns, policyOfRow } from './gap-columns.tsx';
import { GapCommands } from './gap-commands.tsx';
import { isNarrowed, toGapFilter, toGapOrder, useGapsLook } from './gaps-look.ts';
import { GapsAge, GapsErrors, GapsRule, progressInWords, useGapsProgress } from './gaps-read.tsx';
import { useGapSelection } from './use-gap-selection.ts';
import { useGapsExport } from './use-gaps-export.ts';

const useStyles = makeStyles({
  view: { display: 'flex', flexDirection: 'column', gap: '8px', minHeight: 0, flexGrow: 1 },
  bar: { display: 'flex', alignItems: 'center', gap: '8px 12px', flexWrap: 'wrap', flexShrink: 0 },
  quiet: { color: tokens.colorNeutralForeground3 },
  rest: { flexGrow: 1 },
});

const chipWords: readonly { readonly id: GapSort; readonly word: string }[] = [
  { id: 'inError', word: 'In error' },
  { id: 'withoutPoint', word: 'Without a point' },
  { id: 'late', word: 'Late' },
  { id: 'unprotected', word: 'Unprotected' },
  { id: 'rule', word: 'Failed rules' },
  { id: 'job', word: 'Failed jobs' },
  { id: 'leftOut', word: 'Left out' },
];

const ofDirectory: ReadonlySet<string> = new Set(['unprotected', 'leftOut'] satisfies GapSort[]);

/** Chips of the sorts that there are; rules and jobs only where some failed. */
function chipsOf({ counts, total, parts }: GapsSummary, on: GapSort | 'all'): Chip<GapSort | 'all'>[] {
  const isShown = (id: GapSort): boolean => counts[id] > 0 || id === on || (id !== 'rule' && id !== 'job');
  // None is not what is not known.
  const isUnread = parts.users.readAt === undefined && parts.sites.readAt === undefined;
  const isCounted = (id: GapSort): boolean => !isUnread || !ofDirectory.has(id);
  return [
    { id: 'all', word: 'All gaps', count: total },
    ...chipWords
      .filter(({ id }) => isShown(id))
      .map(chip => (isCounted(chip.id) ? { ...chip, count: counts[chip.id] } : chip)),
  ];
}

/** Gaps in protection of a tenant: what no policy protects, what is late or in error, what failed to be added; each with what mends it. */
export function GapsView({ tenantId }: { tenantId: string }) {
  const styles = useStyles();
  const client = useClient();
  const queryClient = useQueryClient();
  const zone = useMyZone();
  const now = useTenantNow(tenantId);
  const tenant = useQuery(queries.tenants(client)).data?.find(({ id }) => id === tenantId);
  const whyNotRead = useWhyNotAsk('gaps');
  const progress = useGapsProgress(tenantId);
  const { look, change, selectionNow } = useGapsLook(tenantId);
  const [asked, setAsked] = useState<AskedChange | undefined>(undefined);
  const [activeId, setActiveId] = useState<string | undefined>(undefined);
  const [showsRule, setShowsRule] = useState(false);
  const [failure, setFailure] = useState<unknown>(undefined);
  const { sort, kind, text } = look;
  const filter = useMemo(() => toGapFilter({ ...look, sort, kind, text }), [look, sort, kind, text]);
  const order = useMemo(() => toGapOrder(look.order), [look.order]);
  const summary = useQuery(queries.gaps(client, tenantId));
  const read = useMutation({
    mutationFn: () => client.gaps.read({ tenantId }),
    onSuccess: answer => queryClient.setQueryData(queries.gaps(client, tenantId).queryKey, answer),
  });
  const pages = useRowPages<GapRow>({
    queryKey: [...keys.gaps(tenantId), 'list', filter, order, look.selectionId ?? ''],
    fetchPage: (window, signal) =>
      client.gaps.list(
        {
          tenantId,
          filter,
          order,
          window,
          ...(look.selectionId === undefined ? {} : { selectionId: look.selectionId }),
        },
        { signal },
      ),
  });
  const selection = useGapSelection({
    tenantId,
    filter,
    order,
    total: pages.total ?? 0,
    rowAt: pages.rowAt,
    selectionId: look.selectionId,
    selectionNow,
    keep: selectionId => change({ selectionId }),
  });
  const exporting = useGapsExport(tenantId, filter, order);
  const shownNow = now - (now % 60);
  const columns = useMemo(() => gapColumns(zone, shownNow), [zone, shownNow]);
  if (summary.error !== null) return <ErrorState error={summary.error} onRetry={() => void summary.refetch()} />;
  if (summary.data === undefined || (pages.total === undefined && pages.error === undefined))
    return <SkeletonRows widths={columns.map(column => column.width)} rowHeight={44} label="Loading the gaps" />;
  if (pages.total === undefined) return <ErrorState error={pages.error} onRetry={pages.refetch} />;
  const { isReading, parts } = summary.data;
  const isBusy = isReading || read.isPending || progress !== undefined;
  const isUnread = parts.users.readAt === undefined && parts.sites.readAt === undefined;
  const readWord = isUnread ? 'Read the directory' : 'Read it now';
  const readButton = (
    <CommandButton
      icon={<ArrowSync16Regular />}
      hint="Asks for all users and sites, and for the rules and bulk jobs of each policy. Changes nothing."
      disabledReason={whyNotRead}
      running={isBusy ? { label: 'Stop reading', onStop: () => void client.gaps.stopReading({ tenantId }) } : undefined}
      onClick={() => read.mutate()}
    >
      {readWord}
    </CommandButton>
  );
  const open = (index: number) => {
    const row = pages.rowAt(index);
    if (row === undefined) return;
    if ('unitId' in row) navigate({ at: 'restore-points', tenantId, unitId: row.unitId });
    else {
      const policy = policyOfRow(row);
      if (policy !== undefined) navigate({ at: 'policies', tenantId, policyId: policy.id });
    }
  };
  return (
    <div className={styles.view}>
      <div className={styles.bar}>
        <FilterChips
          label="Sorts of gaps"
          chips={chipsOf(summary.data, look.sort)}
          on={look.sort}
          onChange={next => change({ sort: next })}
        />
        <span className={styles.rest} />
        {progress !== undefined && (
          <span className={styles.quiet} role="status">
            {progressInWords(progress)}
          </span>
        )}
        {readButton}
        <Menu>
          <MenuTrigger disableButtonEnhancement>
            <MenuButton icon={<ArrowDownload16Regular />} disabledFocusable={exporting.isPending}>
              {exporting.isPending ? 'Exporting' : 'Export'}
            </MenuButton>
          </MenuTrigger>
          <MenuPopover>
            <MenuList>
              <MenuItem onClick={() => exporting.mutate('html')}>Report for the customer (HTML)</MenuItem>
              <MenuItem onClick={() => exporting.mutate('csv')}>These rows as a table (CSV)</MenuItem>
            </MenuList>
          </MenuPopover>
        </Menu>
      </div>
      <div className={styles.bar} role="group" aria-label="Filters">
        <FilterBox value={look.text} onChange={next => change({ text: next })} label="Filter gaps" />
        <Segments
          label="Kind"
          value={look.kind}
          onChange={next => change({ kind: next })}
          segments={[
            { id: 'any', word: 'Any kind' },
            { id: 'site', word: 'Sites' },
            { id: 'drive', word: 'OneDrives' },
            { id: 'mailbox', word: 'Mailboxes' },
          ]}
        />
        <span className={styles.quiet} aria-live="polite">
          {formatCount(pages.total)} shown
        </span>
      </div>
      <GapsAge summary={summary.data} now={now} showsRule={showsRule} onShowRule={setShowsRule} />
      {showsRule && <GapsRule onDismiss={() => setShowsRule(false)} />}
      {!isBusy && <GapsErrors summary={summary.data} onRead={() => read.mutate()} />}
      {read.error !== null && <ErrorBar error={read.error} onDismiss={read.reset} />}
      {selection.error !== undefined && <ErrorBar error={selection.error} onDismiss={selection.dismissError} />}
      {failure !== undefined && <ErrorBar error={failure} onDismiss={() => setFailure(undefined)} />}
      {exporting.error !== null && <ErrorBar error={exporting.error} onDismiss={exporting.reset} />}
      {exporting.data !== undefined && (
        <span className={styles.quiet} role="status">
          {exporting.data} was handed to the downloads.
        </span>
      )}
      <VirtualTable
        label="Gaps in protection; Enter opens what one is about"
        columns={columns}
        rowCount={pages.total}
        rowAt={pages.rowAt}
        rowId={row => row.id}
        rowHeight={44}
        headHeight={36}
        onRange={pages.showRange}
        sort={look.order}
        onSort={next => change({ order: next })}
        selection={selection.byPlace(`Select all ${formatCount(pages.total)} gaps`)}
        activeIndex={activeId === undefined ? undefined : pages.indexWhere(row => row.id === activeId)}
        onActivate={index => setActiveId(pages.rowAt(index)?.id)}
        onOpen={open}
        empty={
          isUnread && ofDirectory.has(look.sort) ? (
            <EmptyState
              meaning="The directory of this tenant was never read, so nobody knows yet whom no policy protects."
              action={readButton}
            />
          ) : isNarrowed(look) ? (
            <EmptyState
              meaning="No gap matches these filters."
              action={<Button onClick={() => change({ sort: 'all', kind: 'any', text: '' })}>Show all gaps</Button>}
            />
          ) : isUnread ? (
            <EmptyState
              meaning="The directory of this tenant was never read, so nobody knows yet whom no policy protects. Of the units that are known, none is late or in error."
              action={readButton}
            />
          ) : (
            <EmptyState meaning="No gap is known: every account and site that counts is in a policy, and no unit is late or in error." />
          )
        }
        footer={
          <GapCommands
            tenantId={tenantId}
            tenant={tenant}
            selection={selection.summary}
            hidden={selection.hidden}
            onClear={selection.clear}
            onAsk={setAsked}
            onError={setFailure}
          />
        }
      />
      {asked !== undefined && tenant !== undefined && (
        <ChangeDialog tenant={tenant} asked={asked} onClose={() => setAsked(undefined)} />
      )}
    </div>
  );
}
