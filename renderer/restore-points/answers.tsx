import { Link, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import type { Certainty } from '../../shared/contract/certainty.ts';
import type { Preference } from '../../shared/contract/plans.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { CertaintyIcon, FastBolt } from '../ui/certainty/certainty-mark.tsx';
import { formatDuration, formatMoment } from '../ui/time/format.ts';
import { answerInWords, pointOf } from './answer.ts';
import type { OpenTime } from './stretches.ts';

const useStyles = makeStyles({
  answer: { borderTop: `1px solid ${tokens.colorNeutralStroke2}`, paddingTop: '6px' },
  head: {
    display: 'flex',
    justifyContent: 'space-between',
    alignItems: 'center',
    gap: '8px',
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
    lineHeight: '20px',
  },
  question: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: '6px',
    margin: 0,
    fontWeight: tokens.fontWeightRegular,
    fontSize: tokens.fontSizeBase200,
  },
  look: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: '6px',
    color: tokens.colorNeutralForeground1,
    whiteSpace: 'nowrap',
  },
  title: { margin: 0, fontSize: tokens.fontSizeBase400, lineHeight: '22px', fontWeight: tokens.fontWeightSemibold },
  small: { fontSize: tokens.fontSizeBase300, lineHeight: '20px' },
  words: { margin: 0, fontSize: tokens.fontSizeBase200, lineHeight: '18px' },
  quiet: { color: tokens.colorNeutralForeground3 },
  row: { display: 'flex', alignItems: 'baseline', justifyContent: 'space-between', gap: '8px' },
});

interface AnswerProps {
  readonly incidentAt: UtcSeconds;
  readonly zone: string;
  readonly now: UtcSeconds;
}

type AnswerOf = AnswerProps & {
  readonly question: string;
  readonly certainty: Certainty;
  readonly noun: string;
  readonly isChosen: boolean;
  readonly askedAt: UtcSeconds | undefined;
  readonly openTime: OpenTime | undefined;
  readonly children: ReactNode;
};

/** One question and its answer: loss in words first, then why it is certain or not. */
export function Answer({ question, certainty, noun, isChosen, children, ...shown }: AnswerOf) {
  const styles = useStyles();
  const words = answerInWords(certainty, { ...shown, noun });
  return (
    <section className={styles.answer} aria-label={question} aria-live="polite">
      <div className={styles.head}>
        <h3 className={styles.question}>{question}</h3>
        <span className={styles.look}>
          <CertaintyIcon look={words.look} /> {words.word}
        </span>
      </div>
      <p className={mergeClasses(styles.title, !isChosen && styles.small)}>{words.title}</p>
      <p className={styles.words}>
        {words.loss !== undefined && <strong>{words.loss} </strong>}
        {words.reason}
      </p>
      {children}
    </section>
  );
}

type FastAnswerOf = AnswerProps & {
  readonly fast: Certainty;
  readonly any: Certainty;
  readonly preference: Preference;
  readonly onPreference: (preference: Preference) => void;
  readonly children: ReactNode;
};

/** The newest fast point, as the other choice. */
export function FastAnswer(props: FastAnswerOf) {
  const { fast, any, incidentAt, zone, now, preference, onPreference } = props;
  const styles = useStyles();
  const words = answerInWords(fast, { incidentAt, zone, now, noun: 'fast point' });
  const point = pointOf(fast);
  const isSame = point !== undefined && point.id === pointOf(any)?.id;
  return (
    <section className={styles.answer} aria-label="Newest fast point before it">
      <div className={styles.head}>
        <h3 className={styles.question}>
          <FastBolt /> Newest fast point
        </h3>
        <span className={styles.look}>
          <CertaintyIcon look={words.look} /> {words.word}
        </span>
      </div>
      {point === undefined ? (
        <p className={mergeClasses(styles.words, styles.quiet)}>{words.reason}</p>
      ) : isSame ? (
        <p className={mergeClasses(styles.words, styles.quiet)}>
          The same point. Fast points restore sooner than others.
        </p>
      ) : (
        <>
          <div className={styles.row}>
            <span>
              <strong>{formatMoment(point.at, zone, now)}</strong>
              {fast.is === 'atLeast' ? ' or newer' : ''}
            </span>
            <Link as="button" onClick={() => onPreference(preference === 'fast' ? 'newest' : 'fast')}>
              {preference === 'fast' ? 'Use the newest' : 'Use'}
            </Link>
          </div>
          <p
            className={mergeClasses(styles.words, styles.quiet)}
            title="Microsoft’s published time for a restore from a fast point"
          >
            {fast.is === 'exact' ? '' : 'Up to '}
            {formatDuration(incidentAt - point.at)} lost; 10–120 min a site.
          </p>
        </>
      )}
      {props.children}
    </section>
  );
}
