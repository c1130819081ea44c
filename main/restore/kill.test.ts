import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EmulatorProcess, startEmulatorProcess } from '../testing/emulator-process.ts';
import type { StepMoment } from './executor.ts';
import type { StepName } from './run-state.ts';
import type { RestoringOrder } from './testing/restoring-process.ts';

const script = fileURLToPath(new URL('testing/restoring-process.ts', import.meta.url));
const UNITS = 20;

interface Unit {
  readonly id: string;
}
interface Restored {
  readonly unitId: string;
  readonly sessionId: string;
}

let emulator: EmulatorProcess;
let folder: string;
/** A profile with a plan that is ready to be started; every case works on a copy of it. */
let prepared: string;
let planId: string;
let colleagueDraft: string;

beforeAll(async () => {
  emulator = await startEmulatorProcess('--units', '60', '--tenants', '1', '--time-scale', '1');
  await emulator.control('PATCH', `/tenants/${emulator.tenant.id}`, { artifactFailures: 'none' });
  folder = mkdtempSync(join(tmpdir(), 'backstop-kill-'));
  prepared = join(folder, 'prepared');
  const unitIds = await unitsWithPoints();
  const incidentAt = Math.floor(Date.parse(emulator.ready.now) / 1000) - 24 * 3_600;
  const { output } = await restoring({ profile: prepared, work: { type: 'prepare', unitIds, incidentAt } });
  const made = JSON.parse(output.at(-1) ?? '{}') as { planId: string; restorable: number };
  expect(made.restorable).toBe(UNITS);
  planId = made.planId;
  colleagueDraft = await placeColleagueDraft();
}, 120_000);

afterAll(async () => {
  await emulator?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the restoring process to its end, killed or not. */
function restoring(
  order: Pick<RestoringOrder, 'profile' | 'work' | 'killAt'>,
): Promise<{ readonly output: readonly string[]; readonly killed: boolean }> {
  const whole: RestoringOrder = { ready: emulator.ready, tenantId: emulator.tenant.id, ...order };
  const child = spawn(process.execPath, [script, JSON.stringify(whole)], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (signal === 'SIGKILL') resolve({ output: output.trim().split('\n'), killed: true });
      else if (code === 0) resolve({ output: output.trim().split('\n'), killed: false });
      else reject(new Error(`The restoring process ended with ${code}: ${errors}`));
    });
  });
}

async function restores(): Promise<readonly Restored[]> {
  return (await emulator.control<{ value: Restored[] }>('GET', `/restores?tenantId=${emulator.tenant.id}`)).value;
}

/** All members of a collection of the tenant, read by a bystander who knows nothing of our client. */
async function collection<T>(path: string): Promise<T[]> {
  const [user] = emulator.ready.users;
  const { accessToken } = await emulator.control<{ accessToken: string }>('POST', '/tokens', {
    tenantId: emulator.tenant.id,
    userPrincipalName: user?.userPrincipalName,
    scopes: ['BackupRestore-Configuration.Read.All', 'BackupRestore-Restore.Read.All', 'BackupRestore-Search.Read.All'],
  });
  const members: T[] = [];
  let address: string | undefined = `${emulator.ready.url}/v1.0/solutions/backupRestore${path}`;
  while (address !== undefined) {
    const response: Response = await fetch(address, { headers: { Authorization: `Bearer ${accessToken}` } });
    const page = (await response.json()) as { value: T[]; '@odata.nextLink'?: string };
    members.push(...page.value);
    const next = page['@odata.nextLink'];
    address = next === undefined ? undefined : new URL(next, address).href;
  }
  return members;
}

/** Twenty units of all three kinds that have points. */
async function unitsWithPoints(): Promise<string[]> {
  const found: string[] = [];
  for (const [kind, wanted] of [
    ['site', 8],
    ['drive', 6],
    ['mailbox', 6],
  ] as const) {
    const value = await collection<Unit>(`/protectionUnits/microsoft.graph.${kind}ProtectionUnit`);
    let left: number = wanted;
    for (const { id } of value) {
      if (left === 0) break;
      const from = new Date(Date.parse(emulator.ready.now) - 3 * 86_400_000).toISOString();
      const to = new Date(Date.parse(emulator.ready.now) - 86_400_000).toISOString();
      const points = await emulator.control<{ value: unknown[] }>(
        'GET',
        `/points?tenantId=${emulator.tenant.id}&unitId=${id}&from=${from}&to=${to}`,
      );
      if (points.value.length < 5) continue;
      found.push(id);
      left -= 1;
    }
  }
  expect(found).toHaveLength(UNITS);
  return found;
}

