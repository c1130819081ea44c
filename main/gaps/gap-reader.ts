import type { AppError } from '../../shared/contract/errors.ts';
import { AppFailure } from '../../shared/contract/errors.ts';
import type { GapPart } from '../../shared/contract/gaps.ts';
import type { AdditionJob, InclusionRule } from '../../shared/contract/policies.ts';
import type { DirectoryMember } from '../../shared/domain/gaps.ts';
import type { TenantId } from '../../shared/domain/protection-unit.ts';
import { DAY, type UtcSeconds } from '../../shared/domain/time.ts';
import type { AdditionFailure } from '../catalog/index.ts';
import { asAppFailure } from '../failures.ts';
import type { ListedSite, ListedUser, Pages } from '../graph/index.ts';
import type { GapsOptions } from './gaps-options.ts';

/** A bulk job can't be deleted, nor run again: one that ended longer ago than this says nothing of today. */
const JOBS_FOR = 30 * DAY;
/** Members that one call to the catalog takes. */
const MEMBERS_A_WRITE = 500;

interface Progress {
  users: number;
  sites: number;
  policies: number;
}

/** Reads the directory, rules and jobs of a tenant into the catalog. One part that can't be read does not keep the others from it. */
export class GapReader {
  readonly #options: GapsOptions;

  constructor(options: GapsOptions) {
    this.#options = options;
  }

  /**
   * @returns why a part could not be read, by part
   * @throws AppFailure OFFLINE, SIGNED_OUT before anything was asked; ABORTED; TENANT_NOT_ADDED
   */
  async read(tenantId: TenantId, signal: AbortSignal): Promise<ReadonlyMap<GapPart, AppError>> {
    const { catalog, emit, isOnline, isSignedIn, graph } = this.#options;
    await catalog.tenants.get(tenantId);
    if (!isOnline()) throw new AppFailure({ code: 'OFFLINE' });
    if (!isSignedIn(tenantId)) throw new AppFailure({ code: 'SIGNED_OUT' });
    const progress: Progress = { users: 0, sites: 0, policies: 0 };
    const tell = (ended = false): void => emit({ type: 'gapsReading', tenantId, ...progress, ended });
    const { directory } = graph.forTenant(tenantId);
    const failed = new Map<GapPart, AppError>();
    const part = async (name: GapPart, work: () => Promise<void>): Promise<void> => {
      try {
        await work();
      } catch (error) {
        const known = this.#options.toAppError(error, tenantId);
        if (known === undefined || known.code === 'ABORTED' || known.code === 'TENANT_NOT_ADDED') throw error;
        failed.set(name, known);
      }
    };
    tell();
    // Waited for to the last: none may write on after this has thrown.
    const settled = await Promise.allSettled([
      part('users', async () => {
        await this.#readMembers(tenantId, 'user', directory.listUsers({ signal }), read => {
          progress.users += read;
          tell();
        });
      }),
      part('sites', async () => {
        await this.#readMembers(tenantId, 'site', directory.listSites({ signal }), read => {
          progress.sites += read;
          tell();
        });
      }),
      part('additions', async () => {
        await this.#readAdditions(tenantId, signal, () => {
          progress.policies += 1;
          tell();
        });
      }),
    ]);
    tell(true);
    for (const result of settled) if (result.status === 'rejected') throw asAppFailure(result.reason, { tenantId });
    return failed;
  }

  async #readMembers(
    tenantId: TenantId,
    type: DirectoryMember['type'],
    pages: Pages<ListedUser> | Pages<ListedSite>,
    onPage: (read: number) => void,
  ): Promise<void> {
    const { catalog, learn, log, now } = this.#options;
    let at: UtcSeconds | undefined;
    const reading = await catalog.gaps.beginRead({ tenantId, type });
    let unreadable = 0;
    for await (const page of pages) {
      learn(tenantId, page);
      at ??= now(tenantId);
      const { value } = page;
      const members = value.items.map(toMember);
      for (let from = 0; from < members.length; from += MEMBERS_A_WRITE)
        await catalog.gaps.putPage(reading, members.slice(from, from + MEMBERS_A_WRITE));
      unreadable += value.unreadable.length;
      onPage(members.length);
    }
    if (unreadable > 0) log.warn('gaps.unreadableMembers', { tenantId, type, unreadable });
    await catalog.gaps.endRead(reading, { at: at ?? now(tenantId), isWhole: unreadable === 0 });
  }

  async #readAdditions(tenantId: TenantId, signal: AbortSignal, onPolicy: () => void): Promise<void> {
    const { catalog, now, policies } = this.#options;
    const at = now(tenantId);
    const failures: AdditionFailure[] = [];
    let looked = 0;
    for (const { id: policyId, kind } of await catalog.policies.list(tenantId)) {
      if (kind === undefined) continue;
      const [rules, jobs] = await Promise.all([
        policies.reader.readRules(tenantId, kind, policyId, { signal }),
        policies.reader.readJobs(tenantId, kind, policyId, { signal }),
      ]);
      for (const { form: _, ...rule } of rules)
        if (isFailedRule(rule)) failures.push({ is: 'rule', policyId, kind, rule });
      for (const job of jobs) if (isFailedJob(job, at)) failures.push({ is: 'job', policyId, kind, job });
      looked += 1;
      onPolicy();
    }
    await catalog.gaps.putFailures(tenantId, { at, policies: looked, failures });
  }
}

function toMember({ graph: _, ...member }: ListedUser | ListedSite): DirectoryMember {
  return member;
}

function isFailedRule({ status, error }: Pick<InclusionRule, 'status' | 'error'>): boolean {
  return status === 'completedWithErrors' || error !== undefined;
}

function isFailedJob({ status, error, failed, createdAt }: AdditionJob, now: number): boolean {
  const hasFailed = status === 'completedWithErrors' || error !== undefined || failed > 0;
  return hasFailed && (createdAt === undefined || now - createdAt <= JOBS_FOR);
}
