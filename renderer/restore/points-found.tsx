import { makeStyles, tokens } from '@fluentui/react-components';
import { useId } from 'react';
import type { PlanOutlook } from '../../shared/contract/plans.ts';
import { CertaintyIcon } from '../ui/certainty/certainty-mark.tsx';
import { HatchPattern } from '../ui/certainty/day-cell.tsx';
import { formatCount, formatPart } from '../ui/number.ts';
import { formatDuration } from '../ui/time/format.ts';
import { CertaintyBar } from './certainty-bar.tsx';
import { LossHistogram } from './loss-histogram.tsx';

const useStyles = makeStyles({
  card: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 13fr) minmax(0, 8fr)',
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    padding: '10px 16px',
    columnGap: '32px',
    flexShrink: 0,
    '@media (max-width: 1099px)': { gridTemplateColumns: 'minmax(0, 1fr)', rowGap: '12px' },
  },
  part: { minWidth: 0, display: 'flex', flexDirection: 'column', gap: '6px' },
  head: { margin: 0, fontSize: tokens.fontSizeBase300, lineHeight: '20px', fontWeight: tokens.fontWeightSemibold },
  quiet: {
    fontWeight: tokens.fontWeightRegular,
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
    marginLeft: '8px',
  },
  counts: { display: 'flex', flexWrap: 'wrap', gap: '4px 10px', margin: 0, padding: 0, listStyleType: 'none' },
  count: { display: 'flex', flexDirection: 'column' },
  line: { display: 'inline-flex', alignItems: 'baseline', gap: '6px', whiteSpace: 'nowrap' },
  number: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: '6px',
    fontSize: tokens.fontSizeBase500,
    lineHeight: '24px',
    fontWeight: tokens.fontWeightSemibold,
  },
  meaning: { fontSize: tokens.fontSizeBase200, lineHeight: '16px', color: tokens.colorNeutralForeground3 },
  legend: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: '6px',
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground3,
    alignSelf: 'flex-end',
  },
  edge: { stroke: tokens.colorNeutralStroke1, fill: 'none' },
});

const states = [
  { look: 'exact', word: 'exact', meaning: 'nothing newer exists', ofFast: 'no newer fast one' },
  { look: 'asShown', word: 'as shown', meaning: 'newer ones may appear' },
  { look: 'atLeast', word: 'at least', meaning: 'a newer one may exist', ofFast: 'a newer fast one may exist' },
  { look: 'notAsked', word: 'not yet asked', meaning: 'may be restorable', ofFast: 'may have a fast one' },
  { look: 'none', word: 'none exist', meaning: 'can’t be restored' },
] as const;

/** What was found before the incident, and how much of each unit's time is lost. */
export function PointsFound({ outlook }: { outlook: PlanOutlook }) {
  const styles = useStyles();
  const hatchId = `hatch-${useId()}`;
  const { plan, loss } = outlook;
  const { certainty } = plan;
  const mayHave = certainty.notAsked;
  const hasStripes = outlook.losses.some(bucket => bucket.uncertain > 0);
  return (
    <div className={styles.card}>
      <section className={styles.part} aria-label="Points found">
        <h2 className={styles.head}>
          Points found
          <span className={styles.quiet}>
            for {formatPart(plan.restorable, plan.units)} {plan.units === 1 ? 'unit' : 'units'}
            {mayHave > 0 && `; ${formatCount(mayHave)} more may have one`}
          </span>
        </h2>
        <CertaintyBar plan={plan} />
        <ul className={styles.counts}>
          {states
            .filter(({ look }) => look !== 'asShown' || certainty.asShown > 0)
            .map(({ look, word, meaning, ...state }) => (
              <li key={look} className={styles.count}>
                <span className={styles.line}>
                  <span className={styles.number}>
                    <CertaintyIcon look={look} />
                    {formatCount(certainty[look])}
                  </span>
                  {word}
                </span>
                <span className={styles.meaning}>
                  {plan.preference === 'fast' && 'ofFast' in state ? state.ofFast : meaning}
                </span>
              </li>
            ))}
        </ul>
      </section>
      <section className={styles.part} aria-label="Loss window">
        <h2 className={styles.head}>
          Loss window
          {loss !== undefined && (
            <span className={styles.quiet}>
              min {formatDuration(loss.minSeconds)}, median {formatDuration(loss.medianSeconds)}, max{' '}
              {formatDuration(loss.maxSeconds)}
            </span>
          )}
        </h2>
        <LossHistogram losses={outlook.losses} />
        {hasStripes && (
          <span className={styles.legend} aria-hidden>
            <svg width={14} height={12}>
              <defs>
                <HatchPattern id={hatchId} />
              </defs>
              <rect
                x={0.5}
                y={0.5}
                width={12}
                height={10}
                fill={`url(#${hatchId})`}
                className={styles.edge}
                style={{ fill: `url(#${hatchId})` }}
              />
            </svg>
            up to: a newer point may exist
          </span>
        )}
      </section>
    </div>
  );
}
