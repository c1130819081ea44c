import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  mergeClasses,
  Tab,
  TabList,
  tokens,
} from '@fluentui/react-components';
import { CheckmarkCircle16Filled, CheckmarkCircle16Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import { navigate } from '../store/index.ts';
import { useEscape } from '../ui/use-escape.ts';
import { AddByName } from './add-by-name.tsx';
import { noteAdded } from './added-tenants.ts';
import type { Added } from './added-tenants.ts';
import { CustomerList } from './customer-list.tsx';
import { readinessSummary } from './readiness-words.ts';
import { closeTenantDialog } from './tenant-dialogs-store.ts';
import { TenantList, TenantListRow } from './tenant-list.tsx';

const useStyles = makeStyles({
  surface: { maxWidth: '620px' },
  content: { display: 'flex', flexDirection: 'column', gap: '12px', minHeight: '320px' },
  mark: { display: 'inline-flex', alignItems: 'center', gap: '6px', whiteSpace: 'nowrap' },
  added: { color: tokens.colorStatusSuccessForeground1 },
  open: { whiteSpace: 'nowrap', flexShrink: 0 },
});

/** Adds customer tenants, from the partner's own customers or by domain or id, and leads on to what each still needs. */
export function AddTenantDialog() {
  const styles = useStyles();
  const [by, setBy] = useState<'customers' | 'name'>('customers');
  const [added, setAdded] = useState<readonly Added[]>([]);
  const note = (answer: Added) => setAdded(known => noteAdded(known, answer));
  // Not by the dialog's own way: a tooltip on the focused button would take the key, and a button that went the focus.
  useEscape(closeTenantDialog);
  return (
    <Dialog open onOpenChange={(_, data) => (data.open ? undefined : closeTenantDialog())}>
      <DialogSurface className={styles.surface}>
        <DialogBody>
          <DialogTitle>Add tenants</DialogTitle>
          <DialogContent className={styles.content}>
            <TabList selectedValue={by} onTabSelect={(_, data) => setBy(data.value === 'name' ? 'name' : 'customers')}>
              <Tab value="customers">From your customers</Tab>
              <Tab value="name">By domain or tenant id</Tab>
            </TabList>
            {by === 'customers' ? <CustomerList onAdded={note} /> : <AddByName onAdded={note} />}
            {added.length > 0 && (
              <TenantList label="Added now" isLive>
                {added.map(answer => (
                  <TenantListRow
                    key={answer.tenant.id}
                    name={answer.tenant.displayName}
                    before={
                      answer.wasThere ? (
                        <span className={styles.mark}>
                          <CheckmarkCircle16Regular aria-hidden /> Was there already
                        </span>
                      ) : (
                        <span className={mergeClasses(styles.mark, styles.added)}>
                          <CheckmarkCircle16Filled aria-hidden /> Added
                        </span>
                      )
                    }
                  >
                    <OpenButton answer={answer} className={styles.open} />
                  </TenantListRow>
                ))}
              </TenantList>
            )}
          </DialogContent>
          <DialogActions>
            <Button onClick={closeTenantDialog}>Close</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

function OpenButton({ answer: { tenant, readiness }, className }: { answer: Added; className: string }) {
  const { toDo } = readinessSummary(readiness.items);
  return (
    <Button
      size="small"
      className={className}
      onClick={() => {
        closeTenantDialog();
        navigate({ at: toDo > 0 ? 'readiness' : 'protection', tenantId: tenant.id });
      }}
    >
      {toDo > 0 ? `${toDo} to look at` : 'Ready, open it'}
    </Button>
  );
}
