import { Checkbox, Dropdown, Field, makeStyles, Option } from '@fluentui/react-components';
import type { ImportLine, ImportSummary } from '../../shared/contract/policies.ts';
import { useClient } from '../store/index.ts';
import { formatCount } from '../ui/number.ts';
import { ErrorBar } from '../ui/states/error-bar.tsx';
import { SkeletonLines } from '../ui/states/skeleton.tsx';
import { useRowPages } from '../ui/table/use-row-pages.ts';
import { VirtualTable } from '../ui/table/virtual-table.tsx';
import type { TableColumn } from '../ui/table/virtual-table.tsx';
import { faultOfLine, listInWords } from './import-words.ts';
import { useReread } from './use-import.ts';

const useStyles = makeStyles({
  result: { display: 'flex', flexDirection: 'column', gap: '8px', minHeight: 0 },
  text: { margin: 0 },
  row: { display: 'flex', alignItems: 'flex-end', gap: '16px', flexWrap: 'wrap' },
  frame: { display: 'flex', minHeight: 0 },
  cell: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
});

interface ImportResultProps {
  readonly summary: ImportSummary;
  readonly onRead: (summary: ImportSummary) => void;
}

/** What a list holds: its right lines counted, its wrong ones named, and which column is read. */
export function ImportResult({ summary, onRead }: ImportResultProps) {
  const styles = useStyles();
  const reread = useReread();
  const read = (how: { column?: number; hasHeader?: boolean }) =>
    reread.mutate(
      { importId: summary.id, column: summary.column, hasHeader: summary.hasHeader, ...how },
      { onSuccess: onRead },
    );
  const nameOf = (column: number) => summary.columns[column] ?? `Column ${formatCount(column + 1)}`;
  return (
    <div className={styles.result}>
      <p className={styles.text} role="status">
        {listInWords(summary)}
        {summary.wrong > 0 && summary.right > 0 && ' The wrong lines are not sent; the right ones can go on.'}
      </p>
      {summary.separator !== 'none' && (
        <div className={styles.row}>
          {summary.columns.length > 1 && (
            <Field label="Column that is read">
              <Dropdown
                value={nameOf(summary.column)}
                selectedOptions={[String(summary.column)]}
                onOptionSelect={(_, data) => read({ column: Number(data.optionValue ?? summary.column) })}
              >
                {summary.columns.map((name, column) => (
                  <Option key={`${name} ${String(column)}`} value={String(column)}>
                    {name === '' ? nameOf(column) : name}
                  </Option>
                ))}
              </Dropdown>
            </Field>
          )}
          <Checkbox
            label="The first line names the columns"
            checked={summary.hasHeader}
            onChange={(_, data) => read({ hasHeader: data.checked === true })}
          />
        </div>
      )}
      {reread.error !== null && <ErrorBar error={reread.error} onDismiss={reread.reset} />}
      {summary.wrong > 0 && (
        <WrongLines key={`${String(summary.column)} ${String(summary.hasHeader)}`} summary={summary} />
      )}
    </div>
  );
}

function Text({ children }: { children: string }) {
  return (
    <span className={useStyles().cell} title={children}>
      {children}
    </span>
  );
}

const columns: readonly TableColumn<ImportLine>[] = [
  { id: 'line', header: 'Line', width: '64px', cell: line => formatCount(line.line) },
  {
    id: 'text',
    header: 'Text',
    width: 'minmax(140px, 1fr)',
    cell: line => <Text>{line.text === '' ? '–' : line.text}</Text>,
  },
  {
    id: 'fault',
    header: 'What is wrong',
    width: 'minmax(200px, 1.4fr)',
    cell: line => <Text>{faultOfLine(line) ?? ''}</Text>,
  },
];

/** Every wrong line of a list, however many there are. */
function WrongLines({ summary: { id, column, hasHeader } }: { summary: ImportSummary }) {
  const styles = useStyles();
  const client = useClient();
  const pages = useRowPages<ImportLine>({
    queryKey: ['imports', id, column, hasHeader, 'wrong'],
    fetchPage: (window, signal) => client.policies.listImportLines({ importId: id, only: 'wrong', window }, { signal }),
  });
  if (pages.total === undefined)
    return pages.error === undefined ? (
      <SkeletonLines lines={3} label="Loading the wrong lines" />
    ) : (
      <ErrorBar error={pages.error} />
    );
  return (
    <div className={styles.frame} style={{ height: Math.min(176, 36 + 32 * pages.total) }}>
      <VirtualTable
        label="Wrong lines"
        columns={columns}
        rowCount={pages.total}
        rowAt={pages.rowAt}
        rowId={line => String(line.line)}
        onRange={pages.showRange}
      />
    </div>
  );
}
