import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';

const useStyles = makeStyles({
  list: {
    margin: 0,
    padding: 0,
    listStyleType: 'none',
    overflowY: 'auto',
    flexShrink: 0,
    maxHeight: 'min(268px, 34vh)',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  short: { maxHeight: 'min(144px, 20vh)' },
  row: {
    display: 'flex',
    alignItems: 'center',
    gap: '12px',
    padding: '6px 12px',
    minHeight: '32px',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    ':last-child': { borderBottom: 'none' },
  },
  name: { flexGrow: 1, minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
});

/**
 * Tenants by name, one a line, in a box that scrolls. `label` says which they are. `isLive`: what just came, beside the list that one
 * works in; it is shorter, and read aloud.
 */
export function TenantList({
  label,
  isLive = false,
  children,
}: {
  label: string;
  isLive?: boolean;
  children: ReactNode;
}) {
  const styles = useStyles();
  return (
    <ul
      className={mergeClasses(styles.list, isLive && styles.short)}
      aria-label={label}
      {...(isLive ? { 'aria-live': 'polite' as const } : {})}
    >
      {children}
    </ul>
  );
}

/** One tenant: what is said before its name, the name, and what can be done with it. */
export function TenantListRow({
  name,
  title = name,
  before,
  children,
}: {
  name: string;
  title?: string;
  before?: ReactNode;
  children?: ReactNode;
}) {
  const styles = useStyles();
  return (
    <li className={styles.row}>
      {before}
      <span className={styles.name} title={title}>
        {name}
      </span>
      {children}
    </li>
  );
}
