import { makeStyles, tokens } from '@fluentui/react-components';
import { useId } from 'react';
import type { PlanOutlook } from '../../shared/contract/plans.ts';
import { HatchPattern } from '../ui/certainty/day-cell.tsx';
import { formatCount } from '../ui/number.ts';
import { ownColours } from '../ui/theme.ts';
import { lossBars, lossesInWords } from './histogram.ts';

const useStyles = makeStyles({
  svg: { display: 'block', width: '100%', maxWidth: '420px', height: 'auto', overflow: 'visible' },
  bar: { fill: tokens.colorCompoundBrandBackground, '@media (forced-colors: active)': { fill: 'LinkText' } },
  striped: { stroke: ownColours.backstopHatchEdge },
  base: { stroke: tokens.colorNeutralForeground3 },
  axis: { fontSize: '11px', fill: tokens.colorNeutralForeground3 },
  count: { fontSize: '11px', fill: tokens.colorNeutralForeground1 },
});

const STEP = 49;
const BAR = 34;
const HEIGHT = 46;
const TOP = 14;

/** How many units lose how much: solid bars are sure, striped ones "up to". */
export function LossHistogram({ losses }: { losses: PlanOutlook['losses'] }) {
  const styles = useStyles();
  const hatchId = `hatch-${useId()}`;
  const bars = lossBars(losses);
  return (
    <svg
      className={styles.svg}
      viewBox={`0 0 ${bars.length * STEP} ${TOP + HEIGHT + 18}`}
      role="img"
      aria-label={lossesInWords(losses)}
    >
      <defs>
        <HatchPattern id={hatchId} />
      </defs>
      {bars.map((bar, index) => {
        const x = index * STEP + (STEP - BAR) / 2;
        const solid = bar.solid * HEIGHT;
        const striped = bar.striped * HEIGHT;
        return (
          <g key={bar.label}>
            <rect className={styles.bar} x={x} y={TOP + HEIGHT - solid} width={BAR} height={solid} />
            {striped > 0 && (
              <rect
                className={styles.striped}
                fill={`url(#${hatchId})`}
                x={x + 0.5}
                y={TOP + HEIGHT - solid - striped}
                width={BAR - 1}
                height={striped}
              />
            )}
            <text className={styles.count} x={x + BAR / 2} y={TOP + HEIGHT - solid - striped - 4} textAnchor="middle">
              {formatCount(bar.units)}
            </text>
            <text className={styles.axis} x={x + BAR / 2} y={TOP + HEIGHT + 14} textAnchor="middle">
              {bar.label}
            </text>
          </g>
        );
      })}
      <line className={styles.base} x1={0} x2={bars.length * STEP} y1={TOP + HEIGHT + 0.5} y2={TOP + HEIGHT + 0.5} />
    </svg>
  );
}
