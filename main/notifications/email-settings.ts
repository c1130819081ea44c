import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { ConsoleEvent } from '../../shared/contract/console.ts';
import { AppFailure } from '../../shared/contract/errors.ts';
import { type EmailChange, EmailSetting, type PreparedEmailChange } from '../../shared/contract/notifications.ts';
import type { TenantId } from '../../shared/domain/protection-unit.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import type { AuthService } from '../auth/index.ts';
import type { AuditEntry, Catalog, Json } from '../catalog/index.ts';
import { asAppFailure } from '../failures.ts';
import {
  type EmailNotificationsChange,
  type FetchedEmailNotificationsSetting,
  type GraphClient,
  GraphError,
} from '../graph/index.ts';
import { addressesOf, isCarriedOut, toEmailSetting, toEmailWork } from './email-change.ts';

export interface EmailSettingsParts {
  readonly catalog: {
    readonly tenants: Pick<Catalog['tenants'], 'get'>;
    readonly settings: Pick<Catalog['settings'], 'get' | 'set'>;
    readonly intents: Pick<Catalog['intents'], 'appendChange' | 'conclude' | 'listUnfinishedAcrossTenants'>;
  };
  readonly graph: GraphClient;
  readonly auth: Pick<AuthService, 'accountIn'>;
  /** Service time of the tenant. */
  readonly now: (tenantId: TenantId) => UtcSeconds;
  /** Real milliseconds between two looks at what a lost answer may have done. */
  readonly pollMs: number;
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  readonly emit: (event: ConsoleEvent) => void;
}

const KEPT = 'emailNotifications';
const STEP = 'emailNotifications.update';
/** A lost request may still be on its way: so often is looked before it counts as not carried out. */
const LOOKS = 2;
/** A change that surely was not carried out is sent once more, and no further. */
const SENDS = 2;
const CHANGES_KEPT = 20;

/** A change as it stands in its intent: enough to find out by reading what became of it. */
const EmailWrite = z.object({
  what: z.literal(STEP),
  who: z.string(),
  isEnabled: z.boolean().optional(),
  additionalEvents: z.array(z.string()).optional(),
  recipients: z.array(z.string()).optional(),
});
type EmailWrite = z.infer<typeof EmailWrite>;

interface Kept {
  readonly prepared: PreparedEmailChange;
  readonly request: EmailNotificationsChange;
  sent?: Promise<EmailSetting>;
}

/** The service's own e-mail setting of each tenant: read, changed by a change that was looked at before, audited. Failures are AppFailures. */
export class EmailSettings {
  readonly #parts: EmailSettingsParts;
  readonly #changes = new Map<string, Kept>();
  readonly #ends = new Map<TenantId, AbortController>();
  readonly #sending = new Map<TenantId, Set<Promise<unknown>>>();

  constructor(parts: EmailSettingsParts) {
    this.#parts = parts;
  }

