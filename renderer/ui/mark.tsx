import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import {
  CheckmarkCircle16Regular,
  Clock16Regular,
  ErrorCircle16Filled,
  Info16Regular,
  Warning16Filled,
} from '@fluentui/react-icons';
import type { ReactNode } from 'react';
import type { Tone } from './unit-words.ts';

const useStyles = makeStyles({
  mark: { display: 'inline-flex', alignItems: 'center', gap: '6px', minWidth: 0 },
  icon: { flexShrink: 0, display: 'inline-flex' },
  word: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  strong: { fontWeight: tokens.fontWeightSemibold },
  good: { color: tokens.colorStatusSuccessForeground1 },
  bad: { color: tokens.colorStatusDangerForeground1 },
  warning: { color: tokens.colorStatusWarningForeground1 },
  quiet: { color: tokens.colorNeutralForeground2 },
});

const icons = {
  good: CheckmarkCircle16Regular,
  bad: ErrorCircle16Filled,
  warning: Warning16Filled,
  waiting: Clock16Regular,
  neutral: Info16Regular,
} as const;

/** A state: an icon and a word in one line. The colour repeats what both say. `strong` colours the word of a bad or risky state too. */
export function Mark({ tone, children, strong = false }: { tone: Tone; children: ReactNode; strong?: boolean }) {
  const styles = useStyles();
  const Icon = icons[tone];
  const colour = tone === 'good' || tone === 'bad' || tone === 'warning' ? styles[tone] : styles.quiet;
  return (
    <span className={styles.mark}>
      <span className={mergeClasses(styles.icon, colour)}>
        <Icon aria-hidden />
      </span>
      <span
        className={mergeClasses(
          styles.word,
          (strong || tone === 'bad') && (tone === 'bad' || tone === 'warning') ? colour : undefined,
          strong && (tone === 'bad' || tone === 'warning') && styles.strong,
        )}
      >
        {children}
      </span>
    </span>
  );
}
