import { makeStyles, tokens } from '@fluentui/react-components';
import { useId } from 'react';
import type { KeyboardEvent, MouseEvent } from 'react';
import type { Point, Span } from '../../shared/contract/certainty.ts';
import { HOUR } from '../../shared/domain/time.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { HatchPattern } from '../ui/certainty/day-cell.tsx';
import { formatQuantity } from '../ui/number.ts';
import { ownColours } from '../ui/theme.ts';
import { formatClock, formatDuration, formatMoment } from '../ui/time/format.ts';
import { RulerBand } from './ruler-band.tsx';
import { HOURS_BAND, HoursLine } from './ruler-labels.tsx';
import { LABEL_HALF, atX, dayTicks, enlargedAround, incidentAfterKey, labelledPoints, xOf } from './ruler.ts';
import type { Scale } from './ruler.ts';
import { useWidth } from './use-width.ts';

const useStyles = makeStyles({
  frame: { position: 'relative', width: '100%' },
  svg: { display: 'block', overflow: 'visible' },
  axis: { fontSize: '11px', fill: tokens.colorNeutralForeground3 },
  strong: { fontSize: '12px', fontWeight: tokens.fontWeightSemibold, fill: tokens.colorNeutralForeground1 },
  line: { stroke: tokens.colorNeutralStroke1 },
  zoom: {
    fill: 'none',
    stroke: tokens.colorCompoundBrandStroke,
    strokeWidth: 2,
    '@media (forced-colors: active)': { stroke: 'Highlight' },
  },
  cursor: {
    stroke: ownColours.backstopCursor,
    strokeWidth: 2,
    '@media (forced-colors: active)': { stroke: 'CanvasText' },
  },
  cursorFill: { fill: ownColours.backstopCursor, '@media (forced-colors: active)': { fill: 'CanvasText' } },
  loss: { fill: tokens.colorStatusWarningBackground2, '@media (forced-colors: active)': { fill: 'Mark' } },
  lossWord: {
    fontSize: '12px',
    fontWeight: tokens.fontWeightSemibold,
    fill: tokens.colorStatusWarningForeground2,
    '@media (forced-colors: active)': { fill: 'MarkText' },
  },
  keys: {
    position: 'absolute',
    left: 0,
    cursor: 'crosshair',
    borderRadius: '4px',
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '2px' },
  },
});

const DAY_BAND = { y: 16, height: 30 };
const HEIGHT = 156;
const LABEL_GAP = 38;

interface DayRulersProps {
  readonly fromAt: UtcSeconds;
  readonly toAt: UtcSeconds;
  readonly spans: readonly Span[];
  readonly points: readonly Point[];
  readonly zone: string;
  readonly now: UtcSeconds;
  readonly incidentAt: UtcSeconds | undefined;
  /** The newest point before the incident, where one is known; also when it lies on an earlier day. */
  readonly chosen: Point | undefined;
  /** Whether a newer point may exist between it and the incident. */
  readonly isUpTo: boolean;
  readonly onIncident: (at: UtcSeconds) => void;
}

