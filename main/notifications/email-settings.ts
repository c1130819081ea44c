import { randomUUID } from 'node:crypto';
import type { ConsoleEvent } from '../../shared/contract/console.ts';
import { AppFailure } from '../../shared/contract/errors.ts';
import { type EmailChange, EmailSetting, type PreparedEmailChange } from '../../shared/contract/notifications.ts';
import type { TenantId } from '../../shared/domain/protection-unit.ts';
import type { AuthService } from '../auth/index.ts';
import type { Catalog, Json } from '../catalog/index.ts';
import { asAppFailure } from '../failures.ts';
import type { EmailNotificationsChange, FetchedEmailNotificationsSetting } from '../graph/index.ts';
import { AuditedWrites, type WritesOptions } from '../writes/index.ts';
import { toEmailSetting, toEmailWork } from './email-change.ts';
import { beforeOf, type EmailWrite, emailWrites, toEmailWrite } from './email-write.ts';

export interface EmailSettingsParts extends WritesOptions {
  readonly catalog: WritesOptions['catalog'] & {
    readonly tenants: Pick<Catalog['tenants'], 'get'>;
    readonly settings: Pick<Catalog['settings'], 'get' | 'set'>;
  };
  readonly auth: Pick<AuthService, 'accountIn'>;
  readonly emit: (event: ConsoleEvent) => void;
}

const KEPT = 'emailNotifications';
const CHANGES_KEPT = 20;

interface Kept {
  readonly prepared: PreparedEmailChange;
  readonly request: EmailNotificationsChange;
  sent?: Promise<EmailSetting>;
}

/** The service's own e-mail setting of each tenant: read, changed by a change that was looked at before, audited. Failures are AppFailures. */
export class EmailSettings {
  readonly #parts: EmailSettingsParts;
  readonly #writes: AuditedWrites<EmailWrite, FetchedEmailNotificationsSetting>;
  readonly #changes = new Map<string, Kept>();
  readonly #ends = new Map<TenantId, AbortController>();
  readonly #sending = new Map<TenantId, Set<Promise<unknown>>>();

  constructor(parts: EmailSettingsParts) {
    this.#parts = parts;
    this.#writes = new AuditedWrites(parts, emailWrites);
  }

