import { expect, test } from 'vitest';
import { createRequestCounters } from './request-counters.ts';

const question = { method: 'GET', route: '/me', status: 200, tenantId: 'a', kind: 'single' } as const;

test('sums stay right when more was counted than is kept one by one', () => {
  let now = 0;
  const counters = createRequestCounters(() => now);
  for (let asked = 0; asked < 250_000; asked += 1) {
    now += 1;
    counters.count(asked % 2 === 0 ? question : { ...question, kind: 'part', status: 429 });
  }
  expect(counters.read()).toEqual({
    http: 125_000,
    questions: 250_000,
    byRoute: [
      { method: 'GET', route: '/me', status: 200, count: 125_000 },
      { method: 'GET', route: '/me', status: 429, count: 125_000 },
    ],
    byTenant: [{ tenantId: 'a', http: 125_000, questions: 250_000 }],
    sequence: 250_000,
  });
  expect(counters.read({ sequence: 249_990 }).questions).toBe(10);
  expect(counters.read({ milliseconds: 249_999 }).questions).toBe(2);
  counters.reset();
  expect(counters.read()).toMatchObject({ questions: 0, sequence: 250_000 });
  counters.count({ ...question, kind: 'batch' });
  expect(counters.read({ sequence: 250_000 })).toMatchObject({ http: 1, questions: 0 });
});
