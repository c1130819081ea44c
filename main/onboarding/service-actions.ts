import { randomUUID } from 'node:crypto';
import { AppFailure } from '../../shared/contract/errors.ts';
import type {
  LastEnable,
  PreparedAction,
  SentAction,
  ServiceAction,
  ServiceProblem,
  ServiceStanding,
} from '../../shared/contract/onboarding.ts';
import { ownApp } from '../../shared/domain/onboarding.ts';
import type { TenantId } from '../../shared/domain/protection-unit.ts';
import { CONTROL_WRITE_SCOPES, needsSignIn } from '../auth/index.ts';
import type { Json } from '../catalog/index.ts';
import { asAppFailure, toShortScope } from '../failures.ts';
import { AuditedWrites, type WriteOutcome } from '../writes/index.ts';
import { GraphError } from '../graph/index.ts';
import type { OnboardingOptions } from './onboarding-options.ts';
import { toPrepared } from './prepare-action.ts';
import { type ServiceDone, type ServiceWrite, serviceWrites } from './service-write.ts';
import type { StandingOfTenant } from './standing.ts';

/** Actions that nobody looks at any more are let go beyond this number, the oldest first; one that is being sent stays. */
const ACTIONS_KEPT = 50;
/** A sentence of the service, as far as a person reads it. */
const MAX_MESSAGE = 500;

interface Kept {
  readonly prepared: PreparedAction;
  readonly standing: ServiceStanding;
  sending?: Promise<SentAction>;
}

/** Changes of who controls a tenant, and of whether its service is on: prepared, sent once, settled. They live in memory; what was sent stands in the audit. */
export class ServiceActions {
  readonly #options: OnboardingOptions;
  readonly #standing: StandingOfTenant;
  readonly #writes: AuditedWrites<ServiceWrite, ServiceDone>;
  readonly #actions = new Map<string, Kept>();
  readonly #ends = new Map<TenantId, AbortController>();
  readonly #settled = new Set<TenantId>();
  /** Actions that are on their way, with their tenants. */
  readonly #underWay = new Map<string, TenantId>();

  constructor(options: OnboardingOptions, standing: StandingOfTenant) {
    this.#options = options;
    this.#standing = standing;
    this.#writes = new AuditedWrites(options, serviceWrites);
  }

  /** Works out what the action will do. @throws AppFailure as `onboarding.prepare` of the contract */
  async prepare(tenantId: TenantId, action: ServiceAction, signal?: AbortSignal): Promise<PreparedAction> {
    const { auth, catalog, connectivity, now } = this.#options;
    try {
      const tenant = await catalog.tenants.get(tenantId);
      const further: ServiceProblem[] = [];
      if (tenant.readOnly !== undefined)
        further.push({ code: 'TENANT_READ_ONLY', severity: 'stop', ...tenant.readOnly });
      let standing = await this.#standing.get(tenantId);
      if (auth.accountIn(tenantId) === undefined) further.push({ code: 'SIGN_IN_NEEDED', severity: 'stop' });
      else if (!connectivity.isOnline) further.push({ code: 'OFFLINE', severity: 'stop' });
      else {
        await this.settleLeftOver(tenantId);
        const options = signal === undefined ? {} : { signal };
        const [fresh, consents] = await Promise.all([
          this.#standing.fetch(tenantId, options),
          auth.consentOf(tenantId, CONTROL_WRITE_SCOPES, options),
        ]);
        standing = fresh.unread.length === 0 ? fresh : withoutApps(fresh);
        const missing = consents.filter(({ consent }) => consent === 'missing');
        if (missing.length > 0)
          further.push({
            code: 'CONSENT_MISSING',
            severity: 'stop',
            scopes: missing.map(({ scope }) => toShortScope(scope)),
          });
        else if (consents.some(each => each.consent === 'unknown' && needsSignIn(each.problem)))
          further.push({ code: 'SIGN_IN_NEEDED', severity: 'stop' });
        if (fresh.unread.length > 0 && !connectivity.isOnline) further.push({ code: 'OFFLINE', severity: 'stop' });
      }
      const facts = { action, standing, tenant, now: now(tenantId) };
      const prepared = toPrepared(facts, randomUUID(), further);
      this.#keep({ prepared, standing });
      return prepared;
    } catch (error) {
      throw asAppFailure(error, { tenantId });
    }
  }

