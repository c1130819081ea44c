import { Link, makeStyles, tokens } from '@fluentui/react-components';
import type { Finding, PlanReview } from '../../shared/contract/plans.ts';
import { restoreLimits } from '../../shared/domain/restore-session.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { Facts } from '../ui/facts.tsx';
import { formatCount, formatPart, formatQuantity } from '../ui/number.ts';
import { formatMoment } from '../ui/time/format.ts';
import { Estimates } from './estimates.tsx';
import type { FindingAction } from './finding-words.ts';
import { Findings } from './findings.tsx';
import { Overwritten } from './overwritten.tsx';

const useStyles = makeStyles({
  two: {
    display: 'grid',
    gridTemplateColumns: 'repeat(2, minmax(0, 1fr))',
    gap: '8px 24px',
    '@media (max-width: 999px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  head: { display: 'flex', alignItems: 'baseline', gap: '12px' },
  title: {
    margin: '4px 0',
    flexGrow: 1,
    fontSize: tokens.fontSizeBase300,
    lineHeight: '20px',
    fontWeight: tokens.fontWeightSemibold,
  },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
});

interface ReviewedProps {
  readonly review: PlanReview;
  readonly zone: string;
  readonly now: UtcSeconds;
  readonly isChecking: boolean;
  readonly onCheck: () => void;
  readonly onShow: () => void;
  readonly onAction: (action: FindingAction, finding: Finding) => void;
}

/** What a review says: what is overwritten, what was found, how long it may take and what is sent. */
export function Reviewed({ review, zone, now, isChecking, onCheck, onShow, onAction }: ReviewedProps) {
  const styles = useStyles();
  const { activeSessions } = review;
  return (
    <>
      <Overwritten review={review} onShow={onShow} />
      <div className={styles.two}>
        <section aria-label="Before you start">
          <div className={styles.head}>
            <h2 className={styles.title}>Before you start</h2>
            <span className={styles.quiet} aria-live="polite">
              {isChecking ? 'checking' : `checked ${formatMoment(review.checkedAt, zone, now)}`}
            </span>
            {isChecking ? null : (
              <Link as="button" onClick={onCheck}>
                Check again
              </Link>
            )}
          </div>
          <Findings
            findings={review.findings}
            context={{ moment: at => formatMoment(at, zone, now), tenantName: review.tenantName }}
            onAction={onAction}
          />
        </section>
        <div>
          <section aria-label="Time, if started now">
            <h2 className={styles.title}>Time, if started now</h2>
            <Estimates review={review} zone={zone} />
          </section>
          <section aria-label="What is sent">
            <h2 className={styles.title}>What is sent</h2>
            <Facts
              facts={[
                {
                  name: 'Sessions',
                  value: `${formatCount(review.sessions)} (one a workload)${
                    activeSessions === undefined
                      ? ''
                      : `; ${formatPart(activeSessions + review.sessions, restoreLimits.activeSessions)} active then`
                  }`,
                },
                {
                  name: 'Requests',
                  value: `${formatCount(review.requests)} with at most ${restoreLimits.artifactsPerRequest} artifacts each, ${formatQuantity(review.sessions, 'activation')} among them`,
                },
              ]}
            />
          </section>
        </div>
      </div>
    </>
  );
}
