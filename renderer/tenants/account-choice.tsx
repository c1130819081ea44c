import { Field, Select } from '@fluentui/react-components';
import type { Account } from '../../shared/contract/account.ts';

interface AccountChoiceProps {
  readonly label: string;
  readonly hint?: string;
  readonly accounts: readonly Account[];
  readonly value: string | undefined;
  readonly onChange: (accountId: string) => void;
}

/** Chooses one of the accounts. */
export function AccountChoice({ label, hint, accounts, value, onChange }: AccountChoiceProps) {
  return (
    <Field label={label} {...(hint === undefined ? {} : { hint })}>
      <Select value={value ?? ''} onChange={(_, data) => onChange(data.value)}>
        {accounts.every(({ id }) => id !== value) && <option value={value ?? ''}>Choose an account</option>}
        {accounts.map(({ id, username, displayName }) => (
          <option key={id} value={id}>
            {displayName === username ? username : `${username}, ${displayName}`}
          </option>
        ))}
      </Select>
    </Field>
  );
}
