import { describe, expect, it } from 'vitest';
import type { Account } from '../../shared/contract/account.ts';
import type { Tenant } from '../../shared/contract/tenants.ts';
import { accountsAway } from './accounts-away.ts';

const account = (name: string): Account => ({
  id: name.padEnd(16, '0'),
  username: `${name}@msp.example`,
  displayName: name,
  homeTenantId: '99999999-0000-4000-8000-000000000009',
});

const tenant = (displayName: string, of?: Account): Tenant => ({
  id: displayName,
  displayName,
  domain: 'a.example',
  colour: 0,
  addedAt: 0,
  controller: { by: 'unknown' },
  protectedUnits: 0,
  units: 0,
  runningSessions: 0,
  ...(of === undefined ? {} : { access: { account: of } }),
});

describe('accounts that are away', () => {
  const anna = account('anna');
  const bo = account('bo');
  const cy = account('cy');

  it('are those that tenants need and that are signed out, each once with its tenants', () => {
    const tenants = [tenant('A', anna), tenant('B', cy), tenant('C', bo), tenant('D', cy), tenant('E')];
    expect(accountsAway([anna], tenants)).toEqual([
      { account: bo, tenants: [tenants[2]] },
      { account: cy, tenants: [tenants[1], tenants[3]] },
    ]);
  });

  it('are none where all are signed in', () => {
    expect(accountsAway([anna, bo], [tenant('A', anna), tenant('B', bo)])).toEqual([]);
  });
});
