import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { ErrorCircle20Filled } from '@fluentui/react-icons';
import type { ReactNode } from 'react';
import { toAppError } from '../../store/app-error.ts';
import { useWordContext } from '../../store/use-word-context.ts';
import { CopyButton } from '../copy-button.tsx';
import { idToCopy, messageFor } from '../messages.ts';

const useStyles = makeStyles({
  error: {
    display: 'grid',
    gridTemplateColumns: '20px minmax(0, 1fr)',
    gap: '4px 12px',
    padding: '16px',
    maxWidth: '72ch',
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    alignSelf: 'flex-start',
  },
  icon: { color: tokens.colorStatusDangerForeground1 },
  what: { fontSize: '14px', lineHeight: '20px', fontWeight: tokens.fontWeightSemibold, margin: 0 },
  line: {
    gridColumn: 2,
    margin: 0,
    fontSize: tokens.fontSizeBase300,
    lineHeight: tokens.lineHeightBase300,
    overflowWrap: 'anywhere',
  },
  why: { color: tokens.colorNeutralForeground2 },
  id: {
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: '12px',
    color: tokens.colorNeutralForeground3,
    display: 'flex',
    alignItems: 'center',
    gap: '8px',
  },
  actions: { gridColumn: 2, display: 'flex', gap: '8px', marginTop: '8px', flexWrap: 'wrap' },
});

interface ErrorStateProps {
  /** What a call or query rejected with. */
  readonly error: unknown;
  readonly onRetry?: (() => void) | undefined;
  /** Further ways out, beside trying again. */
  readonly actions?: ReactNode;
}

/** An error in the place of what it kept from being shown: what, why, what to do, and the id to copy. */
export function ErrorState({ error, onRetry, actions }: ErrorStateProps) {
  const styles = useStyles();
  const appError = toAppError(error);
  const message = messageFor(appError, useWordContext());
  const id = idToCopy(appError);
  return (
    <div className={styles.error} role="alert">
      <ErrorCircle20Filled className={styles.icon} aria-hidden />
      <p className={styles.what}>{message.what}</p>
      <p className={`${styles.line} ${styles.why}`}>{message.why}</p>
      <p className={styles.line}>{message.next}</p>
      {id !== undefined && (
        <p className={`${styles.line} ${styles.id}`}>
          <span>
            {id.label} {id.id}
          </span>
          <CopyButton text={id.id} what={id.label} label="Copy" />
        </p>
      )}
      {(onRetry !== undefined || actions !== undefined) && (
        <div className={styles.actions}>
          {onRetry !== undefined && <Button onClick={onRetry}>Try again</Button>}
          {actions}
        </div>
      )}
    </div>
  );
}
