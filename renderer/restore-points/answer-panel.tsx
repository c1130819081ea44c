import { Button, Link, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { ArrowUndo16Regular } from '@fluentui/react-icons';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Certainty } from '../../shared/contract/certainty.ts';
import type { Preference } from '../../shared/contract/plans.ts';
import type { Cost, Wanted } from '../../shared/contract/sync.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { useWhyNotAsk } from '../restore/index.ts';
import { CommandButton } from '../ui/command-button.tsx';
import { formatQuantity } from '../ui/number.ts';
import { ErrorBar } from '../ui/states/error-bar.tsx';
import { SkeletonLines } from '../ui/states/skeleton.tsx';
import { formatClock, formatDay } from '../ui/time/format.ts';
import { beforeProtectionInWords, isUncertain, pointOf } from './answer.ts';
import { Answer, FastAnswer } from './answers.tsx';
import { CommandLink } from './command-link.tsx';
import type { OpenTime } from './stretches.ts';
import type { Ask } from './use-ask.ts';

const useStyles = makeStyles({
  panel: { display: 'flex', flexDirection: 'column', gap: '8px', flexGrow: 1 },
  answer: { borderTop: `1px solid ${tokens.colorNeutralStroke2}`, paddingTop: '6px' },
  words: { margin: 0, fontSize: tokens.fontSizeBase200, lineHeight: '18px' },
  quiet: { color: tokens.colorNeutralForeground3 },
  body: {
    display: 'flex',
    flexDirection: 'column',
    gap: '6px',
    flexGrow: 1,
  },
  narrow: {
    padding: '0 4px',
    fontWeight: tokens.fontWeightRegular,
    fontSize: tokens.fontSizeBase200,
    minHeight: '32px',
    whiteSpace: 'nowrap',
  },
  actions: { display: 'flex', flexDirection: 'column', gap: '8px', flexShrink: 0, '& > *': { flexShrink: 0 } },
});

interface AnswerPanelProps {
  /** The field of the incident time. */
  readonly children: ReactNode;
  readonly incidentAt: UtcSeconds | undefined;
  readonly zone: string;
  readonly now: UtcSeconds;
  readonly unitId: string;
  readonly answers: UseQueryResult<{ any: Certainty; fast?: Certainty | undefined }>;
  /** When the stretch up to the incident was asked about, where the day below shows it. */
  readonly askedAt: UtcSeconds | undefined;
  /** What lies open between the newest known point and the incident, where the day below shows all of it. */
  readonly openTime: OpenTime | undefined;
  readonly protectedSinceAt: UtcSeconds | undefined;
  readonly preference: Preference;
  readonly onPreference: (preference: Preference) => void;
  readonly certainCost: Cost | undefined;
  readonly dayCost: Cost | undefined;
  readonly day: { readonly fromAt: UtcSeconds; readonly toAt: UtcSeconds };
  readonly ask: Ask;
  readonly onRestore: () => void;
  readonly isMakingPlan: boolean;
  readonly problem: unknown;
  readonly onDismiss: () => void;
}

