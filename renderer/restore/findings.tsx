import { Link, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { CheckmarkCircle16Regular, ErrorCircle16Filled, Info16Regular, Warning16Filled } from '@fluentui/react-icons';
import { Fragment } from 'react';
import type { Finding } from '../../shared/contract/plans.ts';
import { findingInWords, severityWords } from './finding-words.ts';
import type { FindingAction, FindingContext } from './finding-words.ts';

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyleType: 'none' },
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
  note: { color: tokens.colorNeutralForeground3 },
  ok: { color: tokens.colorStatusSuccessForeground1 },
  title: { margin: 0, fontWeight: tokens.fontWeightSemibold, fontSize: tokens.fontSizeBase300, lineHeight: '20px' },
  word: { fontWeight: tokens.fontWeightSemibold },
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
  note: Info16Regular,
  ok: CheckmarkCircle16Regular,
} as const;

interface FindingsProps {
  readonly findings: readonly Finding[];
  readonly context: FindingContext;
  readonly onAction: (action: FindingAction, finding: Finding) => void;
}

/** Everything a review found, each with what it means and what can be done. Worst first, as main ordered it. */
export function Findings({ findings, context, onAction }: FindingsProps) {
  const styles = useStyles();
  return (
    <ul className={styles.list}>
      {findings.map((finding, index) => {
        const words = findingInWords(finding, context);
        const actions = [words.action, words.also].filter(action => action !== undefined);
        const Icon = icons[finding.severity];
        return (
          <li key={`${finding.code} ${String(index)}`} className={styles.item}>
            <span className={mergeClasses(styles.icon, styles[finding.severity])}>
              <Icon aria-hidden />
            </span>
            <div>
              <h3 className={styles.title}>
                {finding.severity === 'stop' ? (
                  <span className={mergeClasses(styles.word, styles.stop)}>{severityWords.stop}: </span>
                ) : (
                  <span className={styles.unseen}>{severityWords[finding.severity]}: </span>
                )}
                {words.title}
              </h3>
              <p className={styles.detail}>
                {words.detail}
                {actions.map(action => (
                  <Fragment key={action.does}>
                    {' '}
                    <Link as="button" onClick={() => onAction(action.does, finding)}>
                      {action.word}
                    </Link>
                  </Fragment>
                ))}
              </p>
            </div>
          </li>
        );
      })}
    </ul>
  );
}