  /** Sends it, or waits with those who did already. @throws AppFailure as `onboarding.send` of the contract */
  async send(actionId: string, typedName: string | undefined): Promise<SentAction> {
    const kept = this.#actions.get(actionId);
    if (kept === undefined) throw new AppFailure({ code: 'CHANGE_NOT_FOUND', changeId: actionId });
    if (kept.sending === undefined) {
      const who = await this.#check(kept.prepared, typedName);
      // Two calls may have waited for the same checks.
      kept.sending ??= this.#send(kept, who);
    }
    return await kept.sending;
  }

  /** Settles by reading what an earlier run left without an outcome, once a tenant; sends nothing. */
  async settleLeftOver(tenantId: TenantId): Promise<void> {
    if (this.#settled.has(tenantId)) return;
    this.#settled.add(tenantId);
    try {
      const { signal } = this.#endOf(tenantId);
      if (!(await this.#writes.settleLeftOver(tenantId, id => this.#underWay.has(id), signal)))
        this.#settled.delete(tenantId);
    } catch (error) {
      this.#settled.delete(tenantId);
      throw error;
    }
  }

  /** Whether an action is on its way in the tenant. */
  isSending(tenantId: TenantId): boolean {
    return [...this.#underWay.values()].includes(tenantId);
  }

  /** Ends what is sent in a tenant that is forgotten, and drops its actions. */
  async forget(tenantId: TenantId): Promise<void> {
    this.#ends.get(tenantId)?.abort();
    const own = [...this.#actions.values()].filter(({ prepared }) => prepared.tenantId === tenantId);
    await Promise.allSettled(own.map(async ({ sending }) => sending));
    for (const { prepared } of own) this.#actions.delete(prepared.id);
    this.#ends.delete(tenantId);
    this.#settled.delete(tenantId);
  }

  /** Ends everything under way; what was on its way is settled by reading the next time. */
  async stop(): Promise<void> {
    for (const end of this.#ends.values()) end.abort();
    await Promise.allSettled([...this.#actions.values()].map(async ({ sending }) => sending));
  }

  /** @returns who sends it */
  async #check({ tenantId, needsTypedName, problems }: PreparedAction, typedName: string | undefined): Promise<string> {
    const { auth, catalog } = this.#options;
    const { readOnly, displayName } = await catalog.tenants.get(tenantId);
    if (readOnly !== undefined) throw new AppFailure({ code: 'TENANT_READ_ONLY', tenantId, ...readOnly });
    const stops = problems.filter(({ severity }) => severity === 'stop').map(({ code }) => code);
    if (stops.length > 0) throw new AppFailure({ code: 'CHANGE_BLOCKED', problems: [...new Set(stops)] });
    if (needsTypedName && typedName?.trim() !== displayName.trim())
      throw new AppFailure({ code: 'NAME_MISMATCH', expected: displayName });
    const who = auth.accountIn(tenantId)?.username;
    if (who === undefined) throw new AppFailure({ code: 'SIGNED_OUT' });
    return who;
  }

  async #send(kept: Kept, who: string): Promise<SentAction> {
    const { prepared, standing } = kept;
    const { tenantId } = prepared;
    const { emit } = this.#options;
    try {
      const write = this.#toWrite(kept, who);
      const came = await this.#sendOnce(kept, write, standing);
      if (write.what === 'service.enable') await this.#standing.keepEnable(tenantId, this.#toLast(prepared, came));
      return {
        change: prepared,
        outcome: came.outcome,
        foundByReading: came.outcome === 'done' ? came.foundByReading : came.outcome === 'notDone',
        ...(requestIdOf(came) === undefined ? {} : { requestId: requestIdOf(came) }),
        ...(came.outcome === 'refused'
          ? {
              refusal: {
                status: came.error.status,
                code: came.error.code,
                message: came.error.message.slice(0, MAX_MESSAGE),
              },
            }
          : {}),
        standing: await this.#standingAfter(tenantId, came.outcome !== 'refused'),
      };
    } catch (error) {
      throw asAppFailure(error, { tenantId });
    } finally {
      emit({ type: 'tenantsChanged', tenantId });
      // What stands in the audit is read again as well.
      emit({ type: 'policiesChanged', tenantId });
    }
  }

  /** Only what was surely not carried out may be sent again; whatever else has failed is settled by reading at the next look. */
  async #sendOnce(kept: Kept, write: ServiceWrite, standing: ServiceStanding): Promise<WriteOutcome<ServiceDone>> {
    const { id, tenantId } = kept.prepared;
    const { signal } = this.#endOf(tenantId);
    const { sync } = this.#options;
    let isUndone = false;
    this.#underWay.set(id, tenantId);
    sync.noteOwnChange(tenantId, 'underWay');
    try {
      const came = await this.#writes.run(tenantId, id, write, beforeOf(standing), signal);
      isUndone = came.outcome === 'refused';
      return came;
    } catch (error) {
      isUndone = error instanceof GraphError && error.outcome === 'nothing-done';
      if (isUndone) delete kept.sending;
      throw error;
    } finally {
      sync.noteOwnChange(tenantId, isUndone ? 'undone' : 'over');
      this.#underWay.delete(id);
      this.#settled.delete(tenantId);
    }
  }

  /** What was sent is sent, also where the look after it fails. */
  async #standingAfter(tenantId: TenantId, isOwnChange: boolean): Promise<ServiceStanding> {
    try {
      return await this.#standing.fetch(tenantId, { isOwnChange });
    } catch (cause) {
      const error = this.#options.toAppError(cause, tenantId);
      if (error === undefined) throw cause;
      const unread = (['status', 'apps'] as const).map(part => ({ part, error }));
      return { ...(await this.#standing.get(tenantId)), unread };
    }
  }

  #toWrite({ prepared: { action, tenantId }, standing }: Kept, who: string): ServiceWrite {
    const { clientIdIn, now } = this.#options;
    const own = ownApp(standing.service?.apps);
    const appId = own?.id ?? clientIdIn(tenantId);
    switch (action.type) {
      case 'register':
        return { what: 'serviceApp.register', who, appId };
      case 'activate':
        return { what: 'serviceApp.activate', who, appId, effectiveAt: action.effectiveAt ?? now(tenantId) };
      case 'cancelTakeover':
        return { what: 'serviceApp.cancelTakeover', who, appId };
      case 'unregister':
        return { what: 'serviceApp.unregister', who, appId, status: own?.status ?? 'unknown' };
      case 'enable':
        return {
          what: 'service.enable',
          who,
          ownerTenantId: action.ownerTenantId,
          status: standing.service?.status ?? 'unknown',
        };
    }
  }

  #toLast({ action, tenantId }: PreparedAction, came: WriteOutcome<ServiceDone>): LastEnable {
    return {
      at: this.#options.now(tenantId),
      ownerTenantId: action.type === 'enable' ? action.ownerTenantId : tenantId,
      outcome: came.outcome,
      ...(came.outcome === 'refused' ? { code: came.error.code } : {}),
    };
  }

  #endOf(tenantId: TenantId): AbortController {
    const end = this.#ends.get(tenantId) ?? new AbortController();
    this.#ends.set(tenantId, end);
    return end;
  }

  #keep(kept: Kept): void {
    this.#actions.set(kept.prepared.id, kept);
    for (const [id, { sending }] of this.#actions) {
      if (this.#actions.size <= ACTIONS_KEPT) return;
      if (sending === undefined) this.#actions.delete(id);
    }
  }
}

/** What was not read just now is not known: no action is worked out from an older answer. */
function withoutApps(standing: ServiceStanding): ServiceStanding {
  if (standing.service === undefined) return standing;
  const { apps: _, ...service } = standing.service;
  return { ...standing, service };
}

function beforeOf({ service, controller }: ServiceStanding): Record<string, Json> {
  const own = ownApp(service?.apps);
  return {
    controller: controller.by,
    serviceApp: own?.status ?? 'notRegistered',
    ...(service === undefined ? {} : { serviceStatus: service.status }),
  };
}

function requestIdOf(came: WriteOutcome<ServiceDone>): string | undefined {
  return came.outcome === 'done' ? came.requestId : came.error.requestId;
}
