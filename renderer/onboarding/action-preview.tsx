import { Link, makeStyles, tokens } from '@fluentui/react-components';
import type { PreparedAction } from '../../shared/contract/onboarding.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import type { ProblemWay } from '../changes/index.ts';
import { FindingItem } from '../ui/finding-item.tsx';
import { Mark } from '../ui/mark.tsx';
import { formatMoment } from '../ui/time/format.ts';
import { effectWords, problemWords } from './action-words.ts';
import { useTextStyles } from './use-text-styles.ts';

const useStyles = makeStyles({
  effect: { padding: '6px 0', borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
});

const ways: { readonly [W in ProblemWay]: string } = {
  signIn: 'Ask for the consent or sign in',
  readiness: 'Go to the readiness check',
  tryNow: 'Try the connection now',
  back: 'Go back',
};

interface ActionPreviewProps {
  readonly prepared: PreparedAction;
  readonly zone: string;
  readonly now: UtcSeconds;
  readonly canGoBack: boolean;
  readonly onWay: (way: ProblemWay) => void;
}

/** What follows from an action, cost and data too, and what stands in its way. */
export function ActionPreview({ prepared, zone, now, canGoBack, onWay }: ActionPreviewProps) {
  const styles = useStyles();
  const text = useTextStyles();
  const context = { tenantName: prepared.tenantName, moment: (at: UtcSeconds) => formatMoment(at, zone, now) };
  const { effects, problems } = prepared;
  return (
    <>
      <section aria-label="What will happen">
        <h3 className={text.heading}>What will happen</h3>
        <ul className={text.list}>
          {effects.map(effect => {
            const { title, detail, tone } = effectWords(effect, context);
            return (
              <li key={effect.effect} className={styles.effect}>
                <Mark tone={tone} strong>
                  {title}
                </Mark>
                <p className={text.detail}>{detail}</p>
              </li>
            );
          })}
        </ul>
      </section>
      {problems.length > 0 && (
        <section aria-label="Before it is sent">
          <h3 className={text.heading}>Before it is sent</h3>
          <ul className={text.list}>
            {problems.map(problem => {
              const { title, detail, way } = problemWords(problem, context);
              const isStop = problem.severity === 'stop';
              return (
                <FindingItem
                  key={problem.code}
                  severity={problem.severity}
                  severityWord={isStop ? 'Stops it' : 'Warning'}
                  showsWord={isStop}
                  heading="h4"
                  title={title}
                >
                  {detail}
                  {way !== undefined && (way !== 'back' || canGoBack) && (
                    <>
                      {' '}
                      <Link as="button" inline onClick={() => onWay(way)}>
                        {ways[way]}
                      </Link>
                    </>
                  )}
                </FindingItem>
              );
            })}
          </ul>
        </section>
      )}
    </>
  );
}