/** A colleague's draft with a point of the plan, made with the same application: it must stay as it is. */
async function placeColleagueDraft(): Promise<string> {
  const colleague = emulator.ready.users[1];
  const created = join(folder, 'probe');
  cpSync(prepared, created, { recursive: true });
  const { output } = await restoring({
    profile: created,
    work: { type: 'start', planId },
    killAt: { step: 'verify', moment: 'beforeIntent', occurrence: 1 },
  });
  expect(output).toBeDefined();
  const value = await collection<{ id: string; status: string }>('/restoreSessions');
  const ours = value.find(({ status }) => status === 'draft');
  const artifacts = await collection<{ restorePoint: { id: string } }>(
    `/sharePointRestoreSessions/${ours?.id}/siteRestoreArtifacts`,
  );
  // What was made for looking up the points is finished by its own process, and so is out of the way.
  await restoring({ profile: created, work: { type: 'resume', planId } });
  await finishSessions();
  const id = 'c0ffee00-0000-4000-8000-000000000001';
  await emulator.control('POST', `/tenants/${emulator.tenant.id}/entities`, {
    collection: 'sharePointRestoreSessions',
    value: [
      {
        id,
        status: 'draft',
        createdBy: {
          application: { id: emulator.ready.clientId },
          user: { id: colleague?.objectId, email: colleague?.userPrincipalName },
        },
        siteRestoreArtifacts: artifacts.map(({ restorePoint }) => ({
          restorePoint: { id: restorePoint.id },
          destinationType: 'new',
        })),
      },
    ],
  });
  return id;
}

/** Lets service time pass until nothing is being restored. */
async function finishSessions(): Promise<void> {
  for (let hours = 0; hours < 100; hours += 1) {
    const value = await collection<{ status: string }>('/restoreSessions');
    if (value.every(({ status }) => status === 'draft' || status.startsWith('completed') || status === 'failed'))
      return;
    await emulator.control('POST', '/clock', { advanceSeconds: 3_600 });
  }
  throw new Error('The sessions do not end.');
}

interface Fault {
  readonly effect: 'dropAfter' | 'gatewayTimeout';
  readonly route: string;
  readonly method: string;
}

/** One case: prepare, start, die, start again, and look at what was really restored. */
async function restoreOnce(killAt: RestoringOrder['killAt'], faults: readonly Fault[] = []): Promise<void> {
  const profile = mkdtempSync(join(folder, 'case-'));
  cpSync(prepared, profile, { recursive: true });
  const before = (await restores()).length;
  for (const { effect, route, method } of faults)
    await emulator.control('POST', '/faults', {
      match: { route, method, tenantId: emulator.tenant.id },
      effect,
      times: 1,
    });

  const { killed } = await restoring({
    profile,
    work: { type: 'start', planId },
    ...(killAt === undefined ? {} : { killAt }),
  });
  if (killAt !== undefined) expect(killed, 'the moment to be killed at never came').toBe(true);
  // Killed before the start was on disk is not among the moments: the plan is `starting` before the first.
  if (killed) expect((await restoring({ profile, work: { type: 'resume', planId } })).killed).toBe(false);

  await emulator.control('DELETE', '/faults');
  await finishSessions();
  const restored = (await restores()).slice(before);
  expect(new Set(restored.map(({ unitId }) => unitId)).size).toBe(UNITS);
  expect(restored).toHaveLength(UNITS);
  const value = await collection<{ id: string; status: string }>('/restoreSessions');
  expect(value.filter(({ status }) => status === 'draft').map(({ id }) => id)).toEqual([colleagueDraft]);
  rmSync(profile, { recursive: true, force: true });
}

/** What a run without trouble comes to: three sessions, each created, verified, activated. */
const straight: readonly (readonly [StepName, number])[] = [
  ['create', 3],
  ['verify', 3],
  ['activate', 3],
];
const moments: readonly StepMoment[] = ['beforeIntent', 'afterIntent', 'afterRequest', 'afterOutcome'];
const cases = straight.flatMap(([step, count]) =>
  moments.flatMap(moment => Array.from({ length: count }, (_, n) => ({ step, moment, occurrence: n + 1 }))),
);

const root = '/solutions/backupRestore';
const lostAnswers: readonly Fault[] = (['dropAfter', 'gatewayTimeout'] as const).flatMap(effect => [
  { effect, method: 'POST', route: `${root}/sharePointRestoreSessions` },
  { effect, method: 'POST', route: `${root}/exchangeRestoreSessions` },
  { effect, method: 'POST', route: `${root}/restoreSessions/{id}/activate` },
]);
/** With an answer lost, a step is settled by reading: killed around that as well, and around the sweep at the end. */
const withLostAnswers: readonly (readonly [StepName, StepMoment])[] = [
  ['create', 'beforeSettling'],
  ['create', 'afterSettling'],
  ['activate', 'beforeIntent'],
  ['activate', 'afterRequest'],
  ['activate', 'beforeSettling'],
  ['activate', 'afterSettling'],
  ['sweep', 'beforeIntent'],
  ['sweep', 'afterIntent'],
  ['sweep', 'afterRequest'],
  ['sweep', 'afterOutcome'],
];

/** Once in `npm test`; `npm run kill-test` does it over and over. */
describe('a restore of twenty units, killed with SIGKILL', () => {
  it.each(cases)('$step $moment, occurrence $occurrence', async killAt => restoreOnce(killAt), 60_000);

  it.each(withLostAnswers)(
    'with answers lost: %s %s',
    async (step, moment) => {
      for (const effect of ['dropAfter', 'gatewayTimeout'] as const)
        await restoreOnce(
          { step, moment, occurrence: 1 },
          lostAnswers.filter(fault => fault.effect === effect),
        );
    },
    120_000,
  );
});
