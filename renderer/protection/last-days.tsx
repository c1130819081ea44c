import { Link, makeStyles, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { navigate, queries, useClient } from '../store/index.ts';
import { DayCell, HatchPattern } from '../ui/certainty/day-cell.tsx';
import { dayInWords, dayLook } from '../ui/certainty/day-look.ts';
import { FastBolt } from '../ui/certainty/certainty-mark.tsx';
import { ErrorBar } from '../ui/states/error-bar.tsx';
import { SkeletonLines } from '../ui/states/skeleton.tsx';
import { dayBounds, wallAt } from '../ui/time/zone.ts';

const DAYS = 14;
const CELL = { width: 15, height: 15, gap: 3 };

const useStyles = makeStyles({
  head: { display: 'flex', justifyContent: 'space-between', alignItems: 'baseline', gap: '8px' },
  title: { fontSize: tokens.fontSizeBase200, lineHeight: '20px', fontWeight: tokens.fontWeightSemibold, margin: 0 },
  link: { fontSize: tokens.fontSizeBase200 },
  svg: { display: 'block', width: '100%', maxWidth: '320px', overflow: 'visible' },
  axis: { fontSize: '10px', fill: tokens.colorNeutralForeground3 },
  legend: {
    display: 'grid',
    gridTemplateColumns: '1fr 1fr',
    gap: '2px 8px',
    fontSize: tokens.fontSizeBase200,
    lineHeight: '20px',
    color: tokens.colorNeutralForeground2,
    margin: '4px 0 0',
    padding: 0,
    listStyleType: 'none',
  },
  entry: { display: 'inline-flex', alignItems: 'center', gap: '8px' },
  bolt: { width: '15px', display: 'inline-flex', justifyContent: 'center' },
  unseen: { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)' },
});

interface LastDaysProps {
  readonly tenantId: string;
  readonly unitId: string;
  readonly zone: string;
  readonly now: UtcSeconds;
  readonly protectedSinceAt: UtcSeconds | undefined;
}

/** The last fourteen days of a unit as cells, with what each looks like in words, and the same as a list for screen readers. */
export function LastDays({ tenantId, unitId, zone, now, protectedSinceAt }: LastDaysProps) {
  const styles = useStyles();
  const hatchId = `hatch-${useId()}`;
  const bounds = dayBounds(zone, now, DAYS);
  const days = useQuery(queries.days(useClient(), tenantId, unitId, bounds));
  const legend = [
    { word: 'all known', look: { is: 'known', shade: 4, fast: false } },
    { word: 'known in part', look: { is: 'part', shade: 3, fast: false } },
    { word: 'asked, none exist', look: { is: 'empty' } },
    { word: 'not yet asked', look: { is: 'notAsked' } },
  ] as const;
  return (
    <section aria-label="Last 14 days">
      <div className={styles.head}>
        <h3 className={styles.title}>Last 14 days</h3>
        <Link className={styles.link} onClick={() => navigate({ at: 'restore-points', tenantId, unitId })}>
          Open restore points
        </Link>
      </div>
      {days.error !== null ? (
        <ErrorBar error={days.error} />
      ) : days.data === undefined ? (
        <SkeletonLines lines={2} label="Loading the last 14 days" />
      ) : (
        <>
          <svg className={styles.svg} viewBox={`0 0 ${DAYS * (CELL.width + CELL.gap) - CELL.gap} 30`} aria-hidden>
            <defs>
              <HatchPattern id={hatchId} />
            </defs>
            {days.data.map((day, index) => (
              <g key={day.fromAt}>
                <DayCell
                  look={dayLook(day, { now, protectedSinceAt })}
                  x={index * (CELL.width + CELL.gap)}
                  y={0}
                  width={CELL.width}
                  height={CELL.height}
                  hatchId={hatchId}
                />
                {index % 2 === 1 && (
                  <text
                    className={styles.axis}
                    x={index * (CELL.width + CELL.gap) + CELL.width / 2}
                    y={27}
                    textAnchor="middle"
                  >
                    {wallAt(zone, day.fromAt).day}
                  </text>
                )}
              </g>
            ))}
          </svg>
          <ul className={styles.unseen}>
            {days.data.map(day => (
              <li key={day.fromAt}>{dayInWords(day, { now, protectedSinceAt, zone })}</li>
            ))}
          </ul>
          <ul className={styles.legend} aria-hidden>
            {legend.map(({ word, look }) => (
              <li key={word} className={styles.entry}>
                <svg width={CELL.width} height={CELL.height}>
                  <DayCell look={look} x={0} y={0} width={CELL.width} height={CELL.height} hatchId={hatchId} />
                </svg>
                {word}
              </li>
            ))}
            <li className={styles.entry}>
              <span className={styles.bolt}>
                <FastBolt />
              </span>
              fast point
            </li>
          </ul>
        </>
      )}
    </section>
  );
}
