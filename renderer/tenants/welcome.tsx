import { makeStyles, tokens } from '@fluentui/react-components';
import { Add16Regular } from '@fluentui/react-icons';
import { useQuery } from '@tanstack/react-query';
import { queries, useClient, useIsOffline } from '../store/index.ts';
import { CommandButton } from '../ui/command-button.tsx';
import { offlineReasons } from '../ui/offline-reason.ts';
import { DemoChoice } from './demo-choice.tsx';
import { openTenantDialog } from './tenant-dialogs-store.ts';

const useStyles = makeStyles({
  box: { maxWidth: '620px', display: 'flex', flexDirection: 'column', gap: '16px', padding: '24px 8px' },
  title: { fontSize: '20px', lineHeight: '28px', fontWeight: tokens.fontWeightSemibold, margin: 0 },
  text: { margin: 0, color: tokens.colorNeutralForeground2 },
  steps: { margin: 0, paddingLeft: '20px', display: 'flex', flexDirection: 'column', gap: '4px' },
  actions: { display: 'flex', gap: '8px', flexWrap: 'wrap' },
});

/** Signed in, and no tenant yet: what comes next. */
export function Welcome() {
  const styles = useStyles();
  const isOffline = useIsOffline();
  const isDemo = useQuery(queries.consoleState(useClient())).data?.profile === 'demo';
  return (
    <section className={styles.box} aria-label="Welcome">
      <h1 className={styles.title}>No tenant is in the console yet</h1>
      <p className={styles.text}>
        {isDemo
          ? 'The demo account has invented customers with histories, failures and restores of their own. Add one or several of them.'
          : 'Add the customer tenants whose Backup Storage you look after.'}
      </p>
      <ol className={styles.steps}>
        <li>Choose from your GDAP customers, or name a tenant by its domain or id.</li>
        <li>A readiness check says what is missing for a restore: consent, role, controller, status, billing.</li>
        <li>
          A sync reads the protected units and asks for their newest restore points. From then on all of it can be read
          offline.
        </li>
      </ol>
      <div className={styles.actions}>
        <CommandButton
          appearance="primary"
          icon={<Add16Regular />}
          disabledReason={isOffline ? offlineReasons.addTenant : undefined}
          onClick={() => openTenantDialog({ is: 'add' })}
        >
          Add tenants…
        </CommandButton>
        {!isDemo && <DemoChoice />}
      </div>
    </section>
  );
}
