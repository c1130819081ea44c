import { Button, Tooltip } from '@fluentui/react-components';
import type { ButtonProps } from '@fluentui/react-components';
import { Dismiss16Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { MouseEvent } from 'react';

type CommandButtonProps = Omit<ButtonProps, 'disabled' | 'disabledFocusable' | 'as' | 'ref'> & {
  /** Why the command can't be given now, in a sentence with what to do instead. A button with one is disabled yet can be reached. */
  readonly disabledReason?: string | undefined;
  /** What the command costs or does, shown on hover while it can be given. */
  readonly hint?: string | undefined;
  /** While the command runs: the same button stops it, so that the focus stays where it was. */
  readonly running?: { readonly label: string; readonly onStop: () => void } | undefined;
};

/** The second click of a double click is no second command; least of all may it stop what the first has begun. */
function dropRepeated(event: MouseEvent): void {
  if (event.detail < 2) return;
  event.preventDefault();
  event.stopPropagation();
}

/** A button that never leaves anybody guessing why it is disabled: the reason is its description, on hover and to screen readers. */
export function CommandButton({ disabledReason, hint, running, ...rest }: CommandButtonProps) {
  const isStopping = running !== undefined;
  const props: ButtonProps = isStopping
    ? {
        ...(rest as ButtonProps),
        type: 'button',
        icon: <Dismiss16Regular />,
        onClick: running.onStop,
        children: running.label,
      }
    : (rest as ButtonProps);
  const description = isStopping ? undefined : (disabledReason ?? hint);
  const [isPointedAt, setPointedAt] = useState(false);
  // Always inside of a tooltip, though it may have nothing to say: coming and going it would take the focus along.
  return (
    <Tooltip
      content={description ?? ''}
      relationship="description"
      withArrow
      visible={isPointedAt && description !== undefined}
      onVisibleChange={(_, data) => setPointedAt(data.visible)}
    >
      <Button
        {...props}
        onClickCapture={dropRepeated}
        disabledFocusable={!isStopping && disabledReason !== undefined}
      />
    </Tooltip>
  );
}
