import { makeStyles, tokens } from '@fluentui/react-components';
import type { Point } from '../../shared/contract/certainty.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { ownColours } from '../ui/theme.ts';
import { formatClock, formatMoment } from '../ui/time/format.ts';
import { roomForCaption, xOf } from './ruler.ts';
import type { Scale, TakenRoom } from './ruler.ts';

/** Where the enlarged hours lie in the drawing. */
export const HOURS_BAND = { y: 96, height: 40 };
/** What "← newest point Tue 24 Nov 20:55 UTC" needs before the incident's flag. */
const BEFORE_ROOM = 260;

const useStyles = makeStyles({
  axis: { fontSize: '11px', fill: tokens.colorNeutralForeground3 },
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

/** What the line above the enlarged hours is laid out by. */
interface LabelsOf {
  readonly scale: Scale;
  readonly chosen: Point | undefined;
  readonly zone: string;
  readonly now: UtcSeconds;
  /** Where the incident's cursor stands; absent where it lies on another day. */
  readonly cursorX: number | undefined;
}

type PlacedLabel =
  | { readonly is: 'none' }
  /** It lies before the enlarged hours: named at their left edge, above them or, where the flag stands there, beneath. */
  | { readonly is: 'before'; readonly isAbove: boolean }
  | { readonly is: 'dot'; readonly x: number }
  | { readonly is: 'left' | 'right'; readonly x: number };

const LABEL_WIDTH = 134;
const DOT = 6;

function placeOfChosen({ scale, chosen, cursorX }: LabelsOf): PlacedLabel {
  if (chosen === undefined || cursorX === undefined) return { is: 'none' };
  if (chosen.at < scale.fromAt) return { is: 'before', isAbove: cursorX > BEFORE_ROOM };
  const x = xOf(scale, chosen.at);
  if (x > LABEL_WIDTH + DOT) return { is: 'left', x };
  return cursorX - x < LABEL_WIDTH + 2 * DOT ? { is: 'dot', x } : { is: 'right', x };
}

function takenBy(placed: PlacedLabel): TakenRoom[] {
  switch (placed.is) {
    case 'none':
      return [];
    case 'before':
      return placed.isAbove ? [{ from: 0, to: BEFORE_ROOM }] : [];
    case 'dot':
      return [{ from: placed.x - DOT, to: placed.x + DOT }];
    case 'left':
      return [{ from: placed.x - LABEL_WIDTH, to: placed.x + DOT }];
    case 'right':
      return [{ from: placed.x - DOT, to: placed.x + LABEL_WIDTH }];
  }
}

/** The line above the enlarged hours: which they are, the newest point, and the incident's flag; none of them over another. */
export function HoursLine(props: LabelsOf & { readonly caption: string; readonly incidentWord: string }) {
  const { scale, chosen, zone, now, cursorX, caption, incidentWord } = props;
  const styles = useStyles();
  const placed = placeOfChosen(props);
  const flag =
    cursorX === undefined
      ? []
      : [{ from: flagLeft(cursorX, scale.width), to: flagLeft(cursorX, scale.width) + FLAG_WIDTH }];
  const captionX = roomForCaption(scale.width, CAPTION_WIDTH, [...takenBy(placed), ...flag]);
  const y = HOURS_BAND.y - 8;
  const name = (at: UtcSeconds) => `Newest point ${formatClock(at, zone)}`;
  return (
    <g>
      {captionX !== undefined && (
        <text className={styles.axis} x={captionX} y={y}>
          {caption}
        </text>
      )}
      {chosen !== undefined && placed.is === 'before' && (
        <text className={styles.strong} x={0} y={placed.isAbove ? y : HOURS_BAND.y + HOURS_BAND.height + 15}>
          {`← newest point ${formatMoment(chosen.at, zone, now)}`}
        </text>
      )}
      {'x' in placed && <circle className={styles.dot} cx={placed.x} cy={y - 4} r={5} />}
      {chosen !== undefined && (placed.is === 'left' || placed.is === 'right') && (
        <text
          className={styles.strong}
          x={placed.is === 'left' ? placed.x - 10 : placed.x + 10}
          y={y}
          textAnchor={placed.is === 'left' ? 'end' : 'start'}
        >
          {name(chosen.at)}
        </text>
      )}
      {cursorX !== undefined && <IncidentFlag left={flagLeft(cursorX, scale.width)} word={incidentWord} />}
    </g>
  );
}

/** What "16:00–19:30 enlarged" needs. */
const CAPTION_WIDTH = 136;
const FLAG_WIDTH = 96;

/** The flag stands right of its cursor; it turns to the left where it would leave the ruler. */
function flagLeft(cursorX: number, width: number): number {
  return cursorX + FLAG_WIDTH > width ? cursorX - FLAG_WIDTH : cursorX;
}

/** The incident's flag at its cursor. */
function IncidentFlag({ left, word }: { left: number; word: string }) {
  const styles = useStyles();
  return (
    <g>
      <rect className={styles.cursorFill} x={left} y={HOURS_BAND.y - 20} width={FLAG_WIDTH} height={18} rx={2} />
      <text className={styles.flag} x={left + FLAG_WIDTH / 2} y={HOURS_BAND.y - 7} textAnchor="middle">
        {word}
      </text>
    </g>
  );
}
