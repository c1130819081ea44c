import { expect, test } from 'vitest';
import type { Answer, FetchedPolicy, FetchedUnit, Page, Pages } from '../graph/index.ts';
import { silentLog } from './testing/sync-on-emulator.ts';
import { SERVICE_NOW } from './testing/scripted-graph.ts';
import { TenantReader } from './tenant-reader.ts';

const TENANT = '0b5c3c1e-4f0a-4d0e-9c60-3b1c8a4f2d01';

async function* pageOf<T>(items: readonly T[]): Pages<T> {
  const value: Page<T> = { items, unreadable: [], annotations: {} };
  const answer: Answer<Page<T>> = {
    value,
    status: 200,
    clientRequestId: 'x',
    roundTripSeconds: 0.1,
    receivedAt: SERVICE_NOW,
  };
  yield answer;
}

const policy: FetchedPolicy = {
  id: 'p',
  name: 'Short',
  status: 'active',
  retention: [{ interval: 'R/PT10M', period: 'P3D' }],
  graph: {},
};
const unit: FetchedUnit = {
  id: 'u',
  kind: 'site',
  name: 'Finance',
  ownerKey: 'o',
  status: 'protected',
  sources: [],
  policyId: 'p',
  graph: {},
};

/** A reader that tells in which order it writes. */
function reading(listPolicies: () => Pages<FetchedPolicy>) {
  const wrote: string[] = [];
  const reader = new TenantReader({
    log: silentLog,
    clocks: { now: () => SERVICE_NOW, learn: () => undefined },
    graph: {
      forTenant: () => ({
        policies: { list: listPolicies },
        units: { list: kind => pageOf(kind === 'site' ? [unit] : []) },
      }),
    },
    catalog: {
      policies: {
        list: async () => [],
        replaceAll: async () => {
          wrote.push('policies');
          return { retentionChanged: [] };
        },
      },
      knowledge: {
        lowerExpiries: async ({ policyId }) => {
          wrote.push(`expiries of ${policyId}`);
        },
      },
      units: {
        beginRead: async read => ({ ...read, read: 1 }),
        putPage: async (_, units) => {
          wrote.push(...units.map(({ id }) => `unit ${id}`));
        },
        endRead: async () => ({ units: 1, gone: 0, added: 0 }),
      },
      tenants: { setSyncedAt: async () => undefined },
    },
  });
  const { signal } = new AbortController();
  const policies = reader.readPolicies(TENANT, signal);
  const units = reader.readUnits(TENANT, signal, policies, () => undefined);
  return { wrote, policies, units };
}

test('units are written once the policies are that they may have come under', async () => {
  const gate = Promise.withResolvers<void>();
  const { wrote, policies, units } = reading(async function* () {
    await gate.promise;
    yield* pageOf([policy]);
  });
  // The units' pages are there long before the policies'.
  await new Promise(resolve => setImmediate(resolve));
  expect(wrote).toEqual([]);
  gate.resolve();
  await Promise.all([policies, units]);
  expect(wrote).toEqual(['expiries of p', 'policies', 'unit u']);
});

test('units are written also where the policies can not be read', async () => {
  const { wrote, policies, units } = reading(() => {
    throw new Error('refused');
  });
  await expect(policies).rejects.toThrow('refused');
  await units;
  expect(wrote).toEqual(['unit u']);
});
