import { makeStyles, tokens } from '@fluentui/react-components';
import type { AdditionJob } from '../../shared/contract/policies.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { Mark } from '../ui/mark.tsx';
import { formatQuantity } from '../ui/number.ts';
import { EmptyState } from '../ui/states/empty-state.tsx';
import { Moment } from '../ui/time/moment.tsx';
import { resultInWords } from './change-words.ts';
import { jobState } from './policy-words.ts';
import { useCardStyles } from './use-card-styles.ts';

const useStyles = makeStyles({
  text: { margin: '4px 0 0', color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
  failed: { margin: '4px 0 0', paddingLeft: '18px', overflowWrap: 'anywhere' },
});

/** The bulk addition jobs of a policy: how each stands, and which entries the service could not add. */
export function JobList({ jobs, zone, now }: { jobs: readonly AdditionJob[]; zone: string; now: UtcSeconds }) {
  const styles = useStyles();
  const cards = useCardStyles();
  if (jobs.length === 0)
    return (
      <EmptyState meaning="No bulk addition job was made for this policy. The service adds long lists of units in one." />
    );
  return (
    <ul className={cards.list} aria-label="Bulk addition jobs">
      {jobs.map(job => {
        const state = jobState(job);
        return (
          <li key={job.id} className={cards.card}>
            <div className={cards.head}>
              <h3 className={cards.title}>{job.name}</h3>
              <Mark tone={state.tone}>{state.word}</Mark>
            </div>
            <p className={styles.text}>
              {job.createdAt === undefined ? (
                'Made at a time that nobody says'
              ) : (
                <Moment at={job.createdAt} zone={zone} now={now} />
              )}
              {job.createdBy === undefined ? '' : `, by ${job.createdBy}`}
              {job.failed > 0 && `; ${formatQuantity(job.failed, 'entry', 'entries')} could not be added`}
            </p>
            {job.error !== undefined && job.failed === 0 && (
              <p className={styles.text}>
                {job.error.code}
                {job.error.message === '' ? '' : `: ${job.error.message}`}
              </p>
            )}
            {job.firstFailed.length > 0 && (
              <ul className={styles.failed}>
                {job.firstFailed.map((failed, index) => (
                  <li key={`${failed.entry ?? ''} ${String(index)}`}>
                    {failed.entry === undefined ? failed.code : `${failed.entry}: `}
                    {resultInWords({ outcome: 'refused', error: failed })}
                  </li>
                ))}
                {job.failed > job.firstFailed.length && (
                  <li>and {formatQuantity(job.failed - job.firstFailed.length, 'other', 'others')}</li>
                )}
              </ul>
            )}
          </li>
        );
      })}
    </ul>
  );
}
