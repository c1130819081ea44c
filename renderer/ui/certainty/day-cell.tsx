import { makeStyles } from '@fluentui/react-components';
import { ownColours } from '../theme.ts';
import type { DayLook } from './day-look.ts';

const useStyles = makeStyles({
  ground: { fill: ownColours.backstopHatchGround },
  edge: {
    fill: 'none',
    stroke: ownColours.backstopCellEdge,
    strokeWidth: 1,
    '@media (forced-colors: active)': { stroke: 'CanvasText' },
  },
  emptyEdge: {
    fill: 'none',
    stroke: ownColours.backstopEmptyEdge,
    strokeOpacity: 0.8,
    '@media (forced-colors: active)': { stroke: 'CanvasText' },
  },
  dashedEdge: {
    fill: 'none',
    stroke: ownColours.backstopHatchEdge,
    strokeDasharray: '2.5 2',
    '@media (forced-colors: active)': { stroke: 'GrayText' },
  },
  stripe: {
    stroke: ownColours.backstopHatchStripe,
    strokeWidth: 1.2,
    '@media (forced-colors: active)': { stroke: 'GrayText' },
  },
  dot: { fill: ownColours.backstopHatchStripe },
  shade1: { fill: ownColours.backstopHeat1, forcedColorAdjust: 'none' },
  shade2: { fill: ownColours.backstopHeat2, forcedColorAdjust: 'none' },
  shade3: { fill: ownColours.backstopHeat3, forcedColorAdjust: 'none' },
  shade4: { fill: ownColours.backstopHeat4, forcedColorAdjust: 'none' },
  onPale: { fill: ownColours.backstopOnHeat1 },
  onDeep: { fill: ownColours.backstopOnHeat4 },
  bolt: { fill: ownColours.backstopBolt },
  // Over a cell that is half hatch, half solid: an edge in the other tone, so that it shows on both.
  edged: { fill: ownColours.backstopOnHeat4, stroke: ownColours.backstopBolt, strokeWidth: 1.6, paintOrder: 'stroke' },
});

const BOLT = 'M5.2 0 1 6h3l-1.2 5L8 4.4H4.9L6.6 0z';

/** The hatch of "not yet asked". Put one into each drawing that uses it, and refer to it by the id. */
export function HatchPattern({ id }: { id: string }) {
  const styles = useStyles();
  return (
    <pattern id={id} width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect width="4" height="4" className={styles.ground} />
      <line x1="0" y1="0" x2="0" y2="4" className={styles.stripe} />
    </pattern>
  );
}

/**
 * A day's cell inside an svg, at (x, y). Solid means that the service has answered, dashed and hatched that nobody has asked, fill
 * that points were seen; it holds without colour. Words go beside it (`dayInWords`): the drawing itself is not announced.
 */
export function DayCell(props: {
  look: DayLook;
  x: number;
  y: number;
  hatchId: string;
  width?: number;
  height?: number;
}) {
  const { look, x, y, hatchId, width = 18, height = 16 } = props;
  const styles = useStyles();
  const w = width - 1;
  const h = height - 1;
  const box = { x: 0.5, y: 0.5, width: w, height: h, rx: 2.5 };
  const shade = (value: 1 | 2 | 3 | 4) => styles[`shade${value}`];
  const hatch = `url(#${hatchId})`;
  const bolt = (className: string) => (
    <path d={BOLT} transform={`translate(${width / 2 - 4.5}, ${height / 2 - 5.5})`} className={className} />
  );
  return (
    <g transform={`translate(${x}, ${y})`}>
      {look.is === 'known' && (
        <>
          <rect {...box} className={shade(look.shade)} />
          <rect {...box} className={styles.edge} />
          {look.fast && bolt(look.shade > 2 ? styles.onDeep : styles.onPale)}
        </>
      )}
      {look.is === 'part' && (
        <>
          <rect {...box} fill={hatch} />
          {look.shade > 0 && (
            <path
              d={`M0.5 ${height * 0.45} h${w} v${height * 0.55 - 3} a2.5 2.5 0 0 1 -2.5 2.5 h${5 - w} a2.5 2.5 0 0 1 -2.5 -2.5 z`}
              className={shade(look.shade === 0 ? 1 : look.shade)}
            />
          )}
          <rect {...box} className={styles.dashedEdge} />
          {look.fast && bolt(look.shade > 2 ? styles.edged : styles.bolt)}
        </>
      )}
      {look.is === 'empty' && <rect {...box} className={styles.emptyEdge} />}
      {look.is === 'notAsked' && (
        <>
          <rect {...box} fill={hatch} />
          <rect {...box} className={styles.dashedEdge} />
        </>
      )}
      {(look.is === 'before' || look.is === 'future') && (
        <circle cx={width / 2} cy={height / 2} r="1" className={styles.dot} />
      )}
    </g>
  );
}
