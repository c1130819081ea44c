import { expect, it } from 'vitest';
import { targetInWords } from './target-words.ts';

const id = '3f0f3c3e-8f0a-4d0e-9c60-3b1c8a4f2d77';

it.each([
  [{ target: `plan ${id}`, targetName: 'Friday' }, 'Plan Friday'],
  [{ target: `policy ${id}` }, 'Policy 3f0f3c3e…2d77'],
  [{ target: 'unit u1' }, 'Unit u1'],
  [
    { target: 'Exchange policy "Board of directors"', targetName: 'Board of directors' },
    'Exchange policy "Board of directors"',
  ],
  [{ target: `rule r1 of policy ${id}` }, 'Rule r1 of policy 3f0f3c3e…2d77'],
  [{ target: `tenant ${id}`, tenantName: 'Nordlicht Energiegenossenschaft' }, 'Tenant Nordlicht Energiegenossenschaft'],
  [{ target: `e-mail notifications of tenant ${id}`, tenantName: 'Contoso' }, 'E-mail notifications of tenant Contoso'],
  [{ target: `e-mail notifications of tenant ${id}` }, 'E-mail notifications of tenant 3f0f3c3e…2d77'],
  [{ target: '' }, ''],
])('%j reads %s', (row, words) => {
  expect(targetInWords({ tenantId: id, ...row })).toBe(words);
});