/** The answer beside the rulers: the newest point before the incident, what is lost, how certain that is, and what to do with it. */
export function AnswerPanel(props: AnswerPanelProps) {
  const {
    incidentAt,
    zone,
    now,
    unitId,
    answers,
    askedAt,
    openTime,
    protectedSinceAt,
    preference,
    onPreference,
    certainCost,
    dayCost,
    day,
    ask,
    onRestore,
  } = props;
  const styles = useStyles();
  const whyNotAsk = useWhyNotAsk('ask');
  const any = answers.data?.any;
  const fast = answers.data?.fast;
  const chosen = pointOf(preference === 'fast' ? fast : any);
  const wanted: Wanted | undefined =
    incidentAt === undefined
      ? undefined
      : { type: 'before', units: { type: 'these', unitIds: [unitId] }, incidentAt, fast: fast !== undefined };
  const canBeCertain =
    wanted !== undefined &&
    (isUncertain(any) || isUncertain(fast)) &&
    certainCost !== undefined &&
    certainCost.questions > 0;
  const busy = ask.asking === undefined ? undefined : 'A question is under way. Stop it first, or wait.';
  const certain =
    ask.asking?.type === 'before' ? (
      <Link as="button" onClick={ask.stop}>
        Asking; stop
      </Link>
    ) : canBeCertain ? (
      <CommandLink disabledReason={whyNotAsk ?? busy} onClick={() => ask.ask(wanted)}>
        Make it certain ({certainCost.certain ? '' : 'about '}
        {formatQuantity(certainCost.questions, 'question')})
      </CommandLink>
    ) : null;
  const beforeProtection =
    incidentAt === undefined ? undefined : beforeProtectionInWords(any, { incidentAt, protectedSinceAt, zone });
  return (
    <div className={styles.panel}>
      {props.children}
      <div className={styles.body}>
        {incidentAt === undefined ? (
          <p className={mergeClasses(styles.words, styles.quiet)}>
            Type the time of the incident, or click on the day: the newest point before it is found at once.
          </p>
        ) : answers.error !== null && answers.data === undefined ? (
          <ErrorBar error={answers.error} />
        ) : any === undefined ? (
          <SkeletonLines lines={3} label="Looking for the newest point" />
        ) : (
          <>
            <Answer
              question="Newest point before it"
              certainty={any}
              {...{ incidentAt, zone, now, askedAt, openTime }}
              noun="point"
              isChosen={preference === 'newest'}
            >
              {beforeProtection !== undefined && <p className={styles.words}>{beforeProtection}</p>}
              {isUncertain(any) && certain}
            </Answer>
            {fast === undefined ? (
              <p className={mergeClasses(styles.words, styles.quiet, styles.answer)}>
                Mailboxes have no fast points and need none.
              </p>
            ) : (
              <FastAnswer fast={fast} any={any} {...{ incidentAt, zone, now, preference, onPreference }}>
                {!isUncertain(any) && certain}
              </FastAnswer>
            )}
          </>
        )}
        {ask.error !== undefined && <ErrorBar error={ask.error} onDismiss={ask.dismiss} />}
        {ask.asking === undefined && ask.unsettled > 0 && (
          <p className={styles.words} role="status">
            The service gave no full answer; what it said is kept. Ask again for the rest.
          </p>
        )}
        {props.problem !== undefined && <ErrorBar error={props.problem} onDismiss={props.onDismiss} />}
      </div>
      <div className={styles.actions}>
        <CommandButton
          appearance="primary"
          icon={<ArrowUndo16Regular />}
          disabledReason={
            incidentAt === undefined
              ? 'Type the time of the incident first.'
              : chosen === undefined
                ? 'No point before the incident is known. Ask the service, or choose another time.'
                : props.isMakingPlan
                  ? 'The plan is being made.'
                  : undefined
          }
          onClick={onRestore}
        >
          {chosen === undefined ? 'Restore…' : `Restore from ${restoreTime(chosen.at, incidentAt ?? now, zone)}…`}
        </CommandButton>
        {ask.asking?.type === 'window' ? (
          <Button onClick={ask.stop}>Asking for {formatDay(day.fromAt, zone, now)}; stop</Button>
        ) : (
          dayCost !== undefined &&
          dayCost.questions > 0 && (
            <CommandButton
              className={styles.narrow}
              disabledReason={whyNotAsk ?? busy}
              hint="Asks for every point of the day that is not yet known."
              onClick={() => ask.ask({ type: 'window', unitId, fromAt: day.fromAt, toAt: Math.min(day.toAt, now) })}
            >
              Ask for the rest of {formatDay(day.fromAt, zone).slice(0, 3)} ({dayCost.certain ? '' : 'about '}
              {formatQuantity(dayCost.questions, 'question')})
            </CommandButton>
          )
        )}
      </div>
    </div>
  );
}

/** The clock alone where the point lies on the day of the incident. */
function restoreTime(at: UtcSeconds, incidentAt: UtcSeconds, zone: string): string {
  return formatDay(at, zone) === formatDay(incidentAt, zone)
    ? formatClock(at, zone)
    : `${formatDay(at, zone, incidentAt)} ${formatClock(at, zone)}`;
}
