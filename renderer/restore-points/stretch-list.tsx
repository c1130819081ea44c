import { Button, Link, makeStyles, tokens } from '@fluentui/react-components';
import { useId } from 'react';
import { useWhyNotAsk } from '../restore/index.ts';
import { HatchPattern } from '../ui/certainty/day-cell.tsx';
import { formatQuantity } from '../ui/number.ts';
import { ownColours } from '../ui/theme.ts';
import type { StretchRow } from './stretches.ts';
import type { Ask } from './use-ask.ts';

const useStyles = makeStyles({
  table: { borderCollapse: 'collapse', width: '100%', fontSize: tokens.fontSizeBase300, lineHeight: '20px' },
  row: { borderBottom: `1px solid ${tokens.colorNeutralStroke3}`, height: '26px' },
  cell: { padding: '2px 12px 2px 0', verticalAlign: 'middle', whiteSpace: 'nowrap' },
  icon: { width: '30px' },
  quiet: { color: tokens.colorNeutralForeground3 },
  words: { whiteSpace: 'normal', width: '60%' },
  end: { fontSize: tokens.fontSizeBase200, paddingRight: 0 },
  known: { fill: tokens.colorNeutralBackground1, stroke: ownColours.backstopEmptyEdge },
  shown: { fill: tokens.colorNeutralBackground1, stroke: ownColours.backstopEmptyEdge, strokeDasharray: '1 2' },
  unasked: { stroke: ownColours.backstopHatchEdge, strokeDasharray: '2.5 2' },
  tick: { stroke: tokens.colorCompoundBrandStroke, strokeWidth: 2 },
  unseen: { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)' },
});

interface StretchListProps {
  readonly label: string;
  readonly rows: readonly StretchRow[];
  readonly unitId: string;
  readonly ask: Ask;
}

/** The stretches of a day in words, the equal of the rulers above it; what nobody has asked about can be asked, at its price. */
export function StretchList({ label, rows, unitId, ask }: StretchListProps) {
  const styles = useStyles();
  const whyNotAsk = useWhyNotAsk('ask');
  const hatchId = `hatch-${useId()}`;
  return (
    <table className={styles.table} aria-label={label}>
      <thead className={styles.unseen}>
        <tr>
          <th scope="col">How it is drawn</th>
          <th scope="col">From and to</th>
          <th scope="col">Length</th>
          <th scope="col">What is known</th>
          <th scope="col">Asked</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(row => (
          <tr key={row.fromAt} className={styles.row}>
            <td className={`${styles.cell} ${styles.icon}`}>
              <svg width={20} height={16} style={{ display: 'block' }} aria-hidden>
                <defs>
                  <HatchPattern id={hatchId} />
                </defs>
                <rect
                  x={0.5}
                  y={0.5}
                  width={18}
                  height={14}
                  {...(row.state === 'notAsked'
                    ? { fill: `url(#${hatchId})`, className: styles.unasked }
                    : { className: row.state === 'proven' ? styles.known : styles.shown })}
                />
                {row.state !== 'notAsked' &&
                  row.points > 0 &&
                  [5, 9.5, 14].map(x => <line key={x} className={styles.tick} x1={x} x2={x} y1={4} y2={14} />)}
              </svg>
            </td>
            <td className={styles.cell}>{row.period}</td>
            <td className={`${styles.cell} ${styles.quiet}`}>{row.length}</td>
            <td className={`${styles.cell} ${styles.words} ${row.state === 'notAsked' ? styles.quiet : ''}`}>
              {row.words}
            </td>
            <td className={`${styles.cell} ${styles.end}`}>
              <AskOrAsked row={row} unitId={unitId} ask={ask} whyNotAsk={whyNotAsk} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function AskOrAsked({
  row,
  unitId,
  ask,
  whyNotAsk,
}: {
  row: StretchRow;
  unitId: string;
  ask: Ask;
  whyNotAsk: string | undefined;
}) {
  const styles = useStyles();
  const wanted = { type: 'window', unitId, fromAt: row.fromAt, toAt: row.toAt } as const;
  const { asking } = ask;
  if (
    asking?.type === 'window' &&
    asking.fromAt <= row.fromAt &&
    asking.toAt >= row.toAt &&
    row.questions !== undefined
  )
    return (
      <span className={styles.quiet}>
        being asked{' '}
        <Button size="small" appearance="transparent" onClick={ask.stop}>
          Stop
        </Button>
      </span>
    );
  if (row.questions === undefined) return <span className={styles.quiet}>{row.asked ?? ''}</span>;
  const words = `about ${formatQuantity(row.questions, 'question')}`;
  if (whyNotAsk !== undefined)
    return (
      <span className={styles.quiet} title={whyNotAsk}>
        {words}, not now
      </span>
    );
  return (
    <Link
      as="button"
      disabledFocusable={asking !== undefined}
      onClick={() => ask.ask(wanted)}
      title={row.asked === undefined ? 'Asks the service for every point of this stretch' : row.asked}
    >
      Ask, {words}
    </Link>
  );
}
