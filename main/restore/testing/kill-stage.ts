import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type EmulatorProcess, startEmulatorProcess } from '../../testing/emulator-process.ts';
import type { StepMoment } from '../executor.ts';
import type { StepName } from '../run-state.ts';
import type { RestoringOrder } from './restoring-process.ts';

const script = fileURLToPath(new URL('restoring-process.ts', import.meta.url));
const HOUR_SECONDS = 3_600;
const DAY_SECONDS = 24 * HOUR_SECONDS;

/** How many units of each kind the plan restores. */
export type Wanted = Readonly<Record<'site' | 'drive' | 'mailbox', number>>;

/** Where one life of the console ends. */
export interface Death {
  readonly step: StepName;
  readonly moment: StepMoment;
  /** How often the moment comes in that life, up to the end; the first time unless given. */
  readonly occurrence?: number;
}

/** What a request meets once. */
export interface KillFault {
  readonly effect: 'dropAfter' | 'gatewayTimeout' | 'status';
  readonly status?: number;
  readonly code?: string;
  readonly route: string;
  readonly method: string;
}

/** One unit that really began to restore. */
interface Restored {
  readonly unitId: string;
  readonly sessionId: string;
}

export interface KillCase {
  readonly deaths: readonly Death[];
  readonly faults?: readonly KillFault[];
}

/** An emulator, and a profile with a plan that is ready to be started; every case works on a copy of it. */
export interface KillStage {
  /** The plan's units. */
  readonly unitIds: Readonly<Record<keyof Wanted, readonly string[]>>;
  /** A draft of a colleague's with points of the plan. */
  readonly colleagueDraft: string;
  /**
   * One case: start, die, start again as often as deaths are given, and go to the end.
   *
   * @returns which units were really restored, each as often as it was, and the drafts that are left
   * @throws where a death does not come
   */
  run(of: KillCase): Promise<{ readonly restored: readonly string[]; readonly drafts: readonly string[] }>;
  stop(): Promise<void>;
}

