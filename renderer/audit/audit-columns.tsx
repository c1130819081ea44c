import { makeStyles, tokens } from '@fluentui/react-components';
import type { AuditListRow } from '../../shared/contract/audit.ts';
import { auditResultWords, auditWordsOf } from '../../shared/domain/audit-words.ts';
import type { AuditResult } from '../../shared/domain/audit-words.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { Mark } from '../ui/mark.tsx';
import { shortId } from '../ui/short-id.ts';
import type { TableColumn } from '../ui/table/table-column.ts';
import { TenantBarMark } from '../ui/tenant-square.tsx';
import { formatMoment, formatUtc } from '../ui/time/format.ts';
import { zoneName } from '../ui/time/zone.ts';
import { targetInWords } from './target-words.ts';
import type { Tone } from '../ui/unit-words.ts';

const useStyles = makeStyles({
  cut: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  quiet: { color: tokens.colorNeutralForeground3 },
  tenant: { display: 'flex', alignItems: 'center', gap: '8px', minWidth: 0 },
});

const tones: { readonly [R in AuditResult]: Tone } = {
  done: 'good',
  refused: 'bad',
  notDone: 'warning',
  unknown: 'waiting',
  recorded: 'neutral',
};

/** How a change ended, as an icon with its words. */
export function ResultMark({ result }: { result: AuditListRow['result'] }) {
  const words = auditResultWords(result);
  return (
    <Mark tone={tones[result.is]}>
      <span title={words}>{words}</span>
    </Mark>
  );
}

function Cut({ text, title = text, isQuiet = false }: { text: string; title?: string; isQuiet?: boolean }) {
  const styles = useStyles();
  return (
    <span className={isQuiet ? `${styles.cut} ${styles.quiet}` : styles.cut} title={title}>
      {text}
    </span>
  );
}

function TenantCell({ row, colours }: { row: AuditListRow; colours: ReadonlyMap<string, number> }) {
  const styles = useStyles();
  const colour = colours.get(row.tenantId);
  return (
    <span className={styles.tenant}>
      {colour !== undefined && <TenantBarMark colour={colour} />}
      {row.tenantName === undefined ? (
        <Cut text={`Forgotten tenant ${shortId(row.tenantId)}`} title={row.tenantId} isQuiet />
      ) : (
        <Cut text={row.tenantName} />
      )}
    </span>
  );
}

/** The columns of the audit, worded for a zone and a moment; the tenant's where rows of several are shown. */
export function auditColumns(
  zone: string,
  now: UtcSeconds,
  colours: ReadonlyMap<string, number> | undefined,
): readonly TableColumn<AuditListRow>[] {
  return [
    { id: 'seq', header: 'No.', width: '48px', align: 'end', cell: row => <Cut text={String(row.seq)} isQuiet /> },
    {
      id: 'when',
      header: `When, ${zoneName(zone, now)}`,
      width: '122px',
      isSetOff: true,
      // The zone stands in the head of the column.
      cell: row => <Cut text={formatMoment(row.at, zone, now).replace(/ \S+$/, '')} title={formatUtc(row.at)} />,
    },
    { id: 'who', header: 'Who', width: 'minmax(96px, 1fr)', cell: row => <Cut text={row.who} /> },
    ...(colours === undefined
      ? []
      : [
          {
            id: 'tenant',
            header: 'Tenant',
            width: 'minmax(110px, 1.1fr)',
            cell: (row: AuditListRow) => <TenantCell row={row} colours={colours} />,
          },
        ]),
    { id: 'what', header: 'What', width: 'minmax(136px, 1.2fr)', cell: row => <Cut text={auditWordsOf(row.what)} /> },
    {
      id: 'target',
      header: 'Target',
      width: 'minmax(100px, 1.2fr)',
      cell: row => <Cut text={targetInWords(row)} title={row.target} />,
    },
    { id: 'result', header: 'Result', width: 'minmax(104px, 1fr)', cell: row => <ResultMark result={row.result} /> },
  ];
}
