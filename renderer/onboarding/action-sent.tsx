import type { SentAction } from '../../shared/contract/onboarding.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Facts } from '../ui/facts.tsx';
import { Mark } from '../ui/mark.tsx';
import { outcomeWords, refusalWords } from './action-words.ts';
import { useTextStyles } from './use-text-styles.ts';

/** What came of an action: done, refused with what to do next, or not known. */
export function ActionSent({ sent }: { sent: SentAction }) {
  const text = useTextStyles();
  const { refusal, requestId, change } = sent;
  const { title, detail, tone } = outcomeWords(sent);
  const words = refusal === undefined ? undefined : refusalWords(change.action.type, refusal);
  return (
    <section aria-label="What came of it" aria-live="polite">
      <Mark tone={tone} strong>
        {words?.what ?? title}
      </Mark>
      <p className={text.detail}>{detail}</p>
      {words !== undefined && <p className={text.detail}>{words.next}</p>}
      <Facts
        facts={[
          refusal !== undefined && {
            name: 'The service said',
            value: `${refusal.status} ${refusal.code}: ${refusal.message}`,
          },
          requestId !== undefined && {
            name: 'request-id',
            value: (
              <>
                <code className={text.code}>{requestId}</code> <CopyButton text={requestId} what="request-id" />
              </>
            ),
          },
        ]}
      />
    </section>
  );
}