/** @param units protection units of the emulator's tenant */
export async function openKillStage(units: number, wanted: Wanted): Promise<KillStage> {
  const emulator = await startEmulatorProcess('--units', String(units), '--tenants', '1', '--time-scale', '1');
  const folder = mkdtempSync(join(tmpdir(), 'backstop-kill-'));
  const stop = async (): Promise<void> => {
    await emulator.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await emulator.control('PATCH', `/tenants/${emulator.tenant.id}`, { artifactFailures: 'none' });
    const prepared = join(folder, 'prepared');
    const unitIds = await unitsWithPoints(emulator, wanted);
    const incidentAt = Math.floor(Date.parse(emulator.ready.now) / 1000) - DAY_SECONDS;
    const all = Object.values(unitIds).flat();
    const { output } = await live(emulator, {
      profile: prepared,
      work: { type: 'prepare', unitIds: all, incidentAt },
    });
    const made = JSON.parse(output.at(-1) ?? '{}') as { planId: string; restorable: number };
    if (made.restorable !== all.length) throw new Error(`Of ${all.length} units ${made.restorable} can be restored.`);
    const colleagueDraft = await placeColleagueDraft(emulator, prepared, join(folder, 'probe'), made.planId);
    return {
      unitIds,
      colleagueDraft,
      stop,
      run: async ({ deaths, faults = [] }) => {
        const profile = mkdtempSync(join(folder, 'case-'));
        cpSync(prepared, profile, { recursive: true });
        const before = new Set((await restores(emulator)).map(({ sessionId }) => sessionId));
        for (const { route, method, ...fault } of faults)
          await emulator.control('POST', '/faults', {
            match: { route, method, tenantId: emulator.tenant.id },
            times: 1,
            ...fault,
          });
        const { planId } = made;
        for (const [lives, death] of [...deaths, undefined].entries()) {
          const { killed } = await live(emulator, {
            profile,
            work: { type: lives === 0 ? 'start' : 'resume', planId },
            ...(death === undefined ? {} : { killAt: { occurrence: 1, ...death } }),
          });
          if (killed !== (death !== undefined))
            throw new Error(`The moment to be killed at never came: ${death?.step} ${death?.moment}.`);
        }
        await emulator.control('DELETE', '/faults');
        await finishSessions(emulator);
        const restored = (await restores(emulator)).filter(({ sessionId }) => !before.has(sessionId));
        const sessions = await collection<{ id: string; status: string }>(emulator, '/restoreSessions');
        rmSync(profile, { recursive: true, force: true });
        return {
          restored: restored.map(({ unitId }) => unitId),
          drafts: sessions.filter(({ status }) => status === 'draft').map(({ id }) => id),
        };
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Runs the restoring process to its end, killed or not. */
function live(
  { ready, tenant }: EmulatorProcess,
  order: Pick<RestoringOrder, 'profile' | 'work' | 'killAt'>,
): Promise<{ readonly output: readonly string[]; readonly killed: boolean }> {
  const whole: RestoringOrder = { ready, tenantId: tenant.id, ...order };
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

async function restores(emulator: EmulatorProcess): Promise<readonly Restored[]> {
  const path = `/restores?tenantId=${emulator.tenant.id}`;
  return (await emulator.control<{ value: Restored[] }>('GET', path)).value;
}

/** All members of a collection of the tenant, read by a bystander who knows nothing of our client. */
async function collection<T>(emulator: EmulatorProcess, path: string): Promise<T[]> {
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

/** As many units of each kind as wanted that have points. */
async function unitsWithPoints(emulator: EmulatorProcess, wanted: Wanted): Promise<Record<keyof Wanted, string[]>> {
  const found: Record<keyof Wanted, string[]> = { site: [], drive: [], mailbox: [] };
  const now = Date.parse(emulator.ready.now);
  const from = new Date(now - 3 * DAY_SECONDS * 1_000).toISOString();
  const to = new Date(now - DAY_SECONDS * 1_000).toISOString();
  for (const kind of ['site', 'drive', 'mailbox'] as const) {
    const path = `/protectionUnits/microsoft.graph.${kind}ProtectionUnit`;
    for (const { id } of await collection<{ readonly id: string }>(emulator, path)) {
      if (found[kind].length === wanted[kind]) break;
      const points = await emulator.control<{ value: unknown[] }>(
        'GET',
        `/points?tenantId=${emulator.tenant.id}&unitId=${id}&from=${from}&to=${to}`,
      );
      if (points.value.length >= 5) found[kind].push(id);
    }
    if (found[kind].length < wanted[kind]) throw new Error(`There are only ${found[kind].length} units: ${kind}.`);
  }
  return found;
}

/** A colleague's draft with the points of the plan's sites, made with the same application: it must stay as it is. */
async function placeColleagueDraft(
  emulator: EmulatorProcess,
  prepared: string,
  profile: string,
  planId: string,
): Promise<string> {
  const colleague = emulator.ready.users[1];
  cpSync(prepared, profile, { recursive: true });
  await live(emulator, {
    profile,
    work: { type: 'start', planId },
    killAt: { step: 'verify', moment: 'beforeIntent', occurrence: 1 },
  });
  const sessions = await collection<{ id: string; status: string }>(emulator, '/restoreSessions');
  const ours = sessions.find(({ status }) => status === 'draft');
  const artifacts = await collection<{ restorePoint: { id: string } }>(
    emulator,
    `/sharePointRestoreSessions/${ours?.id}/siteRestoreArtifacts`,
  );
  // What was made for looking up the points is finished by its own process, and so is out of the way.
  await live(emulator, { profile, work: { type: 'resume', planId } });
  await finishSessions(emulator);
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
async function finishSessions(emulator: EmulatorProcess): Promise<void> {
  for (let hours = 0; hours < 100; hours += 1) {
    const sessions = await collection<{ status: string }>(emulator, '/restoreSessions');
    if (sessions.every(({ status }) => status === 'draft' || status.startsWith('completed') || status === 'failed'))
      return;
    await emulator.control('POST', '/clock', { advanceSeconds: HOUR_SECONDS });
  }
  throw new Error('The sessions do not end.');
}
