import { makeStyles, tokens } from '@fluentui/react-components';
import type { Point } from '../../shared/contract/certainty.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { ownColours } from '../ui/theme.ts';
import { formatClock, formatMoment } from '../ui/time/format.ts';
import { xOf } from './ruler.ts';
import type { Scale } from './ruler.ts';

/** Where the enlarged hours lie in the drawing. */
export const HOURS_BAND = { y: 96, height: 40 };
/** What "← newest point Tue 24 Nov 20:55 UTC" needs before the incident's flag. */
const BEFORE_ROOM = 260;

const useStyles = makeStyles({
  strong: { fontSize: '12px', fontWeight: tokens.fontWeightSemibold, fill: tokens.colorNeutralForeground1 },
  dot: { fill: tokens.colorCompoundBrandBackground, '@media (forced-colors: active)': { fill: 'LinkText' } },
  cursorFill: { fill: ownColours.backstopCursor, '@media (forced-colors: active)': { fill: 'CanvasText' } },
  flag: {
    fontSize: '12px',
    fontWeight: tokens.fontWeightSemibold,
    fill: tokens.colorNeutralBackground1,
    '@media (forced-colors: active)': { fill: 'Canvas' },
  },
});

/** `Newest point 13:43 ●` over its tick; where it lies before the enlarged hours, at their left edge with its day. */
export function ChosenLabel({
  scale,
  chosen,
  zone,
  now,
  cursorX,
}: {
  scale: Scale;
  chosen: Point;
  zone: string;
  now: UtcSeconds;
  cursorX: number;
}) {
  const styles = useStyles();
  const y = HOURS_BAND.y - 8;
  if (chosen.at < scale.fromAt) {
    // Above the band; where the incident's flag stands there, beneath it.
    const isAbove = cursorX > BEFORE_ROOM;
    return (
      <text className={styles.strong} x={0} y={isAbove ? y : HOURS_BAND.y + HOURS_BAND.height + 15}>
        {`← newest point ${formatMoment(chosen.at, zone, now)}`}
      </text>
    );
  }
  const x = xOf(scale, chosen.at);
  const isWide = x > 260;
  if (!isWide && cursorX - x < 150) return <circle className={styles.dot} cx={x} cy={y - 4} r={5} />;
  return (
    <g>
      <circle className={styles.dot} cx={x} cy={y - 4} r={5} />
      <text className={styles.strong} x={isWide ? x - 10 : x + 10} y={y} textAnchor={isWide ? 'end' : 'start'}>
        {`Newest point ${formatClock(chosen.at, zone)}`}
      </text>
    </g>
  );
}

const FLAG_WIDTH = 96;

/** The incident's flag at its cursor; it turns to the left where it would leave the ruler. */
export function IncidentFlag({ x, width, word }: { x: number; width: number; word: string }) {
  const styles = useStyles();
  const left = x + FLAG_WIDTH > width ? x - FLAG_WIDTH : x;
  return (
    <g>
      <rect className={styles.cursorFill} x={left} y={HOURS_BAND.y - 20} width={FLAG_WIDTH} height={18} rx={2} />
      <text className={styles.flag} x={left + FLAG_WIDTH / 2} y={HOURS_BAND.y - 7} textAnchor="middle">
        {word}
      </text>
    </g>
  );
}
