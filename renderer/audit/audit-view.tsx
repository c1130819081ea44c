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
import { ArrowDownload16Regular, LinkMultiple16Regular } from '@fluentui/react-icons';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { AuditListRow } from '../../shared/contract/audit.ts';
import { keys, queries, useClient, useHostNow, useMyZone } from '../store/index.ts';
import { CommandButton } from '../ui/command-button.tsx';
import { formatQuantity } from '../ui/number.ts';
import { EmptyState } from '../ui/states/empty-state.tsx';
import { ErrorBar } from '../ui/states/error-bar.tsx';
import { ErrorState } from '../ui/states/error-state.tsx';
import { SkeletonRows } from '../ui/states/skeleton.tsx';
import { useRowPages } from '../ui/table/use-row-pages.ts';
import { VirtualTable } from '../ui/table/virtual-table.tsx';
import { auditColumns } from './audit-columns.tsx';
import { AuditFilters } from './audit-filters.tsx';
import { useAuditLook } from './audit-look.ts';
import { AuditPanel } from './audit-panel.tsx';
import { everyRow, isFiltered, toAuditFilter } from './audit-query.ts';
import { useAuditExport } from './use-audit-export.ts';
import { VerificationBar } from './verification-bar.tsx';

const useStyles = makeStyles({
  view: { display: 'flex', flexDirection: 'column', gap: '8px', minHeight: 0, flexGrow: 1 },
  head: { display: 'flex', alignItems: 'center', gap: '8px 12px', flexWrap: 'wrap', flexShrink: 0 },
  title: { fontSize: '20px', lineHeight: '28px', fontWeight: tokens.fontWeightSemibold, margin: 0 },
  quiet: { color: tokens.colorNeutralForeground3 },
  rest: { flexGrow: 1 },
  below: { display: 'flex', gap: '8px', flexGrow: 1, minHeight: 0, minWidth: 0 },
});

/** Every write of the console adds a row; while one looks on, the list is read again this often. */
const REREAD_MILLIS = 10_000;

/** The record of every change made through Backstop: of one tenant, or of all. */
export function AuditView({ tenantId }: { tenantId?: string }) {
  const styles = useStyles();
  const client = useClient();
  const zone = useMyZone();
  const now = useHostNow();
  const { look, change, narrow } = useAuditLook(tenantId);
  const { query, openSeq } = look;
  const tenants = useQuery(queries.tenants(client)).data;
  const filter = useMemo(() => toAuditFilter(query, zone, tenantId), [query, zone, tenantId]);
  const pages = useRowPages<AuditListRow>({
    queryKey: [...keys.audit, 'list', filter],
    fetchPage: (window, signal) => client.audit.list({ filter, window }, { signal }),
    refetchInterval: REREAD_MILLIS,
  });
  const shownNow = now - (now % 60);
  const columns = useMemo(
    () =>
      auditColumns(
        zone,
        shownNow,
        tenantId === undefined ? new Map((tenants ?? []).map(({ id, colour }) => [id, colour])) : undefined,
      ),
    [zone, shownNow, tenantId, tenants],
  );
  const verify = useMutation({ mutationFn: () => client.audit.verify() });
  const exporting = useAuditExport(filter);
  const total = pages.total ?? 0;
  return (
    <div className={styles.view}>
      <div className={styles.head}>
        {tenantId === undefined && <h1 className={styles.title}>Audit</h1>}
        <span className={styles.quiet} aria-live="polite">
          {pages.total === undefined
            ? ''
            : `${formatQuantity(total, 'change')}${isFiltered(query) ? ' as filtered' : ''}, newest first`}
        </span>
        <span className={styles.rest} />
        <CommandButton
          icon={<LinkMultiple16Regular />}
          hint="Walks the whole chain of hashes, over all tenants, and tells the first broken link."
          disabledReason={verify.isPending ? 'The chain is being walked.' : undefined}
          onClick={() => verify.mutate()}
        >
          {verify.isPending ? 'Verifying' : 'Verify'}
        </CommandButton>
        <Menu>
          <MenuTrigger disableButtonEnhancement>
            <MenuButton icon={<ArrowDownload16Regular />} disabledFocusable={exporting.isPending}>
              {exporting.isPending ? 'Exporting' : 'Export'}
            </MenuButton>
          </MenuTrigger>
          <MenuPopover>
            <MenuList>
              <MenuItem onClick={() => exporting.mutate('csv')}>As a table (CSV)</MenuItem>
              <MenuItem onClick={() => exporting.mutate('jsonl')}>
                With all that the hashes are made of (JSON lines)
              </MenuItem>
            </MenuList>
          </MenuPopover>
        </Menu>
      </div>
      <AuditFilters query={query} onQuery={narrow} tenantId={tenantId} zone={zone} now={now} />
      {verify.error !== null && <ErrorBar error={verify.error} onDismiss={verify.reset} />}
      {verify.data !== undefined && (
        <VerificationBar
          result={verify.data}
          zone={zone}
          onShowRow={seq => change({ openSeq: seq })}
          onDismiss={verify.reset}
        />
      )}
      {exporting.error !== null && <ErrorBar error={exporting.error} onDismiss={exporting.reset} />}
      {exporting.data !== undefined && (
        <span className={styles.quiet} role="status">
          {exporting.data} was handed to the downloads.
        </span>
      )}
      <div className={styles.below}>
        {pages.error !== undefined && pages.total === undefined ? (
          <ErrorState error={pages.error} onRetry={pages.refetch} />
        ) : pages.total === undefined ? (
          <SkeletonRows widths={columns.map(column => column.width)} label="Loading the audit" />
        ) : (
          <VirtualTable
            label="Audit, newest first"
            columns={columns}
            rowCount={total}
            rowAt={pages.rowAt}
            rowId={row => String(row.seq)}
            onRange={pages.showRange}
            activeIndex={openSeq === undefined ? undefined : pages.indexWhere(row => row.seq === openSeq)}
            onActivate={index => change({ openSeq: pages.rowAt(index)?.seq })}
            empty={
              isFiltered(query) ? (
                <EmptyState
                  meaning="No change matches these filters."
                  action={<Button onClick={() => change({ query: everyRow })}>Show all changes</Button>}
                />
              ) : (
                <EmptyState
                  meaning={`No change was made ${tenantId === undefined ? '' : 'to this tenant '}through Backstop yet. Each will stand here: who, what, and how it ended.`}
                />
              )
            }
          />
        )}
        {openSeq !== undefined && (
          <AuditPanel
            key={openSeq}
            seq={openSeq}
            zone={zone}
            now={shownNow}
            onClose={() => change({ openSeq: undefined })}
          />
        )}
      </div>
    </div>
  );
}
