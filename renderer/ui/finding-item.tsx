import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import {
  CheckmarkCircle16Regular,
  ErrorCircle16Filled,
  Info16Regular,
  Subtract16Regular,
  Warning16Filled,
} from '@fluentui/react-icons';
import type { ReactNode } from 'react';

const useStyles = makeStyles({
  item: {
    display: 'grid',
    gridTemplateColumns: '16px minmax(0, 1fr)',
    columnGap: '8px',
    padding: '6px 0',
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  icon: { marginTop: '2px' },
  stop: { color: tokens.colorStatusDangerForeground1 },
  warning: { color: tokens.colorStatusWarningForeground1 },
  leftOut: { color: tokens.colorNeutralForeground2 },
  note: { color: tokens.colorNeutralForeground3 },
  ok: { color: tokens.colorStatusSuccessForeground1 },
  title: { margin: 0, fontWeight: tokens.fontWeightSemibold, fontSize: tokens.fontSizeBase300, lineHeight: '20px' },
  detail: {
    margin: 0,
    fontSize: tokens.fontSizeBase200,
    lineHeight: '18px',
    color: tokens.colorNeutralForeground2,
    overflowWrap: 'anywhere',
  },
  unseen: { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)' },
});

const icons = {
  stop: ErrorCircle16Filled,
  warning: Warning16Filled,
  leftOut: Subtract16Regular,
  note: Info16Regular,
  ok: CheckmarkCircle16Regular,
} as const;

interface FindingItemProps {
  readonly severity: keyof typeof icons;
  /** The severity as a word. */
  readonly severityWord: string;
  /** Whether the word is shown too; what stops always shows it. Screen readers hear it in any case. */
  readonly showsWord: boolean;
  readonly heading: 'h3' | 'h4';
  readonly title: string;
  /** What it means and what can be done. */
  readonly children: ReactNode;
}

/** One thing that a check before a change found, in a list of such. */
export function FindingItem({
  severity,
  severityWord,
  showsWord,
  heading: Heading,
  title,
  children,
}: FindingItemProps) {
  const styles = useStyles();
  const Icon = icons[severity];
  const isStop = severity === 'stop';
  return (
    <li className={styles.item}>
      <span className={mergeClasses(styles.icon, styles[severity])}>
        <Icon aria-hidden />
      </span>
      <div>
        <Heading className={styles.title}>
          <span className={isStop ? styles.stop : showsWord ? undefined : styles.unseen}>{severityWord}: </span>
          {title}
        </Heading>
        <p className={styles.detail}>{children}</p>
      </div>
    </li>
  );
}
