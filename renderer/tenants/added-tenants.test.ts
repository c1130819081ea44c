import { expect, it } from 'vitest';
import { noteAdded } from './added-tenants.ts';
import type { Added } from './added-tenants.ts';

const answer = (id: string, wasThere: boolean, checkedAt: number): Added => ({
  tenant: {
    id,
    displayName: id,
    domain: `${id}.example`,
    colour: 0,
    addedAt: 0,
    controller: { by: 'unknown' },
    protectedUnits: 0,
    units: 0,
    runningSessions: 0,
  },
  readiness: { tenantId: id, checkedAt, items: [] },
  wasThere,
});
const short = (all: readonly Added[]) =>
  all.map(({ tenant, wasThere, readiness }) => [tenant.id, wasThere, readiness.checkedAt]);

it('lists each tenant once, the last answer first, with what the last command did', () => {
  const all = [answer('a', false, 1), answer('b', true, 2), answer('a', true, 3)];
  expect(short(all.reduce<readonly Added[]>(noteAdded, []))).toEqual([
    ['a', true, 3],
    ['b', true, 2],
  ]);
});
