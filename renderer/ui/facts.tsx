import { makeStyles, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';

const useStyles = makeStyles({
  facts: {
    display: 'grid',
    gridTemplateColumns: 'max-content minmax(0, 1fr)',
    gap: '4px 12px',
    margin: 0,
    fontSize: tokens.fontSizeBase200,
    lineHeight: '20px',
  },
  name: { color: tokens.colorNeutralForeground3, whiteSpace: 'nowrap' },
  value: { margin: 0, minWidth: 0, overflowWrap: 'anywhere' },
});

export interface Fact {
  readonly name: string;
  readonly value: ReactNode;
}

/** Names and values, one a line. */
export function Facts({ facts }: { facts: readonly (Fact | undefined | false)[] }) {
  const styles = useStyles();
  return (
    <dl className={styles.facts}>
      {facts
        .filter(fact => fact !== undefined && fact !== false)
        .map(fact => (
          <div key={fact.name} style={{ display: 'contents' }}>
            <dt className={styles.name}>{fact.name}</dt>
            <dd className={styles.value}>{fact.value}</dd>
          </div>
        ))}
    </dl>
  );
}
