import {
  Link,
  makeStyles,
  mergeClasses,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  tokens,
} from '@fluentui/react-components';
import {
  CheckmarkCircle16Filled,
  Clock16Regular,
  ErrorCircle16Filled,
  SpinnerIos16Regular,
} from '@fluentui/react-icons';
import { useState } from 'react';
import type { Plan } from '../../shared/contract/plans.ts';
import type { RestoreSession } from '../../shared/contract/sessions.ts';
import { artifactGroups } from '../../shared/domain/restore-session.ts';
import type { ArtifactGroup } from '../../shared/domain/restore-session.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { groupWords } from '../ui/artifact-words.ts';
import { FilterChips } from '../ui/filter-chips.tsx';
import { Mark } from '../ui/mark.tsx';
import { formatCount, formatPart } from '../ui/number.ts';
import { StackedBar } from '../ui/stacked-bar.tsx';
import { ArtifactTable } from './artifact-table.tsx';
import { sessionState } from './restore-rows.ts';
import { endedWord, lengthInWords } from './session-words.ts';

const useStyles = makeStyles({
  card: {
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    padding: '8px 16px 10px',
    display: 'flex',
    flexDirection: 'column',
    gap: '8px',
    flexShrink: 0,
  },
  head: { display: 'flex', alignItems: 'baseline', gap: '8px', flexWrap: 'wrap' },
  big: { fontSize: tokens.fontSizeBase500, lineHeight: '28px', fontWeight: tokens.fontWeightSemibold },
  rest: { flexGrow: 1 },
  counts: { display: 'flex', flexWrap: 'wrap', gap: '4px 24px', margin: 0, padding: 0, listStyleType: 'none' },
  count: { display: 'inline-flex', alignItems: 'center', gap: '6px' },
  strong: { fontWeight: tokens.fontWeightSemibold },
  failed: { color: tokens.colorStatusDangerForeground1 },
  inProgress: { color: tokens.colorBrandForeground1 },
  waiting: { color: tokens.colorNeutralForeground3 },
  succeeded: { color: tokens.colorStatusSuccessForeground1 },
  icon: { display: 'inline-flex' },
  bar: { display: 'flex', alignItems: 'center', gap: '8px 12px', flexWrap: 'wrap', flexShrink: 0 },
  quiet: { color: tokens.colorNeutralForeground3 },
});

const icons = {
  failed: ErrorCircle16Filled,
  inProgress: SpinnerIos16Regular,
  waiting: Clock16Regular,
  succeeded: CheckmarkCircle16Filled,
} as const;
const barOf = { failed: 'failed', inProgress: 'running', waiting: 'waiting', succeeded: 'done' } as const;
const barOrder = ['succeeded', 'failed', 'inProgress', 'waiting'] as const satisfies readonly ArtifactGroup[];

interface SessionDetailProps {
  readonly session: RestoreSession;
  readonly plan: Plan | undefined;
  readonly zone: string;
  readonly now: UtcSeconds;
}

/** One session: how far it is, and each of its artifacts. */
export function SessionDetail({ session, plan, zone, now }: SessionDetailProps) {
  const styles = useStyles();
  const [only, setOnly] = useState<ArtifactGroup | 'all'>('all');
  const { counts } = session;
  const done = counts.succeeded + counts.failed;
  const state = sessionState(session);
  const summary = barOrder.map(group => `${formatCount(counts[group])} ${groupWords[group].toLowerCase()}`).join(', ');
  return (
    <>
      <section className={styles.card} aria-label="How far the session is">
        <div className={styles.head}>
          <span className={styles.big}>{formatPart(done, counts.total)}</span>
          <span>{lengthInWords(session, plan, zone, now)}</span>
          <span className={styles.rest} />
          <Mark tone={state.tone}>{state.word}</Mark>
        </div>
        <StackedBar
          label={`${formatPart(done, counts.total)} ${endedWord(counts)}: ${summary}`}
          parts={barOrder.map(group => ({ is: barOf[group], count: counts[group] }))}
        />
        <ul className={styles.counts}>
          {barOrder.map(group => {
            const Icon = icons[group];
            return (
              <li key={group} className={styles.count}>
                <span className={mergeClasses(styles.icon, styles[group])}>
                  <Icon aria-hidden />
                </span>
                <span className={styles.strong}>{formatCount(counts[group])}</span>
                {counts[group] > 0 ? (
                  <Link as="button" appearance="subtle" onClick={() => setOnly(group)}>
                    {groupWords[group].toLowerCase()}
                  </Link>
                ) : (
                  groupWords[group].toLowerCase()
                )}
              </li>
            );
          })}
        </ul>
      </section>
      {session.error !== undefined && (
        <MessageBar intent="error" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>The session failed: {session.error.code}.</MessageBarTitle>
            {session.error.message === '' ? 'The service gave no reason.' : session.error.message}
          </MessageBarBody>
        </MessageBar>
      )}
      <div className={styles.bar}>
        <FilterChips<ArtifactGroup | 'all'>
          label="Which artifacts"
          on={only}
          onChange={setOnly}
          chips={[
            { id: 'all', word: 'All', count: counts.total },
            ...artifactGroups.map(group => ({ id: group, word: groupWords[group], count: counts[group] })),
          ]}
        />
        <span className={styles.rest} />
        <span className={styles.quiet}>
          A retry is a new session of the failed ones. The service has no cancel: what has started runs to its end.
        </span>
      </div>
      <ArtifactTable
        key={only}
        session={session}
        plan={plan}
        only={only}
        myZone={zone}
        pointZone={plan?.timeZone ?? zone}
        now={now}
        onShowAll={() => setOnly('all')}
      />
    </>
  );
}