  /** As last read. */
  async known(tenantId: TenantId): Promise<EmailSetting | undefined> {
    const kept = EmailSetting.safeParse(await this.#parts.catalog.settings.get(KEPT, tenantId));
    return kept.success ? kept.data : undefined;
  }

  async fetch(tenantId: TenantId, signal?: AbortSignal): Promise<EmailSetting> {
    return await this.#inTenant(tenantId, async () => {
      await this.#settleLeftOver(tenantId, signal);
      return await this.#keep(tenantId, await this.#read(tenantId, signal));
    });
  }

  /** @throws AppFailure TENANT_READ_ONLY */
  async prepare(tenantId: TenantId, change: EmailChange, signal?: AbortSignal): Promise<PreparedEmailChange> {
    return await this.#inTenant(tenantId, async () => {
      await this.#mustAllowChanges(tenantId);
      await this.#settleLeftOver(tenantId, signal);
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
    const write: EmailWrite = {
      what: STEP,
      who,
      ...(request.isEnabled === undefined ? {} : { isEnabled: request.isEnabled }),
      ...(request.additionalEvents === undefined ? {} : { additionalEvents: [...request.additionalEvents] }),
      ...(request.customRecipients === undefined ? {} : { recipients: addressesOf(request.customRecipients) }),
    };
    return await this.#write({ tenantId, changeId: id, write, before }, request, SENDS, signal);
  }

  async #write(
    change: {
      readonly tenantId: TenantId;
      readonly changeId: string;
      readonly write: EmailWrite;
      readonly before: EmailSetting;
    },
    request: EmailNotificationsChange,
    sendsLeft: number,
    signal: AbortSignal,
  ): Promise<EmailSetting> {
    const { catalog, graph, now } = this.#parts;
    const { before, changeId, tenantId, write } = change;
    const intent = await catalog.intents.appendChange({
      planId: changeId,
      tenantId,
      step: STEP,
      about: targetOf(tenantId),
      at: now(tenantId),
      facts: toJson(write),
    });
    const conclude = async (
      outcome: 'done' | 'refused' | 'unknown' | 'undone',
      facts: Readonly<Record<string, Json>>,
      requestId?: string,
    ): Promise<void> => this.#conclude({ tenantId, intent, write, before }, outcome, facts, requestId);
    try {
      const answer = await graph.forTenant(tenantId).emailNotifications.update(request, { signal });
      await conclude('done', {}, answer.requestId);
      return await this.#keep(tenantId, answer.value);
    } catch (error) {
      if (!(error instanceof GraphError)) throw error;
      const outcome = error.outcome === 'nothing-done' ? 'undone' : error.outcome;
      await conclude(outcome, { code: error.code }, error.requestId);
      if (outcome !== 'unknown') throw error;
      const read = await this.#look(tenantId, write, signal);
      if (read === undefined) throw error;
      const isDone = isCarriedOut(read, write);
      await conclude(isDone ? 'done' : 'undone', { settledBy: 'reading' });
      if (isDone) return await this.#keep(tenantId, read);
      if (sendsLeft <= 1) throw error;
      return await this.#write(change, request, sendsLeft - 1, signal);
    }
  }

  /** @returns the setting once it shows the change, or after the last look; `undefined` where it can't be read */
  async #look(
    tenantId: TenantId,
    write: EmailWrite,
    signal: AbortSignal,
  ): Promise<FetchedEmailNotificationsSetting | undefined> {
    let read: FetchedEmailNotificationsSetting | undefined;
    for (let looks = 0; looks < LOOKS; looks += 1) {
      await this.#parts.sleep(this.#parts.pollMs, signal);
      try {
        read = await this.#read(tenantId, signal);
      } catch (error) {
        if (!(error instanceof GraphError)) throw error;
      }
      if (read !== undefined && isCarriedOut(read, write)) return read;
    }
    return read;
  }

  /** Settles by reading what an earlier run left without an outcome; sends nothing. */
  async #settleLeftOver(tenantId: TenantId, signal: AbortSignal | undefined): Promise<void> {
    const isUnderWay = (changeId: string): boolean => this.#changes.get(changeId)?.sent !== undefined;
    for (const intent of await this.#parts.catalog.intents.listUnfinishedAcrossTenants()) {
      if (intent.tenantId !== tenantId || intent.step !== STEP || isUnderWay(intent.planId)) continue;
      const write = EmailWrite.safeParse(intent.facts);
      if (!write.success) continue;
      const isDone = isCarriedOut(await this.#read(tenantId, signal), write.data);
      await this.#conclude({ tenantId, intent: intent.seq, write: write.data }, isDone ? 'done' : 'undone', {
        settledBy: 'reading',
      });
    }
  }

  async #conclude(
    change: {
      readonly tenantId: TenantId;
      readonly intent: number;
      readonly write: EmailWrite;
      readonly before?: EmailSetting;
    },
    outcome: 'done' | 'refused' | 'unknown' | 'undone',
    facts: Readonly<Record<string, Json>>,
    requestId?: string,
  ): Promise<void> {
    const { before, intent, tenantId, write } = change;
    const at = this.#parts.now(tenantId);
    const { who, what, ...intended } = write;
    const withId = requestId === undefined ? {} : { requestId };
    const audit: AuditEntry = {
      at,
      tenantId,
      who,
      what,
      target: targetOf(tenantId),
      ...(before === undefined ? {} : { before: beforeOf(before, write) }),
      after: { ...toJson(intended), outcome, ...facts },
      ...withId,
    };
    await this.#parts.catalog.intents.conclude(
      { intent, outcome, at, facts: { ...facts, ...withId } },
      { audit: [audit] },
    );
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

const targetOf = (tenantId: TenantId): string => `e-mail notifications of tenant ${tenantId}`;

/** Of what is changed, what stood before. */
function beforeOf(before: EmailSetting, write: EmailWrite): Json {
  return toJson({
    ...(write.isEnabled === undefined ? {} : { isEnabled: before.isEnabled }),
    ...(write.additionalEvents === undefined ? {} : { additionalEvents: before.additionalEvents }),
    ...(write.recipients === undefined ? {} : { recipients: addressesOf(before.recipients) }),
  });
}

function isSameSetting({ askedAt: _, ...one }: EmailSetting, { askedAt: __, ...other }: EmailSetting): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Plain values are JSON but for members that are undefined, which JSON leaves out. */
function toJson(value: object): { readonly [name: string]: Json } {
  return JSON.parse(JSON.stringify(value)) as { readonly [name: string]: Json };
}
