import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import {
  CheckmarkCircle16Filled,
  CheckmarkCircle16Regular,
  Circle16Regular,
  DocumentArrowUp16Regular,
  ErrorCircle16Filled,
  Subtract16Regular,
} from '@fluentui/react-icons';
import { useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { toAppError, useIsOffline, useWordContext } from '../store/index.ts';
import { CommandButton } from '../ui/command-button.tsx';
import { messageFor } from '../ui/messages.ts';
import { formatCount, formatPart, formatQuantity } from '../ui/number.ts';
import { offlineReasons } from '../ui/offline-reason.ts';
import type { Added } from './added-tenants.ts';
import { addLines } from './csv-adding.ts';
import type { LineResult, LineResults } from './csv-adding.ts';
import { OpenAdded } from './open-added.tsx';
import { MOST_BYTES, MOST_LINES, readTenantCsv } from './tenant-csv.ts';
import type { TenantCsv, TenantLine } from './tenant-csv.ts';
import { TenantList, TenantListRow } from './tenant-list.tsx';
import { useSendTenant } from './use-add-tenant.ts';

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', gap: '12px' },
  text: { margin: 0, color: tokens.colorNeutralForeground2 },
  bad: { margin: 0, color: tokens.colorStatusDangerForeground1 },
  bar: { display: 'flex', gap: '8px', alignItems: 'center' },
  said: { flexGrow: 1, minWidth: 0 },
  line: {
    width: '60px',
    flexShrink: 0,
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground3,
    fontVariantNumeric: 'tabular-nums',
  },
  result: { display: 'inline-flex', alignItems: 'center', gap: '6px', maxWidth: '62%', flexShrink: 0 },
  button: { whiteSpace: 'nowrap', flexShrink: 0 },
  words: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  icon: { flexShrink: 0 },
  good: { color: tokens.colorStatusSuccessForeground1 },
  failed: { color: tokens.colorStatusDangerForeground1 },
  input: { display: 'none' },
});

/** Adds the tenants that a CSV names, line by line, each with its readiness check. Nothing is sent before one says so. */
export function AddByCsv({ accountId, onAdded }: { accountId: string | undefined; onAdded: (answer: Added) => void }) {
  const styles = useStyles();
  const isOffline = useIsOffline();
  const send = useSendTenant();
  const file = useRef<HTMLInputElement>(null);
  const stopping = useRef<AbortController | undefined>(undefined);
  const [csv, setCsv] = useState<(TenantCsv & { readonly fileName: string }) | undefined>(undefined);
  const [results, setResults] = useState<LineResults>(new Map());
  const [isAdding, setAdding] = useState(false);

  const read = async (chosen: File) => {
    const bytes = chosen.size > MOST_BYTES ? undefined : new Uint8Array(await chosen.arrayBuffer());
    const found: TenantCsv = bytes === undefined ? { is: 'unreadable', why: 'tooLarge' } : readTenantCsv(bytes);
    setCsv({ ...found, fileName: chosen.name });
    setResults(new Map());
  };
  const lines = csv?.is === 'lines' ? csv.lines : [];
  const isDone = (line: number) => results.get(line)?.is === 'added';
  const good = lines.filter(({ problem }) => problem === undefined);
  const left = good.filter(({ line }) => !isDone(line));
  const run = async () => {
    const stop = new AbortController();
    stopping.current = stop;
    setAdding(true);
    try {
      await addLines(left, asked => send(asked, accountId, stop.signal), {
        signal: stop.signal,
        toError: toAppError,
        onResult: (line, result) => {
          setResults(known => new Map(known).set(line, result));
          if (result.is === 'added') onAdded(result.answer);
        },
      });
    } finally {
      setAdding(false);
    }
  };
  const done = good.length - left.length;
  return (
    <div className={styles.content}>
      <p className={styles.text}>
        A domain or a tenant id a line; other columns may stand beside it. Each tenant is looked up, added and checked
        for its readiness; a line that fails stops no other.
      </p>
      <div className={styles.bar}>
        <input
          ref={file}
          type="file"
          className={styles.input}
          accept=".csv,.txt,.tsv,text/csv,text/plain"
          aria-label="CSV file of tenants"
          onChange={event => {
            const [chosen] = event.target.files ?? [];
            // The same file can be chosen again once it was mended.
            event.target.value = '';
            if (chosen !== undefined) void read(chosen);
          }}
        />
        <CommandButton
          icon={<DocumentArrowUp16Regular />}
          className={styles.button}
          disabledReason={isAdding ? 'The tenants of a file are being added.' : undefined}
          onClick={() => file.current?.click()}
        >
          {csv === undefined ? 'Choose a CSV file…' : 'Choose another…'}
        </CommandButton>
        <span className={styles.said} role="status">
          {csv === undefined ? '' : saidOf(csv, done, good.length)}
        </span>
        {lines.length > 0 && (
          <CommandButton
            appearance="primary"
            className={styles.button}
            disabledReason={
              isOffline
                ? offlineReasons.addTenant
                : left.length === 0
                  ? good.length === 0
                    ? 'No line names a tenant.'
                    : 'All of them are in the console.'
                  : undefined
            }
            running={isAdding ? { label: 'Stop', onStop: () => stopping.current?.abort() } : undefined}
            onClick={() => void run()}
          >
            {`Add ${formatQuantity(left.length, 'tenant')}`}
          </CommandButton>
        )}
      </div>
      {csv?.is === 'lines' && csv.encoding === 'Windows-1252' && (
        <p className={styles.text}>
          The file is not UTF-8; it was read as Windows-1252. Look at names with accents before you add them.
        </p>
      )}
      {csv !== undefined && csv.is !== 'lines' && <p className={styles.bad}>{whyNot(csv)}</p>}
      {lines.length > 0 && (
        <TenantList label="Lines of the file">
          {lines.map(line => (
            <Line key={line.line} line={line} result={results.get(line.line)} />
          ))}
        </TenantList>
      )}
    </div>
  );
}