/** A day and the enlarged hours around the incident: a zoom of the calendar and a zoom of that. */
export function DayRulers(props: DayRulersProps) {
  const { fromAt, toAt, spans, points, zone, now, incidentAt, chosen, isUpTo, onIncident } = props;
  const styles = useStyles();
  const { ref, width } = useWidth();
  const hatchId = `hatch-${useId()}`;
  const isHere = incidentAt !== undefined && incidentAt >= fromAt && incidentAt <= toAt;
  const enlarged = enlargedAround(isHere ? incidentAt : Math.min(fromAt + 12 * HOUR, now), fromAt, toAt);
  const day: Scale = { fromAt, toAt, width };
  const hours: Scale = { ...enlarged, width };
  const clock = (at: UtcSeconds) => (at === toAt ? '24:00' : formatClock(at, zone));

  const click = (scale: Scale) => (event: MouseEvent) => {
    const box = event.currentTarget.getBoundingClientRect();
    onIncident(Math.min(atX(scale, event.clientX - box.left), now));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const from = incidentAt ?? Math.min(now, fromAt + 12 * HOUR);
    const next = incidentAfterKey(event.key, isHere ? from : Math.min(now, fromAt + 12 * HOUR), points, {
      fromAt,
      toAt,
    });
    if (next === undefined) return;
    event.preventDefault();
    onIncident(Math.min(next, now));
  };
  const lossWords =
    chosen === undefined || incidentAt === undefined
      ? undefined
      : `${isUpTo ? 'up to ' : ''}${formatDuration(incidentAt - chosen.at)} lost`;
  const valueText =
    incidentAt === undefined
      ? 'No incident time yet'
      : `Incident ${formatMoment(incidentAt, zone, now)}, ${chosen === undefined ? 'no known point before it' : `newest known point ${formatMoment(chosen.at, zone, now)}, ${lossWords ?? ''}`}`;
  const summary = `${formatQuantity(points.length, 'known point')} on this day. ${valueText}`;

  const lossFrom = chosen === undefined ? undefined : Math.max(chosen.at, enlarged.fromAt);
  const cursorX = isHere ? xOf(hours, incidentAt) : 0;
  return (
    <div className={styles.frame} ref={ref} style={{ height: HEIGHT }}>
      {width > 0 && (
        <>
          <svg className={styles.svg} width={width} height={HEIGHT} role="img" aria-label={summary}>
            <defs>
              <HatchPattern id={hatchId} />
            </defs>
            <RulerBand scale={day} spans={spans} points={points} now={now} {...DAY_BAND} hatchId={hatchId} />
            <line
              className={styles.line}
              x1={0}
              x2={width}
              y1={DAY_BAND.y + DAY_BAND.height}
              y2={DAY_BAND.y + DAY_BAND.height}
            />
            {dayTicks(zone, fromAt, toAt, width < 500 ? 6 : 3).map((tick, index, all) => (
              <g key={tick.word}>
                <line
                  className={styles.line}
                  x1={xOf(day, tick.at)}
                  x2={xOf(day, tick.at)}
                  y1={DAY_BAND.y + DAY_BAND.height}
                  y2={DAY_BAND.y + DAY_BAND.height + 4}
                />
                <text
                  className={styles.axis}
                  x={xOf(day, tick.at)}
                  y={DAY_BAND.y + DAY_BAND.height + 15}
                  textAnchor={index === 0 ? 'start' : index === all.length - 1 ? 'end' : 'middle'}
                >
                  {tick.word}
                </text>
              </g>
            ))}
            <rect
              className={styles.zoom}
              x={Math.max(1, xOf(day, enlarged.fromAt))}
              y={DAY_BAND.y - 3}
              width={Math.max(4, xOf(day, enlarged.toAt) - Math.max(1, xOf(day, enlarged.fromAt)) - 1)}
              height={DAY_BAND.height + 6}
              rx={3}
            />
            {isHere && (
              <>
                <line
                  className={styles.cursor}
                  x1={xOf(day, incidentAt)}
                  x2={xOf(day, incidentAt)}
                  y1={DAY_BAND.y - 6}
                  y2={DAY_BAND.y + DAY_BAND.height}
                />
                <path className={styles.cursorFill} d={`M${xOf(day, incidentAt) - 5} ${DAY_BAND.y - 10} h10 l-5 6 z`} />
              </>
            )}
            <RulerBand
              scale={hours}
              spans={spans}
              points={points}
              now={now}
              {...HOURS_BAND}
              hatchId={hatchId}
              chosenAt={isHere ? chosen?.at : undefined}
            />
            {isHere && lossFrom !== undefined && xOf(hours, incidentAt) > xOf(hours, lossFrom) && (
              <>
                <rect
                  className={styles.loss}
                  x={xOf(hours, lossFrom) + 2}
                  y={HOURS_BAND.y + 1}
                  width={Math.max(0, cursorX - xOf(hours, lossFrom) - 2)}
                  height={HOURS_BAND.height - 2}
                  opacity={isUpTo ? 0.75 : 1}
                />
                {cursorX - xOf(hours, lossFrom) > 76 && (
                  <text
                    className={styles.lossWord}
                    x={(xOf(hours, lossFrom) + cursorX) / 2}
                    y={HOURS_BAND.y + HOURS_BAND.height / 2 + 4}
                    textAnchor="middle"
                  >
                    {lossWords}
                  </text>
                )}
              </>
            )}
            {labelledPoints(points, hours, zone, isHere ? chosen?.at : undefined, LABEL_GAP).map(label => (
              <text
                key={label.at}
                className={label.isChosen ? styles.strong : styles.axis}
                x={Math.min(width - LABEL_HALF, Math.max(LABEL_HALF, xOf(hours, label.at)))}
                y={HOURS_BAND.y + HOURS_BAND.height + 15}
                textAnchor="middle"
              >
                {label.word}
              </text>
            ))}
            {isHere && (
              <line
                className={styles.cursor}
                x1={cursorX}
                x2={cursorX}
                y1={HOURS_BAND.y - 16}
                y2={HOURS_BAND.y + HOURS_BAND.height}
              />
            )}
            <HoursLine
              scale={hours}
              chosen={chosen}
              zone={zone}
              now={now}
              cursorX={isHere ? cursorX : undefined}
              caption={`${clock(enlarged.fromAt)}–${clock(enlarged.toAt)} enlarged`}
              incidentWord={isHere ? `Incident ${formatClock(incidentAt, zone)}` : ''}
            />
          </svg>
          {/* Keys and clicks lie over the drawing, which itself is an image with a summary. */}
          <div
            className={styles.keys}
            style={{ top: DAY_BAND.y - 4, height: DAY_BAND.height + 6, width }}
            role="slider"
            tabIndex={0}
            aria-label="Incident time"
            aria-valuemin={fromAt}
            aria-valuemax={toAt}
            aria-valuenow={isHere ? incidentAt : fromAt}
            aria-valuetext={valueText}
            onClick={click(day)}
            onKeyDown={onKeyDown}
          />
          <div
            className={styles.keys}
            style={{ top: HOURS_BAND.y, height: HOURS_BAND.height, width }}
            aria-hidden
            onClick={click(hours)}
          />
        </>
      )}
    </div>
  );
}
