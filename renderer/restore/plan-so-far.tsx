import { makeStyles, tokens } from '@fluentui/react-components';
import { Info16Regular } from '@fluentui/react-icons';
import type { ReactNode } from 'react';
import type { Plan } from '../../shared/contract/plans.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { formatCount, formatQuantity } from '../ui/number.ts';
import { formatClock, formatDay } from '../ui/time/format.ts';
import { zoneName } from '../ui/time/zone.ts';
import { certaintyInWords, kindsInWords, ruleInWords, sessionsInWords } from './plan-words.ts';
import { destinationWords } from './where-words.ts';

const useStyles = makeStyles({
  panel: {
    width: '240px',
    flexShrink: 0,
    boxSizing: 'border-box',
    padding: '12px 16px',
    borderLeft: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
    display: 'flex',
    flexDirection: 'column',
    gap: '8px',
    overflowY: 'auto',
    '@media (min-width: 1600px)': { width: '320px' },
    '@media (max-width: 999px)': { display: 'none' },
  },
  title: { margin: 0, fontSize: tokens.fontSizeBase300, lineHeight: '20px', fontWeight: tokens.fontWeightSemibold },
  part: {
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    paddingTop: '8px',
    ':first-of-type': { borderTop: 'none', paddingTop: 0 },
  },
  step: {
    margin: 0,
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
    lineHeight: '18px',
    fontWeight: tokens.fontWeightRegular,
  },
  value: { margin: 0, fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere' },
  more: { margin: 0, fontSize: tokens.fontSizeBase200, lineHeight: '18px', color: tokens.colorNeutralForeground2 },
  quiet: { color: tokens.colorNeutralForeground3, fontWeight: tokens.fontWeightRegular },
  rest: { flexGrow: 1 },
  note: {
    display: 'flex',
    gap: '8px',
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    paddingTop: '8px',
    margin: 0,
    fontSize: tokens.fontSizeBase200,
    lineHeight: '18px',
  },
});

/** The plan so far, beside every step. */
export function PlanSoFar({ plan, zone, now }: { plan: Plan; zone: string; now: UtcSeconds }) {
  const styles = useStyles();
  const shownZone = plan.timeZone ?? zone;
  const leftOut = plan.units - plan.restorable;
  return (
    <aside className={styles.panel} aria-label="Plan so far">
      <h2 className={styles.title}>Plan so far</h2>
      <Part step="1 What" value={plan.units === 0 ? undefined : formatQuantity(plan.units, 'unit')}>
        {plan.units > 0 && kindsInWords(plan)}
      </Part>
      <Part
        step="2 When"
        value={
          plan.incidentAt === undefined
            ? undefined
            : `${formatDay(plan.incidentAt, shownZone, now)}, ${formatClock(plan.incidentAt, shownZone)} ${zoneName(shownZone, plan.incidentAt)}`
        }
      >
        {plan.incidentAt !== undefined && (
          <>
            {ruleInWords(plan)}
            <br />
            {certaintyInWords(plan)}
            {leftOut > 0 && (
              <>
                <br />
                {formatCount(leftOut)} without a known point {leftOut === 1 ? 'is' : 'are'} left out and listed in the
                report
              </>
            )}
          </>
        )}
      </Part>
      <Part step="3 Where" value={plan.destination === undefined ? undefined : destinationWords[plan.destination]} />
      <Part step="4 Review" value={null}>
        {sessionsInWords(plan)}
      </Part>
      <span className={styles.rest} />
      <p className={styles.note}>
        <Info16Regular aria-hidden style={{ flexShrink: 0, marginTop: 1 }} />
        Points can be asked for, never listed. What nobody asked for is never assumed.
      </p>
    </aside>
  );
}

/** `value`: absent where it is not chosen yet, null where the step has none. */
function Part({ step, value, children }: { step: string; value?: string | undefined | null; children?: ReactNode }) {
  const styles = useStyles();
  return (
    <section className={styles.part}>
      <h3 className={styles.step}>{step}</h3>
      {value !== null && (
        <p className={value === undefined ? `${styles.value} ${styles.quiet}` : styles.value}>
          {value ?? 'not chosen yet'}
        </p>
      )}
      {children !== undefined && children !== false && <p className={styles.more}>{children}</p>}
    </section>
  );
}
