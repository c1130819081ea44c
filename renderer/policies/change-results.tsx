import { makeStyles, tokens } from '@fluentui/react-components';
import { useMemo } from 'react';
import type { ChangeResult } from '../../shared/contract/policies.ts';
import { keys, useClient } from '../store/index.ts';
import { Mark } from '../ui/mark.tsx';
import { formatCount } from '../ui/number.ts';
import { ErrorBar } from '../ui/states/error-bar.tsx';
import { SkeletonLines } from '../ui/states/skeleton.tsx';
import { useRowPages } from '../ui/table/use-row-pages.ts';
import { VirtualTable } from '../ui/table/virtual-table.tsx';
import type { TableColumn } from '../ui/table/virtual-table.tsx';
import { outcomeWords, resultInWords } from './change-words.ts';

const useStyles = makeStyles({
  frame: { display: 'flex', minHeight: 0 },
  two: { display: 'flex', flexDirection: 'column', minWidth: 0, width: '100%' },
  line: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  second: { fontSize: tokens.fontSizeBase200, lineHeight: '16px', color: tokens.colorNeutralForeground3 },
  empty: { margin: 0, color: tokens.colorNeutralForeground3 },
});

function Name({ row }: { row: ChangeResult }) {
  const styles = useStyles();
  return (
    <span className={styles.two}>
      <span className={styles.line} title={row.name}>
        {row.name}
      </span>
      {row.address !== undefined && row.address !== row.name && (
        <span className={`${styles.line} ${styles.second}`} title={row.address}>
          {row.address}
        </span>
      )}
    </span>
  );
}

function What({ row }: { row: ChangeResult }) {
  const styles = useStyles();
  const words = resultInWords(row);
  const code = row.error?.code;
  return (
    <span className={styles.two}>
      <span className={styles.line} title={words}>
        {words}
      </span>
      {code !== undefined && (
        <span className={`${styles.line} ${styles.second}`} title={row.error?.message}>
          {code}
        </span>
      )}
    </span>
  );
}

function columnsOf(withLines: boolean): readonly TableColumn<ChangeResult>[] {
  return [
    ...(withLines
      ? [
          {
            id: 'line',
            header: 'Line',
            width: '56px',
            cell: (row: ChangeResult) => (row.line === undefined ? '–' : formatCount(row.line)),
          },
        ]
      : []),
    { id: 'name', header: 'Name', width: 'minmax(140px, 2fr)', cell: row => <Name row={row} /> },
    {
      id: 'outcome',
      header: 'Result',
      width: '104px',
      cell: row => {
        const { word, tone } = outcomeWords[row.outcome];
        return <Mark tone={tone}>{word}</Mark>;
      },
    },
    { id: 'what', header: 'What it means', width: 'minmax(200px, 3fr)', cell: row => <What row={row} /> },
  ];
}

interface ChangeResultsProps {
  readonly changeId: string;
  readonly label: string;
  readonly only?: ChangeResult['outcome'] | undefined;
}

/** The items of a change, each with what came of it or why it is left out. */
export function ChangeResults({ changeId, label, only }: ChangeResultsProps) {
  const styles = useStyles();
  const client = useClient();
  const pages = useRowPages<ChangeResult>({
    queryKey: [...keys.policyChange(changeId), 'results', only ?? 'all'],
    fetchPage: (window, signal) =>
      client.policies.listResults({ changeId, window, ...(only === undefined ? {} : { only }) }, { signal }),
  });
  const withLines = pages.rowAt(0)?.line !== undefined;
  const columns = useMemo(() => columnsOf(withLines), [withLines]);
  if (pages.total === undefined)
    return pages.error === undefined ? (
      <SkeletonLines lines={4} label="Loading the results" />
    ) : (
      <ErrorBar error={pages.error} />
    );
  return (
    <div className={styles.frame} style={{ height: Math.min(232, 48 + 44 * Math.max(1, pages.total)) }}>
      <VirtualTable
        label={label}
        columns={columns}
        rowCount={pages.total}
        rowAt={pages.rowAt}
        rowId={row => `${String(row.line ?? '')} ${row.unitId ?? row.name}`}
        rowHeight={44}
        onRange={pages.showRange}
        empty={<p className={styles.empty}>Nothing to show.</p>}
      />
    </div>
  );
}
