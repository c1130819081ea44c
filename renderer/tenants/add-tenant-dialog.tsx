import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  Tab,
  TabList,
  tokens,
} from '@fluentui/react-components';
import { CheckmarkCircle16Filled } from '@fluentui/react-icons';
import { useState } from 'react';
import { navigate } from '../store/index.ts';
import { AddByName } from './add-by-name.tsx';
import { CustomerList } from './customer-list.tsx';
import { readinessSummary } from './readiness-words.ts';
import { closeTenantDialog } from './tenant-dialogs-store.ts';
import type { Added } from './use-add-tenant.ts';

const useStyles = makeStyles({
  surface: { maxWidth: '620px' },
  content: { display: 'flex', flexDirection: 'column', gap: '12px', minHeight: '320px' },
  list: {
    margin: 0,
    padding: 0,
    listStyleType: 'none',
    overflowY: 'auto',
    maxHeight: '280px',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
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
  added: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: '6px',
    color: tokens.colorStatusSuccessForeground1,
    whiteSpace: 'nowrap',
  },
});

/** Adds customer tenants, from the partner's own customers or by domain or id, and leads on to what each still needs. */
export function AddTenantDialog() {
  const styles = useStyles();
  const [by, setBy] = useState<'customers' | 'name'>('customers');
  const [added, setAdded] = useState<readonly Added[]>([]);
  const note = (answer: Added) => setAdded(known => [...known, answer]);
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
              <ul className={styles.list} aria-label="Added now" aria-live="polite">
                {added.map(({ tenant, readiness }) => {
                  const { toDo } = readinessSummary(readiness.items);
                  return (
                    <li key={tenant.id} className={styles.row}>
                      <span className={styles.added}>
                        <CheckmarkCircle16Filled aria-hidden /> Added
                      </span>
                      <span className={styles.name}>{tenant.displayName}</span>
                      <Button
                        size="small"
                        onClick={() => {
                          closeTenantDialog();
                          navigate({ at: toDo > 0 ? 'readiness' : 'protection', tenantId: tenant.id });
                        }}
                      >
                        {toDo > 0 ? `${toDo} to look at` : 'Ready, open it'}
                      </Button>
                    </li>
                  );
                })}
              </ul>
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