  /** As last read. */
  async known(tenantId: TenantId): Promise<EmailSetting | undefined> {
    const kept = EmailSetting.safeParse(await this.#parts.catalog.settings.get(KEPT, tenantId));
    return kept.success ? kept.data : undefined;
  }

  async fetch(tenantId: TenantId, signal?: AbortSignal): Promise<EmailSetting> {
    return await this.#inTenant(tenantId, async () => {
      await this.#settleLeftOver(tenantId);
      return await this.#keep(tenantId, await this.#read(tenantId, signal));
    });
  }

  /** @throws AppFailure TENANT_READ_ONLY */
  async prepare(tenantId: TenantId, change: EmailChange, signal?: AbortSignal): Promise<PreparedEmailChange> {
    return await this.#inTenant(tenantId, async () => {
      await this.#mustAllowChanges(tenantId);
      await this.#settleLeftOver(tenantId);
      const read = await this.#read(tenantId, signal);
      await this.#keep(tenantId, read);
      const { after, before, problems, request } = toEmailWork(read, change, this.#parts.now(tenantId));
      const canSend = !problems.some(({ severity }) => severity === 'stop');
      const prepared = { id: randomUUID(), tenantId, before, after, problems, canSend };
      this.#changes.set(prepared.id, { prepared, request });
      for (const id of this.#changes.keys()) {
        if (this.#changes.size <= CHANGES_KEPT) break;
        this.#changes.delete(id);
      }
      return prepared;
    });
  }

  /**
   * Sends it, or waits with those who did already.
   *
   * @returns the setting as the service has it then
   * @throws AppFailure as `notifications.sendEmail` of the contract
   */
  async send(changeId: string): Promise<EmailSetting> {
    const kept = this.#changes.get(changeId);
    if (kept === undefined) throw new AppFailure({ code: 'CHANGE_NOT_FOUND', changeId });
    const { tenantId } = kept.prepared;
    const sent = (kept.sent ??= this.#inTenant(tenantId, async () => this.#send(kept)));
    const ofTenant = this.#sending.get(tenantId) ?? new Set();
    this.#sending.set(tenantId, ofTenant.add(sent));
    try {
      return await sent;
    } catch (error) {
      // A change that was refused may be sent again once what stood in its way is mended.
      delete kept.sent;
      throw error;
    } finally {
      ofTenant.delete(sent);
    }
  }

  /** Whether a change is on its way in the tenant. */
  isSending(tenantId: TenantId): boolean {
    return (this.#sending.get(tenantId)?.size ?? 0) > 0;
  }

  /** Ends what is sent in a tenant that is forgotten, and drops its changes. */
  async endTenant(tenantId: TenantId): Promise<void> {
    this.#ends.get(tenantId)?.abort();
    await Promise.allSettled([...(this.#sending.get(tenantId) ?? [])]);
    this.#ends.delete(tenantId);
    for (const [id, { prepared }] of this.#changes) if (prepared.tenantId === tenantId) this.#changes.delete(id);
  }

  /** What is on its way is settled by reading the next time. */
  async stop(): Promise<void> {
    await Promise.all([...this.#ends.keys()].map(async tenantId => this.endTenant(tenantId)));
  }

  async #send({ prepared, request }: Kept): Promise<EmailSetting> {
    const { auth } = this.#parts;
    const { before, id, problems, tenantId } = prepared;
    await this.#mustAllowChanges(tenantId);
    const stops = problems.filter(({ severity }) => severity === 'stop').map(({ code }) => code);
    if (stops.length > 0) throw new AppFailure({ code: 'CHANGE_BLOCKED', problems: stops });
    const who = auth.accountIn(tenantId)?.username;
    if (who === undefined) throw new AppFailure({ code: 'SIGNED_OUT' });
    const { signal } = this.#endOf(tenantId);
    // The list goes as a whole: sent over another one than was looked at, it would undo what somebody else has done.
    const now = await this.#keep(tenantId, await this.#read(tenantId, signal));
    if (!isSameSetting(now, before)) throw new AppFailure({ code: 'SETTING_CHANGED' });
    const write = toEmailWrite(request, before, who);
    const came = await this.#writes.run(tenantId, id, write, beforeOf(write), signal);
    if (came.outcome !== 'done') throw came.error;
    return await this.#keep(tenantId, came.done);
  }

  /** What an earlier run left without an outcome. */
  async #settleLeftOver(tenantId: TenantId): Promise<void> {
    const isUnderWay = (changeId: string): boolean => this.#changes.get(changeId)?.sent !== undefined;
    await this.#writes.settleLeftOver(tenantId, isUnderWay, this.#endOf(tenantId).signal);
  }

  async #read(tenantId: TenantId, signal: AbortSignal | undefined): Promise<FetchedEmailNotificationsSetting> {
    const options = signal === undefined ? {} : { signal };
    return (await this.#parts.graph.forTenant(tenantId).emailNotifications.fetch(options)).value;
  }

  async #keep(tenantId: TenantId, read: FetchedEmailNotificationsSetting): Promise<EmailSetting> {
    const { catalog, emit, now } = this.#parts;
    const before = await this.known(tenantId);
    // Nothing is kept of a tenant that was forgotten while it was asked.
    await catalog.tenants.get(tenantId);
    const setting = toEmailSetting(read, now(tenantId));
    await catalog.settings.set(KEPT, toJson(setting), tenantId);
    if (before === undefined || !isSameSetting(before, setting)) emit({ type: 'tenantsChanged', tenantId });
    return setting;
  }

  async #mustAllowChanges(tenantId: TenantId): Promise<void> {
    const { readOnly } = await this.#parts.catalog.tenants.get(tenantId);
    if (readOnly !== undefined) throw new AppFailure({ code: 'TENANT_READ_ONLY', tenantId, ...readOnly });
  }

  #endOf(tenantId: TenantId): AbortController {
    const end = this.#ends.get(tenantId) ?? new AbortController();
    this.#ends.set(tenantId, end);
    return end;
  }

  async #inTenant<T>(tenantId: TenantId, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw asAppFailure(error, { tenantId });
    }
  }
}

function isSameSetting({ askedAt: _, ...one }: EmailSetting, { askedAt: __, ...other }: EmailSetting): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Plain values are JSON but for members that are undefined, which JSON leaves out. */
function toJson(value: object): { readonly [name: string]: Json } {
  return JSON.parse(JSON.stringify(value)) as { readonly [name: string]: Json };
}
