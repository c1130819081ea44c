import {
  Button,
  makeStyles,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
} from '@fluentui/react-components';
import { Dismiss16Regular } from '@fluentui/react-icons';
import type { ReactElement, ReactNode } from 'react';

const useStyles = makeStyles({
  bar: { flexShrink: 0, paddingTop: '7px', paddingBottom: '7px', gridTemplateRows: 'auto' },
  body: { minWidth: 0, overflowWrap: 'anywhere' },
  side: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'flex-end',
    flexWrap: 'wrap',
    gap: '4px 8px',
    // A line of text and a small button share their middle.
    margin: '-2px 0',
    // Whatever stands here, the words keep half of the bar.
    maxWidth: 'min(480px, 45vw)',
  },
});

interface NoticeBarProps {
  readonly intent: 'info' | 'warning' | 'error';
  readonly title?: ReactNode;
  readonly icon?: ReactElement;
  readonly children: ReactNode;
  /** What can be done about it, at the right of the words. */
  readonly actions?: ReactNode;
  readonly onDismiss?: (() => void) | undefined;
  /** What the cross does: "Dismiss". */
  readonly dismissLabel?: string;
}

/** Something to know, above what it is about. Words of any length wrap; the buttons keep to the first line. */
export function NoticeBar({
  intent,
  title,
  icon,
  children,
  actions,
  onDismiss,
  dismissLabel = 'Dismiss',
}: NoticeBarProps) {
  const styles = useStyles();
  return (
    <MessageBar
      intent={intent}
      layout="multiline"
      className={styles.bar}
      bottomReflowSpacer={null}
      {...(icon === undefined ? {} : { icon })}
    >
      <MessageBarBody className={styles.body}>
        {title !== undefined && <MessageBarTitle>{title}</MessageBarTitle>}
        {children}
      </MessageBarBody>
      {(actions !== undefined || onDismiss !== undefined) && (
        <MessageBarActions
          containerAction={{
            className: styles.side,
            children: (
              <>
                {actions}
                {onDismiss !== undefined && (
                  <Button
                    appearance="transparent"
                    icon={<Dismiss16Regular />}
                    aria-label={dismissLabel}
                    onClick={onDismiss}
                  />
                )}
              </>
            ),
          }}
        />
      )}
    </MessageBar>
  );
}
