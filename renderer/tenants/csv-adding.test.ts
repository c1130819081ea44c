import { expect, it } from 'vitest';
import { AppFailure } from '../../shared/contract/errors.ts';
import type { AppError } from '../../shared/contract/errors.ts';
import type { Added } from './added-tenants.ts';
import { addLines } from './csv-adding.ts';
import type { TenantLine } from './tenant-csv.ts';

const line = (n: number, asked: string, problem?: TenantLine['problem']): TenantLine =>
  problem === undefined ? { line: n, asked } : { line: n, asked, problem };
const answerTo = (asked: string): Added => ({
  tenant: {
    id: asked,
    displayName: asked,
    domain: asked,
    colour: 0,
    addedAt: 0,
    controller: { by: 'ours' },
    protectedUnits: 0,
    units: 0,
    runningSessions: 0,
  },
  readiness: { tenantId: asked, checkedAt: 0, items: [] },
  wasThere: false,
});

async function run(lines: readonly TenantLine[], failing: Record<string, AppError>, stopAt?: string) {
  const stopping = new AbortController();
  const asked: string[] = [];
  const results = new Map<number, string>();
  const add = async (name: string) => {
    asked.push(name);
    if (name === stopAt) {
      stopping.abort();
      throw new AppFailure({ code: 'ABORTED' });
    }
    const error = failing[name];
    if (error !== undefined) throw new AppFailure(error);
    return answerTo(name);
  };
  await addLines(lines, add, {
    onResult: (n, result) => results.set(n, result.is),
    toError: error => (error instanceof AppFailure ? error.error : { code: 'UNEXPECTED', errorId: 'x' }),
    signal: stopping.signal,
  });
  return { asked, results: Object.fromEntries(results) };
}
const lines = [line(1, 'a.example'), line(2, 'bad', { is: 'notATenant' }), line(3, 'b.example'), line(4, 'c.example')];

it('goes on after a line that fails, and never sends one that is wrong', async () => {
  expect(await run(lines, { 'a.example': { code: 'TENANT_UNKNOWN', asked: 'a.example' } })).toEqual({
    asked: ['a.example', 'b.example', 'c.example'],
    results: { 1: 'failed', 3: 'added', 4: 'added' },
  });
});

it('ends where the connection or the sign-in is gone: the next would only fail alike', async () => {
  expect(await run(lines, { 'b.example': { code: 'OFFLINE' } })).toEqual({
    asked: ['a.example', 'b.example'],
    results: { 1: 'added', 3: 'failed', 4: 'notSent' },
  });
});

it('stops where it is told to, and says what was not sent', async () => {
  expect(await run(lines, {}, 'b.example')).toEqual({
    asked: ['a.example', 'b.example'],
    results: { 1: 'added', 3: 'notSent', 4: 'notSent' },
  });
});
