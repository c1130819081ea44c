import type { ReactNode } from 'react';
import { toAppError } from '../../store/app-error.ts';
import { useWordContext } from '../../store/use-word-context.ts';
import { CopyButton } from '../copy-button.tsx';
import { idToCopy, messageFor } from '../messages.ts';
import { NoticeBar } from '../notice-bar.tsx';

interface ErrorBarProps {
  /** What a call rejected with. */
  readonly error: unknown;
  readonly onDismiss?: (() => void) | undefined;
  /** Ways out that fit the error. */
  readonly actions?: ReactNode;
}

/** A failed command, said beside what it left untouched. Stopping a call oneself is no error and shows nothing. */
export function ErrorBar({ error, onDismiss, actions }: ErrorBarProps) {
  const appError = toAppError(error);
  const message = messageFor(appError, useWordContext());
  const id = idToCopy(appError);
  if (appError.code === 'ABORTED') return null;
  return (
    <NoticeBar intent="error" title={message.what} actions={actions} onDismiss={onDismiss}>
      {message.why} {message.next}
      {id !== undefined && (
        <>
          {' '}
          {id.label} <code>{id.id}</code> <CopyButton text={id.id} what={id.label} />
        </>
      )}
    </NoticeBar>
  );
}
