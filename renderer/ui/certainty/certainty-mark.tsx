import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import {
  CheckmarkCircle16Filled,
  CircleHalfFill16Regular,
  CircleHint16Regular,
  Clock16Regular,
  Flash12Filled,
  Prohibited16Regular,
} from '@fluentui/react-icons';
import { ownColours } from '../theme.ts';
import type { CertaintyLook, CertaintyWords } from './words.ts';

const useStyles = makeStyles({
  mark: { display: 'inline-flex', alignItems: 'center', gap: '6px', minWidth: 0, maxWidth: '100%' },
  icon: { flexShrink: 0, display: 'inline-flex', height: '20px', alignItems: 'center' },
  wraps: { display: 'flex', alignItems: 'flex-start' },
  text: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  exact: { color: tokens.colorStatusSuccessForeground1 },
  atLeast: { color: tokens.colorStatusWarningForeground1 },
  notAsked: { color: tokens.colorNeutralForeground3 },
  none: { color: tokens.colorStatusDangerForeground1 },
  asShown: { color: tokens.colorNeutralForeground3 },
  bolt: { color: ownColours.backstopBolt, flexShrink: 0 },
});

const icons = {
  exact: CheckmarkCircle16Filled,
  atLeast: CircleHalfFill16Regular,
  notAsked: CircleHint16Regular,
  none: Prohibited16Regular,
  asShown: Clock16Regular,
} as const;

/** The icon of a state of certainty. Say its word beside it, or pass `label` where there is no room for one. */
export function CertaintyIcon({ look, label }: { look: CertaintyLook; label?: string }) {
  const styles = useStyles();
  const Icon = icons[look];
  return (
    <span className={mergeClasses(styles.icon, styles[look])}>
      <Icon {...(label === undefined ? { 'aria-hidden': true } : { 'aria-label': label })} />
    </span>
  );
}

/** The bolt of a fast restore point. */
export function FastBolt({ label }: { label?: string }) {
  const { bolt } = useStyles();
  return (
    <Flash12Filled className={bolt} {...(label === undefined ? { 'aria-hidden': true } : { 'aria-label': label })} />
  );
}

/** Icon and words in one line, with the whole on hover: `✓ 11 min ago`. `wraps`: in several lines where there is room below. */
export function CertaintyMark({ words, wraps = false }: { words: CertaintyWords; wraps?: boolean }) {
  const styles = useStyles();
  return (
    <span className={mergeClasses(styles.mark, wraps && styles.wraps)} title={words.full}>
      <CertaintyIcon look={words.look} />
      <span className={mergeClasses(!wraps && styles.text, words.look === 'none' ? styles.none : undefined)}>
        {words.text}
      </span>
    </span>
  );
}
