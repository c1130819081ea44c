import { Field, Input, makeStyles, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { useIsOffline } from '../store/index.ts';
import { CommandButton } from '../ui/command-button.tsx';
import { offlineReasons } from '../ui/offline-reason.ts';
import { ErrorBar } from '../ui/states/error-bar.tsx';
import type { Added } from './added-tenants.ts';
import { useAddTenant } from './use-add-tenant.ts';

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', gap: '12px' },
  typed: { display: 'flex', gap: '8px', alignItems: 'flex-end' },
  field: { flexGrow: 1 },
  text: { margin: 0, color: tokens.colorNeutralForeground2 },
});

/** Adds a tenant by a domain or an id that is typed. */
export function AddByName({ accountId, onAdded }: { accountId: string | undefined; onAdded: (answer: Added) => void }) {
  const styles = useStyles();
  const isOffline = useIsOffline();
  const [typed, setTyped] = useState('');
  const { add, dismiss, error, isAdding, stop } = useAddTenant(accountId, answer => {
    setTyped('');
    onAdded(answer);
  });
  const domainOrId = typed.trim();
  return (
    <form
      className={styles.content}
      onSubmit={event => {
        event.preventDefault();
        if (domainOrId !== '' && !isOffline) add(domainOrId);
      }}
    >
      <p className={styles.text}>
        The tenant is looked up first; nothing is added where it does not exist. Then its readiness is checked.
      </p>
      <div className={styles.typed}>
        <Field label="Domain or tenant id" className={styles.field}>
          <Input
            value={typed}
            maxLength={253}
            placeholder="contoso.com"
            spellCheck={false}
            onChange={(_, data) => setTyped(data.value)}
          />
        </Field>
        <CommandButton
          type="submit"
          appearance="primary"
          disabledReason={
            isOffline ? offlineReasons.addTenant : domainOrId === '' ? 'Type a domain or a tenant id first.' : undefined
          }
          running={isAdding ? { label: 'Stop', onStop: stop } : undefined}
        >
          Add
        </CommandButton>
      </div>
      {isAdding && (
        <p className={styles.text} role="status">
          Looking the tenant up and checking its readiness
        </p>
      )}
      {error !== undefined && <ErrorBar error={error} onDismiss={dismiss} />}
    </form>
  );
}
