import { Button, makeStyles, OverlayDrawer, tokens } from '@fluentui/react-components';
import { Dismiss16Regular } from '@fluentui/react-icons';
import type { ReactNode } from 'react';
import { useShortcut } from './shortcuts.ts';
import { useMediaQuery } from './use-media-query.ts';

const useStyles = makeStyles({
  panel: {
    width: '288px',
    flexShrink: 0,
    boxSizing: 'border-box',
    padding: '12px 16px',
    display: 'flex',
    flexDirection: 'column',
    gap: '12px',
    minHeight: 0,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    '@media (min-width: 1600px)': { width: '360px' },
  },
  content: {
    display: 'flex',
    flexDirection: 'column',
    gap: '12px',
    flexGrow: 1,
    minHeight: 0,
    overflowY: 'auto',
    scrollbarWidth: 'thin',
    scrollbarColor: `${tokens.colorNeutralStroke1} transparent`,
    // A shadow at the edge where more lies beyond: what moves with the content covers it at either end.
    backgroundImage: [
      `linear-gradient(${tokens.colorNeutralBackground1}, ${tokens.colorNeutralBackground1})`,
      `linear-gradient(${tokens.colorNeutralBackground1}, ${tokens.colorNeutralBackground1})`,
      `linear-gradient(to bottom, ${tokens.colorNeutralShadowKey}, transparent)`,
      `linear-gradient(to top, ${tokens.colorNeutralShadowKey}, transparent)`,
    ].join(', '),
    backgroundPosition: 'top, bottom, top, bottom',
    backgroundSize: '100% 16px, 100% 16px, 100% 8px, 100% 8px',
    backgroundRepeat: 'no-repeat',
    backgroundAttachment: 'local, local, scroll, scroll',
    margin: '0 -8px 0 0',
    padding: '0 8px 0 0',
  },
  drawer: { width: '320px', maxWidth: '90vw' },
  drawerBody: {
    padding: '12px 16px',
    display: 'flex',
    flexDirection: 'column',
    gap: '12px',
    height: '100%',
    minHeight: 0,
    boxSizing: 'border-box',
  },
  head: { display: 'flex', gap: '8px', alignItems: 'flex-start' },
  title: {
    flexGrow: 1,
    minWidth: 0,
    margin: 0,
    fontSize: '14px',
    lineHeight: '20px',
    fontWeight: tokens.fontWeightSemibold,
    overflowWrap: 'anywhere',
  },
  close: { margin: '-4px -8px 0 0', flexShrink: 0 },
});

interface SidePanelProps {
  readonly title: ReactNode;
  readonly icon?: ReactNode;
  readonly label: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** What can be done; stays in sight while the rest scrolls. */
  readonly footer?: ReactNode;
}

/** What belongs to one row, beside the table; in a narrow window over it. Escape closes it. */
export function SidePanel({ title, icon, label, onClose, children, footer }: SidePanelProps) {
  const styles = useStyles();
  const isNarrow = useMediaQuery('(max-width: 1179px)');
  useShortcut('Escape', 'Close the panel', onClose, !isNarrow);
  const content = (
    <>
      <div className={styles.head}>
        {icon}
        <h2 className={styles.title}>{title}</h2>
        <Button
          className={styles.close}
          appearance="transparent"
          size="small"
          icon={<Dismiss16Regular />}
          aria-label="Close the panel"
          onClick={onClose}
        />
      </div>
      <div className={styles.content}>{children}</div>
      {footer}
    </>
  );
  return isNarrow ? (
    <OverlayDrawer
      open
      position="end"
      className={styles.drawer}
      aria-label={label}
      onOpenChange={(_, data) => (data.open ? undefined : onClose())}
    >
      <div className={styles.drawerBody}>{content}</div>
    </OverlayDrawer>
  ) : (
    <aside className={styles.panel} aria-label={label}>
      {content}
    </aside>
  );
}
