import { makeStyles, tokens } from '@fluentui/react-components';
import { initialsOf, tenantColour } from './tenant-colour.ts';

const useStyles = makeStyles({
  square: {
    width: '24px',
    height: '24px',
    borderRadius: '4px',
    display: 'inline-flex',
    alignItems: 'center',
    justifyContent: 'center',
    flexShrink: 0,
    color: '#ffffff',
    fontSize: '11px',
    lineHeight: '16px',
    fontWeight: tokens.fontWeightSemibold,
  },
  bar: { width: '4px', height: '28px', borderRadius: '2px', flexShrink: 0 },
});

/** The tenant's square with its initials. The name always stands beside it, so the square itself says nothing to a screen reader. */
export function TenantSquare({ tenant }: { tenant: { displayName: string; colour: number } }) {
  const styles = useStyles();
  return (
    <span className={styles.square} style={{ backgroundColor: tenantColour(tenant.colour) }} aria-hidden>
      {initialsOf(tenant.displayName)}
    </span>
  );
}

/** The same identity in a list: a bar. */
export function TenantBarMark({ colour }: { colour: number }) {
  return <span className={useStyles().bar} style={{ backgroundColor: tenantColour(colour) }} aria-hidden />;
}
