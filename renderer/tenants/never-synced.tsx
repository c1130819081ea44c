import { makeStyles, tokens } from '@fluentui/react-components';
import type { Tenant } from '../../shared/contract/tenants.ts';
import { navigate, useIsOffline, useIsSignedOut } from '../store/index.ts';
import { CommandButton } from '../ui/command-button.tsx';
import { offlineReasons, signedOutReasons } from '../ui/offline-reason.ts';
import { useTenantSync } from './use-tenant-sync.ts';

const useStyles = makeStyles({
  box: { display: 'flex', flexDirection: 'column', gap: '12px', alignItems: 'flex-start', maxWidth: '60ch' },
  title: {
    fontSize: '20px',
    lineHeight: '28px',
    fontWeight: tokens.fontWeightSemibold,
    margin: 0,
    overflowWrap: 'anywhere',
  },
  text: { margin: 0, color: tokens.colorNeutralForeground2 },
  actions: { display: 'flex', gap: '8px' },
});

/** A tenant whose units were never read: what a sync does, and the way to it. */
export function NeverSynced({ tenant }: { tenant: Tenant }) {
  const styles = useStyles();
  const isOffline = useIsOffline();
  const isSignedOut = useIsSignedOut();
  const { sync, isSyncing } = useTenantSync(tenant.id);
  return (
    <div className={styles.box}>
      <h1 className={styles.title}>Nothing is known of {tenant.displayName} yet</h1>
      <p className={styles.text}>
        A sync reads its service status, policies, protection units and restore sessions, then asks for the newest
        restore point of each unit: about one question for twenty units. What is read stays readable offline.
      </p>
      <div className={styles.actions}>
        <CommandButton
          appearance="primary"
          onClick={sync}
          disabledReason={
            isOffline
              ? offlineReasons.sync
              : isSignedOut
                ? signedOutReasons.sync
                : isSyncing
                  ? 'The tenant is being synced; the status bar counts.'
                  : undefined
          }
        >
          {isSyncing ? 'Syncing' : 'Sync this tenant'}
        </CommandButton>
        <CommandButton onClick={() => navigate({ at: 'readiness', tenantId: tenant.id })}>
          Check readiness
        </CommandButton>
      </div>
    </div>
  );
}
