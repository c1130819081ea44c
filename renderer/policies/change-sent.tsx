import { makeStyles, ProgressBar } from '@fluentui/react-components';
import { useState } from 'react';
import { AppFailure } from '../../shared/contract/errors.ts';
import type { ChangeResult, SentChange } from '../../shared/contract/policies.ts';
import { FilterChips } from '../ui/filter-chips.tsx';
import { NoticeBar } from '../ui/notice-bar.tsx';
import { formatPart } from '../ui/number.ts';
import { ErrorBar } from '../ui/states/error-bar.tsx';
import { ChangeResults } from './change-results.tsx';
import { outcomeWords } from './change-words.ts';

const useStyles = makeStyles({
  sent: { display: 'flex', flexDirection: 'column', gap: '12px' },
  text: { margin: 0 },
});

const outcomes = ['refused', 'unknown', 'waiting', 'notSent', 'leftOut', 'accepted'] as const;

/** What became of a change: how far it is, what was refused first, each item with its reason. */
export function ChangeSent({ sent }: { sent: SentChange }) {
  const styles = useStyles();
  const [only, setOnly] = useState<ChangeResult['outcome'] | 'all'>('all');
  const { counts, change, state, requestsDone, error } = sent;
  const shown = outcomes.filter(outcome => counts[outcome] > 0);
  const total = outcomes.reduce((sum, outcome) => sum + counts[outcome], 0);
  const hasJob = sent.jobIds.length > 0;
  return (
    <div className={styles.sent}>
      <p className={styles.text} role="status">
        {sentInWords(sent)}
      </p>
      {state === 'sending' && change.requests > 0 && (
        <ProgressBar
          {...(hasJob ? {} : { value: requestsDone, max: change.requests })}
          aria-label={
            hasJob ? 'The bulk addition job runs' : `${formatPart(requestsDone, change.requests)} requests answered`
          }
        />
      )}
      {error !== undefined && <ErrorBar error={new AppFailure(error)} />}
      {hasJob && state === 'sending' && (
        <NoticeBar intent="info" title="The service works at the list.">
          This dialog can be closed: the job goes on, and stands under the policy’s bulk jobs.
        </NoticeBar>
      )}
      {total > 0 && (
        <>
          {shown.length > 1 && (
            <FilterChips<ChangeResult['outcome'] | 'all'>
              label="Which results"
              on={only}
              onChange={setOnly}
              chips={[
                { id: 'all', word: 'All', count: total },
                ...shown.map(outcome => ({ id: outcome, word: outcomeWords[outcome].word, count: counts[outcome] })),
              ]}
            />
          )}
          <ChangeResults
            key={only}
            changeId={change.id}
            label="Results, item by item"
            only={only === 'all' ? undefined : only}
          />
        </>
      )}
    </div>
  );
}

/** `Sent; 11 of 12 accepted, 1 refused.` */
function sentInWords({ state, counts, change, requestsDone }: SentChange): string {
  const tried = counts.accepted + counts.refused + counts.unknown + counts.waiting + counts.notSent;
  if (state !== 'ended') return `${formatPart(requestsDone, change.requests)} requests answered.`;
  const rest = outcomes
    .filter(outcome => outcome !== 'accepted' && counts[outcome] > 0)
    .map(outcome => `${String(counts[outcome])} ${outcomeWords[outcome].word.toLowerCase()}`);
  return `Ended: ${formatPart(counts.accepted, tried)} accepted${rest.length === 0 ? '' : `, ${rest.join(', ')}`}.`;
}
