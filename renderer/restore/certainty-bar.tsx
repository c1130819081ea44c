import { makeStyles, tokens } from '@fluentui/react-components';
import { useId } from 'react';
import type { Plan } from '../../shared/contract/plans.ts';
import { HatchPattern } from '../ui/certainty/day-cell.tsx';
import { ownColours } from '../ui/theme.ts';
import { certaintyInWords } from './plan-words.ts';

const useStyles = makeStyles({
  svg: { display: 'block', width: '100%', height: '12px' },
  exact: { fill: tokens.colorCompoundBrandBackground, '@media (forced-colors: active)': { fill: 'LinkText' } },
  shown: { fill: tokens.colorNeutralBackground1, stroke: tokens.colorCompoundBrandStroke, strokeDasharray: '1 2' },
  hatchEdge: { stroke: ownColours.backstopHatchEdge, strokeDasharray: '2.5 2' },
  none: { fill: 'none', stroke: tokens.colorStatusDangerForeground1 },
});

const WIDTH = 530;
const GAP = 2;
/** Three units of a thousand still have to be seen. */
const LEAST = 10;

/** How certain the plan's points are, as one bar: solid, half hatched, hatched, hollow. The words stand beneath it. */
export function CertaintyBar({ plan }: { plan: Plan }) {
  const styles = useStyles();
  const hatchId = `hatch-${useId()}`;
  const { certainty } = plan;
  const looks = (['exact', 'asShown', 'atLeast', 'notAsked', 'none'] as const).filter(look => certainty[look] > 0);
  const total = looks.reduce((sum, look) => sum + certainty[look], 0);
  const room = WIDTH - GAP * (looks.length - 1) - LEAST * looks.length;
  const widths = looks.map(look => LEAST + (total === 0 ? 0 : (certainty[look] / total) * room));
  return (
    <svg
      className={styles.svg}
      viewBox={`0 0 ${WIDTH} 12`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`Points found: ${certaintyInWords(plan)}`}
    >
      <defs>
        <HatchPattern id={hatchId} />
      </defs>
      {looks.map((look, index) => {
        const x = widths.slice(0, index).reduce((sum, width) => sum + width + GAP, 0);
        const box = { x: x + 0.5, y: 0.5, width: (widths[index] ?? 0) - 1, height: 11 };
        switch (look) {
          case 'exact':
            return <rect key={look} x={x} y={0} width={widths[index]} height={12} rx={2} className={styles.exact} />;
          case 'asShown':
            return <rect key={look} {...box} className={styles.shown} />;
          case 'atLeast':
            return (
              <g key={look}>
                <rect {...box} fill={`url(#${hatchId})`} className={styles.hatchEdge} />
                <rect x={x} y={6} width={widths[index]} height={6} className={styles.exact} />
              </g>
            );
          case 'notAsked':
            return <rect key={look} {...box} fill={`url(#${hatchId})`} className={styles.hatchEdge} />;
          case 'none':
            return <rect key={look} {...box} className={styles.none} />;
        }
      })}
    </svg>
  );
}
