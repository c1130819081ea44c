import { Link, makeStyles } from '@fluentui/react-components';
import { Fragment } from 'react';
import type { Finding } from '../../shared/contract/plans.ts';
import { FindingItem } from '../ui/finding-item.tsx';
import { findingInWords, severityWords } from './finding-words.ts';
import type { FindingAction, FindingContext } from './finding-words.ts';

const useStyles = makeStyles({ list: { margin: 0, padding: 0, listStyleType: 'none' } });

interface FindingsProps {
  readonly findings: readonly Finding[];
  readonly context: FindingContext;
  readonly onAction: (action: FindingAction, finding: Finding) => void;
}

/** Everything a review found, each with what it means and what can be done. Worst first, as main ordered it. */
export function Findings({ findings, context, onAction }: FindingsProps) {
  return (
    <ul className={useStyles().list}>
      {findings.map((finding, index) => {
        const words = findingInWords(finding, context);
        const actions = [words.action, words.also].filter(action => action !== undefined);
        return (
          <FindingItem
            key={`${finding.code} ${String(index)}`}
            severity={finding.severity}
            severityWord={severityWords[finding.severity]}
            showsWord={false}
            heading="h3"
            title={words.title}
          >
            {words.detail}
            {actions.map(action => (
              <Fragment key={action.does}>
                {' '}
                <Link as="button" onClick={() => onAction(action.does, finding)}>
                  {action.word}
                </Link>
              </Fragment>
            ))}
          </FindingItem>
        );
      })}
    </ul>
  );
}
