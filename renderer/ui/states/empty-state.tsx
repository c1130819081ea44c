import { makeStyles, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';

const useStyles = makeStyles({
  empty: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: '12px', maxWidth: '60ch' },
  meaning: {
    fontSize: tokens.fontSizeBase300,
    lineHeight: tokens.lineHeightBase300,
    color: tokens.colorNeutralForeground2,
    margin: 0,
  },
});

/** Nothing here: one sentence of what that means, one next step. */
export function EmptyState({ meaning, action }: { meaning: string; action?: ReactNode }) {
  const styles = useStyles();
  return (
    <div className={styles.empty} role="status">
      <p className={styles.meaning}>{meaning}</p>
      {action}
    </div>
  );
}
