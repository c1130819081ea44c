import { DialogTitle, makeStyles, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { TenantSquare } from './tenant-square.tsx';

const useStyles = makeStyles({
  title: { display: 'flex', alignItems: 'center', gap: '8px' },
  words: { minWidth: 0, overflowWrap: 'anywhere' },
  name: {
    display: 'block',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    fontWeight: tokens.fontWeightRegular,
    color: tokens.colorNeutralForeground2,
  },
});

interface TenantTitleProps {
  /** Absent while the tenants are being read. */
  readonly tenant: { readonly displayName: string; readonly colour: number } | undefined;
  /** Whether the words name the tenant themselves. */
  readonly isNamed?: boolean;
  readonly children: ReactNode;
}

/** The title of a dialog in which something of a tenant is changed: the tenant's colour and name stay in sight over the dimmed page. */
export function TenantTitle({ tenant, isNamed = false, children }: TenantTitleProps) {
  const styles = useStyles();
  return (
    <DialogTitle>
      <span className={styles.title}>
        {tenant !== undefined && <TenantSquare tenant={tenant} />}
        <span className={styles.words}>
          {children}
          {tenant !== undefined && !isNamed && <span className={styles.name}>{tenant.displayName}</span>}
        </span>
      </span>
    </DialogTitle>
  );
}
