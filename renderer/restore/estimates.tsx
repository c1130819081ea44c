import { makeStyles, tokens } from '@fluentui/react-components';
import type { PlanReview } from '../../shared/contract/plans.ts';
import { HOUR } from '../../shared/domain/time.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { ownColours } from '../ui/theme.ts';
import { formatClock, formatMoment } from '../ui/time/format.ts';
import { kindWords } from '../ui/unit-words.ts';
import { allDone, estimateAxis, estimateInWords } from './estimate.ts';

const useStyles = makeStyles({
  svg: { display: 'block', width: '100%', maxWidth: '460px', height: 'auto' },
  axis: { fontSize: '11px', fill: tokens.colorNeutralForeground3 },
  name: { fontSize: '12px', fill: tokens.colorNeutralForeground1 },
  words: { fontSize: '12px', fill: tokens.colorNeutralForeground2 },
  line: { stroke: tokens.colorNeutralStroke2 },
  range: { fill: ownColours.backstopHeat1, '@media (forced-colors: active)': { fill: 'GrayText' } },
  likely: { fill: tokens.colorCompoundBrandBackground, '@media (forced-colors: active)': { fill: 'LinkText' } },
  text: {
    margin: '4px 0 0',
    fontSize: tokens.fontSizeBase200,
    lineHeight: '18px',
    color: tokens.colorNeutralForeground2,
  },
});

const LEFT = 72;
const WIDTH = 250;
const ROW = 26;
const TOP = 20;

/** How long each kind is likely to take, as ranges, and where the figures come from. */
export function Estimates({ review, zone }: { review: PlanReview; zone: string }) {
  const styles = useStyles();
  const rows = review.perKind.filter(row => row.estimate !== undefined);
  const startAt: UtcSeconds = review.checkedAt;
  const done = allDone(rows, startAt);
  if (done === undefined) return <p className={styles.text}>No estimate: nothing would be restored.</p>;
  const axis = estimateAxis(rows.flatMap(row => row.estimate ?? []));
  const x = (seconds: number) => LEFT + Math.min(1, seconds / axis.endSeconds) * WIDTH;
  const height = TOP + rows.length * ROW;
  const moment = (at: UtcSeconds) => formatMoment(at, zone, startAt);
  return (
    <>
      <svg className={styles.svg} viewBox={`0 0 ${LEFT + WIDTH + 138} ${height}`} aria-hidden>
        <text className={styles.axis} x={LEFT} y={11} textAnchor="middle">
          {formatClock(startAt, zone)}
        </text>
        <line className={styles.line} x1={LEFT} x2={LEFT} y1={16} y2={height} />
        {axis.ticks.map(tick => (
          <g key={tick}>
            <text className={styles.axis} x={x(tick)} y={11} textAnchor="middle">
              {tick / HOUR} h
            </text>
            <line className={styles.line} x1={x(tick)} x2={x(tick)} y1={16} y2={height} />
          </g>
        ))}
        {rows.map((row, index) => {
          const { estimate } = row;
          if (estimate === undefined) return null;
          const y = TOP + index * ROW + 4;
          return (
            <g key={row.kind}>
              <text className={styles.name} x={0} y={y + 10}>
                {kindWords[row.kind].many}
              </text>
              <rect
                className={styles.range}
                x={x(estimate.lowSeconds)}
                y={y + 2}
                width={x(estimate.highSeconds) - x(estimate.lowSeconds)}
                height={9}
              />
              <rect className={styles.likely} x={x(estimate.likelySeconds) - 1.5} y={y - 1} width={3} height={15} />
              <text className={styles.words} x={LEFT + WIDTH + 14} y={y + 10}>
                {estimateInWords(estimate)}
              </text>
            </g>
          );
        })}
      </svg>
      <p className={styles.text}>
        {rows.length > 1 && (
          <span style={{ position: 'absolute', width: 1, height: 1, overflow: 'hidden', clipPath: 'inset(50%)' }}>
            {rows
              .map(row =>
                row.estimate === undefined ? '' : `${kindWords[row.kind].many}: ${estimateInWords(row.estimate)}. `,
              )
              .join('')}
          </span>
        )}
        <strong>
          All done around {moment(done.likelyAt)}, likely between {moment(done.lowAt)} and {moment(done.highAt)}.
        </strong>{' '}
        From Microsoft’s published times for standard sizes; nothing was measured in this tenant. Sessions run side by
        side.
      </p>
    </>
  );
}
