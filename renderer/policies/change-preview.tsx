import { Link, makeStyles, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import type { PreparedChange } from '../../shared/contract/policies.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import type { ProblemWay } from '../changes/index.ts';
import { Facts } from '../ui/facts.tsx';
import { FindingItem } from '../ui/finding-item.tsx';
import { Mark } from '../ui/mark.tsx';
import { formatMoment } from '../ui/time/format.ts';
import { ChangeResults } from './change-results.tsx';
import { effectInWords, problemInWords, sendingInWords, severityWords } from './change-words.ts';
import { workloadWord } from './policy-words.ts';

const useStyles = makeStyles({
  preview: { display: 'flex', flexDirection: 'column', gap: '12px' },
  title: { margin: '0 0 4px', fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  list: { margin: 0, padding: 0, listStyleType: 'none' },
  effect: { padding: '6px 0', borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  detail: {
    margin: 0,
    fontSize: tokens.fontSizeBase200,
    lineHeight: '18px',
    color: tokens.colorNeutralForeground2,
    overflowWrap: 'anywhere',
  },
  code: { fontFamily: tokens.fontFamilyMonospace, fontSize: '12px', overflowWrap: 'anywhere' },
  quiet: { margin: 0, color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, lineHeight: '18px' },
});

interface ChangePreviewProps {
  readonly prepared: PreparedChange;
  readonly zone: string;
  readonly now: UtcSeconds;
  readonly canGoBack: boolean;
  readonly onAction: (action: ProblemWay) => void;
}

/** What a change will do, before it is sent: units that gain or lose protection, what follows, and what stands in its way. */
export function ChangePreview({ prepared, zone, now, canGoBack, onAction }: ChangePreviewProps) {
  const styles = useStyles();
  const [showsLeftOut, setShowsLeftOut] = useState(false);
  const context = { tenantName: prepared.tenantName, moment: (at: UtcSeconds) => formatMoment(at, zone, now) };
  const { policy, effects, problems, expression } = prepared;
  return (
    <div className={styles.preview}>
      <Facts
        facts={[
          policy !== undefined && {
            name: 'Policy',
            value: `${policy.name}${policy.kind === undefined ? '' : ` (${workloadWord(policy.kind)})`}`,
          },
          expression !== undefined && { name: 'Rule', value: <code className={styles.code}>{expression}</code> },
          { name: 'Checked', value: formatMoment(prepared.preparedAt, zone, now) },
        ]}
      />
      <section aria-label="What will happen">
        <h3 className={styles.title}>What will happen</h3>
        <ul className={styles.list}>
          {effects.map((effect, index) => {
            const words = effectInWords(effect, context);
            return (
              <li key={`${effect.effect} ${String(index)}`} className={styles.effect}>
                <Mark tone={words.tone} strong>
                  {words.title}
                </Mark>
                {words.detail !== '' && <p className={styles.detail}>{words.detail}</p>}
              </li>
            );
          })}
        </ul>
      </section>
      {problems.length > 0 && (
        <section aria-label="Before it is sent">
          <h3 className={styles.title}>Before it is sent</h3>
          <ul className={styles.list}>
            {problems.map((problem, index) => {
              const words = problemInWords(problem, context);
              const { action } = words;
              const isOffered = action !== undefined && (action.does !== 'back' || canGoBack);
              return (
                <FindingItem
                  key={`${problem.code} ${String(index)}`}
                  severity={problem.severity}
                  severityWord={severityWords[problem.severity]}
                  showsWord
                  heading="h4"
                  title={words.title}
                >
                  {words.detail}
                  {isOffered && (
                    <>
                      {' '}
                      <Link
                        as="button"
                        onClick={() => (action.does === 'showLeftOut' ? setShowsLeftOut(true) : onAction(action.does))}
                      >
                        {action.word}
                      </Link>
                    </>
                  )}
                </FindingItem>
              );
            })}
          </ul>
        </section>
      )}
      {showsLeftOut && <ChangeResults changeId={prepared.id} label="Left out" only="leftOut" />}
      {prepared.canSend && <p className={styles.quiet}>{sendingInWords(prepared)}</p>}
    </div>
  );
}
