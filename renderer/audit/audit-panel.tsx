import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import type { AuditDetail } from '../../shared/contract/audit.ts';
import { auditWordsOf } from '../../shared/domain/audit-words.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { keys, navigate, useClient } from '../store/index.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Facts } from '../ui/facts.tsx';
import { shortId } from '../ui/short-id.ts';
import { SidePanel } from '../ui/side-panel.tsx';
import { ErrorState } from '../ui/states/error-state.tsx';
import { SkeletonLines } from '../ui/states/skeleton.tsx';
import { formatMomentAndAge, formatUtc } from '../ui/time/format.ts';
import { ResultMark } from './audit-columns.tsx';
import { targetInWords } from './target-words.ts';

const useStyles = makeStyles({
  with: { display: 'inline-flex', alignItems: 'center', gap: '4px', maxWidth: '100%', minWidth: 0 },
  id: { fontFamily: tokens.fontFamilyMonospace, fontSize: '11px', overflowWrap: 'anywhere' },
  head: { margin: 0, fontSize: '13px', lineHeight: '20px', fontWeight: tokens.fontWeightSemibold },
  json: {
    margin: '4px 0 0',
    padding: '8px',
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: '11px',
    lineHeight: '16px',
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    backgroundColor: tokens.colorNeutralBackground3,
    borderRadius: tokens.borderRadiusMedium,
  },
  quiet: { margin: 0, color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
});

interface AuditPanelProps {
  readonly seq: number;
  readonly zone: string;
  readonly now: UtcSeconds;
  readonly onClose: () => void;
}

/** One row of the audit with all that it keeps: before and after, ids to copy, its place in the chain. */
export function AuditPanel({ seq, zone, now, onClose }: AuditPanelProps) {
  const client = useClient();
  const row = useQuery({
    queryKey: [...keys.audit, 'row', seq],
    queryFn: ({ signal }) => client.audit.get({ seq }, { signal }),
  });
  const restore = row.data === undefined ? undefined : restoreOf(row.data);
  const title = row.data === undefined ? `Row ${seq}` : auditWordsOf(row.data.what);
  return (
    <SidePanel
      title={title}
      label={`Row ${seq} of the audit`}
      onClose={onClose}
      footer={
        restore === undefined ? null : (
          <Button onClick={() => navigate({ at: 'restores', ...restore })}>Open the restore</Button>
        )
      }
    >
      {row.error !== null ? (
        <ErrorState error={row.error} onRetry={() => void row.refetch()} />
      ) : row.data === undefined ? (
        <SkeletonLines lines={8} label="Loading the row" />
      ) : (
        <RowFacts row={row.data} zone={zone} now={now} />
      )}
    </SidePanel>
  );
}

const PLAN = 'plan ';

/** The restore that the row is about, where its tenant and its plan are still here. */
function restoreOf({ target, targetName, tenantId, tenantName }: AuditDetail) {
  const isHere = target.startsWith(PLAN) && targetName !== undefined && tenantName !== undefined;
  return isHere ? { tenantId, planId: target.slice(PLAN.length) } : undefined;
}

function RowFacts({ row, zone, now }: { row: AuditDetail; zone: string; now: UtcSeconds }) {
  const styles = useStyles();
  return (
    <>
      <Facts
        facts={[
          { name: 'Number', value: row.seq },
          { name: 'When', value: <time title={formatUtc(row.at)}>{formatMomentAndAge(row.at, zone, now)}</time> },
          { name: 'UTC', value: formatUtc(row.at) },
          { name: 'Who', value: row.who },
          { name: 'Tenant', value: row.tenantName ?? `Forgotten tenant ${row.tenantId}` },
          { name: 'Result', value: <ResultMark result={row.result} /> },
          {
            name: 'Target',
            value: (
              <>
                {targetInWords(row)} <CopyButton text={row.target} what="target" />
              </>
            ),
          },
          {
            name: 'Request id',
            value:
              row.requestId === undefined ? (
                'None: nothing was asked of the service'
              ) : (
                <>
                  <code className={styles.id}>{row.requestId}</code>{' '}
                  <CopyButton text={row.requestId} what="request id" />
                </>
              ),
          },
          { name: 'Code', value: <code className={styles.id}>{row.what}</code> },
        ]}
      />
      <Value title="Before" text={row.before} />
      <Value title="After" text={row.after} />
      {row.isCut && <p className={styles.quiet}>What is longer is cut here; the export as JSON lines has it whole.</p>}
      <section aria-label="Place in the chain">
        <h3 className={styles.head}>Place in the chain</h3>
        <Facts
          facts={[
            { name: 'Hash', value: <Hash text={row.hash} what="hash" /> },
            { name: 'Follows', value: <Hash text={row.previous} what="hash of the row before" /> },
          ]}
        />
      </section>
    </>
  );
}

function Hash({ text, what }: { text: string; what: string }) {
  const styles = useStyles();
  return (
    <span className={styles.with}>
      <code className={styles.id} title={text}>
        {shortId(text)}
      </code>
      <CopyButton text={text} what={what} />
    </span>
  );
}

function Value({ title, text }: { title: string; text: string | undefined }) {
  const styles = useStyles();
  if (text === undefined) return null;
  return (
    <section aria-label={title}>
      <h3 className={styles.head}>{title}</h3>
      {/* Long values scroll with the panel; a stop of Tab of its own would lead nowhere. */}
      <pre className={styles.json}>{text}</pre>
    </section>
  );
}
