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
import { useAccounts } from '../store/index.ts';
import { useEscape } from '../ui/use-escape.ts';
import { AccountChoice } from './account-choice.tsx';
import { AddByCsv } from './add-by-csv.tsx';
import { AddByName } from './add-by-name.tsx';
import { noteAdded } from './added-tenants.ts';
import type { Added } from './added-tenants.ts';
import { CustomerList } from './customer-list.tsx';
import { OpenAdded } from './open-added.tsx';
import { closeTenantDialog } from './tenant-dialogs-store.ts';
import { TenantList, TenantListRow } from './tenant-list.tsx';

const useStyles = makeStyles({
  surface: { maxWidth: '680px' },
  content: { display: 'flex', flexDirection: 'column', gap: '12px', minHeight: '320px' },
  mark: { display: 'inline-flex', alignItems: 'center', gap: '6px', whiteSpace: 'nowrap' },
  added: { color: tokens.colorStatusSuccessForeground1 },
});

const ways = {
  customers: 'From your customers',
  name: 'By domain or tenant id',
  csv: 'From a CSV file',
} as const;

/** Adds customer tenants, from the partner's own customers by domain or id, or from a file, and leads on to what each still needs. */
export function AddTenantDialog() {
  const styles = useStyles();
  const [by, setBy] = useState<keyof typeof ways>('customers');
  const [added, setAdded] = useState<readonly Added[]>([]);
  const accounts = useAccounts();
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  // One that has signed out meanwhile can add nothing.
  const accountId = accounts.find(({ id }) => id === chosen)?.id ?? accounts[0]?.id;
  const note = (answer: Added) => setAdded(known => noteAdded(known, answer));
  // Not by the dialog's own way: a tooltip on the focused button would take the key, and a button that went the focus.
  useEscape(closeTenantDialog);
  return (
    <Dialog open onOpenChange={(_, data) => (data.open ? undefined : closeTenantDialog())}>
      <DialogSurface className={styles.surface}>
        <DialogBody>
          <DialogTitle>Add tenants</DialogTitle>
          <DialogContent className={styles.content}>
            <TabList
              selectedValue={by}
              onTabSelect={(_, data) => setBy(data.value === 'name' || data.value === 'csv' ? data.value : 'customers')}
            >
              {Object.entries(ways).map(([way, word]) => (
                <Tab key={way} value={way}>
                  {word}
                </Tab>
              ))}
            </TabList>
            {accounts.length > 1 && (
              <AccountChoice
                label="Account that works in the tenants"
                accounts={accounts}
                value={accountId}
                onChange={setChosen}
              />
            )}
            {by === 'customers' && <CustomerList key={accountId} accountId={accountId} onAdded={note} />}
            {by === 'name' && <AddByName accountId={accountId} onAdded={note} />}
            {by === 'csv' && <AddByCsv accountId={accountId} onAdded={note} />}
            {added.length > 0 && by !== 'csv' && (
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
                    <OpenAdded answer={answer} />
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
