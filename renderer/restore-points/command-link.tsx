import { Link, Tooltip } from '@fluentui/react-components';
import type { ReactNode } from 'react';

/** A link that gives a command; while it can't be given it says why, also to the keyboard. */
export function CommandLink({
  disabledReason,
  onClick,
  children,
}: {
  disabledReason: string | undefined;
  onClick: () => void;
  children: ReactNode;
}) {
  const link = (
    <Link as="button" disabledFocusable={disabledReason !== undefined} onClick={onClick}>
      {children}
    </Link>
  );
  return disabledReason === undefined ? (
    link
  ) : (
    <Tooltip content={disabledReason} relationship="description" withArrow>
      {link}
    </Tooltip>
  );
}
