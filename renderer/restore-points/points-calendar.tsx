import { makeStyles, tokens } from '@fluentui/react-components';
import { useId } from 'react';
import type { KeyboardEvent, MouseEvent } from 'react';
import type { DaySummary } from '../../shared/contract/restore-points.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { FastBolt } from '../ui/certainty/certainty-mark.tsx';
import { DayCell, HatchPattern } from '../ui/certainty/day-cell.tsx';
import { dayInWords, dayLook } from '../ui/certainty/day-look.ts';
import type { DayLook } from '../ui/certainty/day-look.ts';
import { ownColours } from '../ui/theme.ts';
import { calendarInWords, dayAfterKey, dayAtPlace, monthLabels, placeOfDay, runsInWords, WEEKS } from './calendar.ts';
import { useWidth } from './use-width.ts';

const useStyles = makeStyles({
  head: { display: 'flex', alignItems: 'center', justifyContent: 'space-between', gap: '4px 16px', flexWrap: 'wrap' },
  title: { fontSize: tokens.fontSizeBase300, lineHeight: '20px', fontWeight: tokens.fontWeightSemibold, margin: 0 },
  legend: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: '2px 16px',
    margin: 0,
    padding: 0,
    listStyleType: 'none',
    fontSize: tokens.fontSizeBase200,
    lineHeight: '20px',
  },
  entry: { display: 'inline-flex', alignItems: 'center', gap: '6px' },
  frame: { position: 'relative', width: '100%' },
  svg: { display: 'block', overflow: 'visible' },
  axis: { fontSize: '11px', fill: tokens.colorNeutralForeground3 },
  chosen: {
    fill: 'none',
    stroke: ownColours.backstopCursor,
    strokeWidth: 2,
    '@media (forced-colors: active)': { stroke: 'Highlight' },
  },
  cadences: {
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'space-between',
    gap: '0 16px',
    margin: 0,
    fontSize: '11px',
    lineHeight: '16px',
    color: tokens.colorNeutralForeground3,
  },
  cadence: { display: 'inline-flex', alignItems: 'center', gap: '6px' },
  dense: { stroke: tokens.colorCompoundBrandStroke, strokeWidth: 3 },
  sparse: { stroke: tokens.colorNeutralStroke1, strokeWidth: 3 },
  keys: {
    position: 'absolute',
    cursor: 'pointer',
    borderRadius: '4px',
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '2px' },
  },
  unseen: {
    position: 'absolute',
    width: '1px',
    height: '1px',
    overflow: 'hidden',
    clipPath: 'inset(50%)',
    margin: 0,
    padding: 0,
  },
});

const GAP = 3;
const ROW = 19;
const CELL_HEIGHT = 16;
const LEFT = 36;
const TOP = 18;
const BOTTOM = 8;
const WEEKDAYS = ['Mon', '', 'Wed', '', 'Fri', '', 'Sun'] as const;

interface PointsCalendarProps {
  readonly days: readonly DaySummary[];
  readonly bounds: readonly UtcSeconds[];
  readonly zone: string;
  readonly now: UtcSeconds;
  readonly protectedSinceAt: UtcSeconds | undefined;
  /** The day shown below. */
  readonly chosen: number;
  readonly onChoose: (index: number) => void;
  /** Documented cadence and retention, one line each, the densest first; words only, no point is drawn from them. */
  readonly cadences: readonly string[];
  /** From when on points come in the densest cadence. */
  readonly denseFromAt: UtcSeconds | undefined;
}

