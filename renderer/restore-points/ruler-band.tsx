import { makeStyles, tokens } from '@fluentui/react-components';
import type { Point, Span } from '../../shared/contract/certainty.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { ownColours } from '../ui/theme.ts';
import { xOf } from './ruler.ts';
import type { Scale } from './ruler.ts';

const useStyles = makeStyles({
  known: {
    fill: tokens.colorNeutralBackground1,
    stroke: ownColours.backstopEmptyEdge,
    strokeOpacity: 0.8,
    '@media (forced-colors: active)': { fill: 'Canvas', stroke: 'CanvasText' },
  },
  shown: {
    fill: tokens.colorNeutralBackground1,
    stroke: ownColours.backstopEmptyEdge,
    strokeDasharray: '1 3',
    '@media (forced-colors: active)': { fill: 'Canvas', stroke: 'CanvasText' },
  },
  unasked: {
    stroke: ownColours.backstopHatchEdge,
    strokeDasharray: '2.5 2',
    '@media (forced-colors: active)': { stroke: 'GrayText' },
  },
  tick: {
    stroke: tokens.colorCompoundBrandStroke,
    strokeWidth: 2,
    '@media (forced-colors: active)': { stroke: 'LinkText' },
  },
  fastTick: {
    strokeWidth: 3.5,
    stroke: ownColours.backstopBolt,
    '@media (forced-colors: active)': { stroke: 'LinkText' },
  },
  chosen: { strokeWidth: 4 },
  bolt: { fill: ownColours.backstopBolt, '@media (forced-colors: active)': { fill: 'LinkText' } },
});

const BOLT = 'M5.2 0 1 6h3l-1.2 5L8 4.4H4.9L6.6 0z';

interface RulerBandProps {
  readonly scale: Scale;
  readonly spans: readonly Span[];
  readonly points: readonly Point[];
  readonly now: UtcSeconds;
  readonly y: number;
  readonly height: number;
  readonly hatchId: string;
  readonly chosenAt?: UtcSeconds | undefined;
}

/** Stretches and points of a time line inside an svg: hatched where nobody has asked, a tick for each known point. */
export function RulerBand({ scale, spans, points, now, y, height, hatchId, chosenAt }: RulerBandProps) {
  const styles = useStyles();
  return (
    <g>
      {spans.flatMap(span => {
        const fromAt = Math.max(span.fromAt, scale.fromAt);
        const toAt = Math.min(span.toAt, now, scale.toAt);
        if (toAt <= fromAt) return [];
        const box = {
          x: xOf(scale, fromAt) + 0.5,
          y: y + 0.5,
          width: Math.max(1, xOf(scale, toAt) - xOf(scale, fromAt) - 1),
          height: height - 1,
        };
        if (span.state === 'notAsked')
          return [<rect key={span.fromAt} {...box} fill={`url(#${hatchId})`} className={styles.unasked} />];
        return [<rect key={span.fromAt} {...box} className={span.state === 'proven' ? styles.known : styles.shown} />];
      })}
      {points
        .filter(point => point.at >= scale.fromAt && point.at < scale.toAt)
        .map(point => {
          const x = xOf(scale, point.at);
          const inset = point.fast ? 2 : height * 0.2;
          const isChosen = point.at === chosenAt;
          return (
            <g key={point.id}>
              <line
                x1={x}
                x2={x}
                y1={isChosen ? y : y + inset}
                y2={isChosen ? y + height : y + height - (point.fast ? 2 : 1)}
                className={`${styles.tick} ${point.fast ? styles.fastTick : ''} ${isChosen ? styles.chosen : ''}`}
              />
              {point.fast && <path d={BOLT} transform={`translate(${x - 4.5}, ${y - 12})`} className={styles.bolt} />}
            </g>
          );
        })}
    </g>
  );
}