function Line({ line, result }: { line: TenantLine; result: LineResult | undefined }) {
  const styles = useStyles();
  const context = useWordContext();
  const asked = line.asked === '' ? '(empty)' : line.asked;
  const name = result?.is === 'added' ? result.answer.tenant.displayName : asked;
  const said = (icon: ReactNode, words: string, colour?: string) => (
    <span className={mergeClasses(styles.result, colour)}>
      <span className={styles.icon}>{icon}</span>
      <span className={styles.words} title={words}>
        {words}
      </span>
    </span>
  );
  return (
    <TenantListRow
      name={name}
      title={`${asked}, line ${line.line}`}
      before={<span className={styles.line}>Line {formatCount(line.line)}</span>}
    >
      {line.problem !== undefined &&
        said(
          <ErrorCircle16Filled aria-hidden />,
          line.problem.is === 'notATenant'
            ? 'Neither a domain nor a tenant id'
            : `The same as line ${line.problem.firstLine}`,
          styles.failed,
        )}
      {line.problem === undefined && result === undefined && said(<Circle16Regular aria-hidden />, 'To be added')}
      {result?.is === 'adding' && said(<Circle16Regular aria-hidden />, 'Being looked up and checked')}
      {result?.is === 'notSent' && said(<Subtract16Regular aria-hidden />, 'Not sent')}
      {result?.is === 'failed' &&
        said(<ErrorCircle16Filled aria-hidden />, messageFor(result.error, context).what, styles.failed)}
      {result?.is === 'added' && (
        <>
          {result.answer.wasThere
            ? said(<CheckmarkCircle16Regular aria-hidden />, 'Was there already')
            : said(<CheckmarkCircle16Filled aria-hidden />, 'Added', styles.good)}
          <OpenAdded answer={result.answer} />
        </>
      )}
    </TenantListRow>
  );
}

function saidOf(csv: TenantCsv & { readonly fileName: string }, done: number, good: number): string {
  if (csv.is !== 'lines') return csv.fileName;
  const wrong = csv.lines.length - good;
  const named = done > 0 ? `${formatPart(done, good)} added` : `${formatQuantity(good, 'tenant')} named`;
  return `${csv.fileName}: ${named}${wrong === 0 ? '' : `, ${formatQuantity(wrong, 'line')} left out`}.`;
}

function whyNot(csv: Exclude<TenantCsv, { is: 'lines' }>): string {
  if (csv.is === 'broken')
    return `Line ${formatCount(csv.line)} can’t be read as CSV: a quotation mark is not closed, or stands where none may. Nothing was added.`;
  switch (csv.why) {
    case 'empty':
      return 'The file holds no line but a heading. Nothing was added.';
    case 'notText':
      return 'This is no text file; a workbook has to be saved as CSV first. Nothing was added.';
    case 'tooLarge':
      return `At most ${formatCount(MOST_LINES)} lines are read at once. Nothing was added; divide the file.`;
  }
}