/** A year of days as cells: what is known of each, and what nobody has asked about. The list beside it says the same. */
export function PointsCalendar(props: PointsCalendarProps) {
  const { days, bounds, zone, now, protectedSinceAt, chosen, onChoose, cadences, denseFromAt } = props;
  const styles = useStyles();
  const { ref, width } = useWidth();
  const hatchId = `hatch-${useId()}`;
  const step = Math.max(12, Math.min(36, Math.floor((width - LEFT) / WEEKS)));
  const cell = step - GAP;
  const total = LEFT + WEEKS * step - GAP;
  const height = TOP + 7 * ROW + BOTTOM;
  const shown = { zone, now, protectedSinceAt };
  const chosenDay = days[chosen];

  const choose = (event: MouseEvent) => {
    const box = event.currentTarget.getBoundingClientRect();
    const index = dayAtPlace(
      Math.floor((event.clientX - box.left) / step),
      Math.floor((event.clientY - box.top) / ROW),
      days.length,
    );
    if (index !== undefined) onChoose(index);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const index = dayAfterKey(event.key, chosen, days.length);
    if (index === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    onChoose(index);
  };

  const place = placeOfDay(chosen);
  const firstProtected = days.findIndex(day => dayLook(day, shown).is !== 'before');
  const startX = LEFT + placeOfDay(Math.max(0, firstProtected)).column * step;
  const denseIndex = denseFromAt === undefined ? undefined : days.findIndex(day => day.toAt > denseFromAt);
  const denseX =
    denseIndex === undefined || denseIndex < 0
      ? undefined
      : Math.max(startX, LEFT + placeOfDay(denseIndex).column * step);
  const lineY = TOP + 7 * ROW + 4;
  const expiring = days.reduce((sum, day) => sum + day.expiringPoints, 0);
  const [dense, ...sparse] = cadences;
  const denseWords =
    dense === undefined
      ? ''
      : `documented cadence ${dense}${expiring === 0 ? '' : `; ${expiring} known ${expiring === 1 ? 'point expires' : 'points expire'} within a day`}`;
  return (
    <div>
      <div className={styles.head}>
        <h2 className={styles.title}>Points by day</h2>
        <Legend />
      </div>
      <div className={styles.frame} ref={ref}>
        {width > 0 && (
          <>
            <svg
              className={styles.svg}
              width={total}
              height={height}
              role="img"
              aria-label={calendarInWords(days, shown)}
            >
              <defs>
                <HatchPattern id={hatchId} />
              </defs>
              {monthLabels(bounds, zone).map(label => (
                <text key={label.column} className={styles.axis} x={LEFT + label.column * step} y={11}>
                  {label.word}
                </text>
              ))}
              {WEEKDAYS.map((word, row) => (
                <text key={`${word}${String(row)}`} className={styles.axis} x={0} y={TOP + row * ROW + 12}>
                  {word}
                </text>
              ))}
              {days.map((day, index) => {
                const at = placeOfDay(index);
                return (
                  <DayCell
                    key={day.fromAt}
                    look={dayLook(day, shown)}
                    x={LEFT + at.column * step}
                    y={TOP + at.row * ROW}
                    width={cell}
                    height={CELL_HEIGHT}
                    hatchId={hatchId}
                  />
                );
              })}
              <rect
                className={styles.chosen}
                x={LEFT + place.column * step - 2}
                y={TOP + place.row * ROW - 2}
                width={cell + 4}
                height={CELL_HEIGHT + 4}
                rx={5}
              />
              {denseX !== undefined && denseX > startX && (
                <line className={styles.sparse} x1={startX} x2={denseX - GAP} y1={lineY} y2={lineY} />
              )}
              {denseX !== undefined && <line className={styles.dense} x1={denseX} x2={total} y1={lineY} y2={lineY} />}
            </svg>
            {/* Keys and clicks lie over the picture, which itself is an image with a summary. */}
            <div
              className={styles.keys}
              style={{ left: LEFT, top: TOP, width: total - LEFT, height: 7 * ROW }}
              role="slider"
              tabIndex={0}
              aria-label="Day shown below"
              aria-orientation="horizontal"
              aria-valuemin={0}
              aria-valuemax={days.length - 1}
              aria-valuenow={chosen}
              aria-valuetext={chosenDay === undefined ? '' : dayInWords(chosenDay, shown)}
              title={chosenDay === undefined ? '' : dayInWords(chosenDay, shown)}
              onClick={choose}
              onKeyDown={onKeyDown}
            />
            <p className={styles.cadences} style={{ paddingLeft: LEFT, maxWidth: total - LEFT }}>
              {firstProtected > 0 && <span>· before protection</span>}
              {sparse.length > 0 && denseX !== undefined && denseX > startX && (
                <span className={styles.cadence}>
                  <CadenceLine className={styles.sparse} />
                  documented cadence {sparse.join(', ')}
                </span>
              )}
              {denseWords !== '' && (
                <span className={styles.cadence}>
                  {denseX !== undefined && <CadenceLine className={styles.dense} />}
                  {denseWords}
                </span>
              )}
            </p>
          </>
        )}
      </div>
      <ul className={styles.unseen} aria-label="Points by day, as a list">
        {runsInWords(days, shown).map(run => (
          <li key={run}>{run}</li>
        ))}
      </ul>
    </div>
  );
}

/** The line of a cadence, as it is drawn beneath the days. */
function CadenceLine({ className }: { className: string }) {
  return (
    <svg width={18} height={8} aria-hidden>
      <line className={className} x1={0} x2={18} y1={4} y2={4} />
    </svg>
  );
}

const shades = [1, 2, 3, 4] as const;
const looks: readonly { word: string; looks: readonly DayLook[] }[] = [
  { word: 'all known: 1, 2–10, 11–50, more', looks: shades.map(shade => ({ is: 'known', shade, fast: false })) },
  { word: 'known in part: at least', looks: [{ is: 'part', shade: 3, fast: false }] },
  { word: 'asked, none exist', looks: [{ is: 'empty' }] },
  { word: 'not yet asked', looks: [{ is: 'notAsked' }] },
];

function Legend() {
  const styles = useStyles();
  const hatchId = `hatch-${useId()}`;
  return (
    <ul className={styles.legend} aria-hidden>
      {looks.map(({ word, looks: drawn }) => (
        <li key={word} className={styles.entry}>
          <svg width={drawn.length * 20 - 2} height={16}>
            <defs>
              <HatchPattern id={hatchId} />
            </defs>
            {drawn.map((look, index) => (
              <DayCell
                key={'shade' in look ? look.shade : look.is}
                look={look}
                x={index * 20}
                y={0}
                hatchId={hatchId}
              />
            ))}
          </svg>
          {word}
        </li>
      ))}
      <li className={styles.entry}>
        <FastBolt />
        fast point
      </li>
    </ul>
  );
}
