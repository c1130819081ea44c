import { Button, makeStyles } from '@fluentui/react-components';
import { navigate } from '../store/index.ts';
import type { Added } from './added-tenants.ts';
import { readinessSummary } from './readiness-words.ts';
import { closeTenantDialog } from './tenant-dialogs-store.ts';

const useStyles = makeStyles({ open: { whiteSpace: 'nowrap', flexShrink: 0 } });

/** From the dialog to a tenant that was added: to what its readiness still wants, or to its units. */
export function OpenAdded({ answer: { tenant, readiness } }: { answer: Added }) {
  const styles = useStyles();
  const { toDo } = readinessSummary(readiness.items);
  return (
    <Button
      size="small"
      className={styles.open}
      onClick={() => {
        closeTenantDialog();
        navigate({ at: toDo > 0 ? 'readiness' : 'protection', tenantId: tenant.id });
      }}
    >
      {toDo > 0 ? `${toDo} to look at` : 'Ready, open it'}
    </Button>
  );
}
