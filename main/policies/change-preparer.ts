import { randomUUID } from 'node:crypto';
import { AppFailure } from '../../shared/contract/errors.ts';
import type { ChangeEffect, ChangeProblem, InclusionRule, PolicyChange } from '../../shared/contract/policies.ts';
import type { ProtectionUnit, TenantId, UnitKind } from '../../shared/domain/protection-unit.ts';
import { DAY } from '../../shared/domain/time.ts';
import type { ProtectionPolicy } from '../catalog/index.ts';
import { affectedOf, type ChangeParts, effectsOf, leftOutProblems, worstFirst } from './change-parts.ts';
import { prepareRemoval, prepareState, stop, updating } from './change-of-policy.ts';
import { prepareRule } from './change-rules.ts';
import { type ChangeUnits, toItem } from './change-units.ts';
import type { PoliciesOptions } from './policies-options.ts';
import { type PolicyReader, toOptions } from './policy-reader.ts';
import { findTenantProblems } from './policy-standing.ts';
import { additionWay, type ChangeDocument, type LeftOutItem, requestsToAdd } from './prepared.ts';

/** How long the service keeps backups after their deletion was asked for. */
const OFFBOARD_GRACE_SECONDS = 90 * DAY;
/** Policies of a workload, by the product's own limits. */
const POLICIES_A_KIND = 100;
/** Units read longer ago than this may well have changed. */
const AGED_SECONDS = DAY;

type OfPolicy = Exclude<PolicyChange, { type: 'create' | 'offboard' | 'cancelOffboard' }>;

/** Works out what a change will do before it is sent, and what stands in its way. Changes nothing. */
export class ChangePreparer {
  readonly #options: PoliciesOptions;
  readonly #reader: PolicyReader;
  readonly #units: ChangeUnits;

  constructor(options: PoliciesOptions, reader: PolicyReader, units: ChangeUnits) {
    this.#options = options;
    this.#reader = reader;
    this.#units = units;
  }

  /** @throws AppFailure POLICY_NOT_FOUND, SELECTION_NOT_FOUND, IMPORT_NOT_FOUND, TENANT_NOT_ADDED */
  async prepare(tenantId: TenantId, change: PolicyChange, signal?: AbortSignal): Promise<ChangeDocument> {
    const { catalog, now } = this.#options;
    const tenant = await catalog.tenants.get(tenantId);
    const ofTenant = await findTenantProblems(this.#options, tenantId, signal);
    // What could not be asked stands among the problems of the tenant; the rest is told from what is known.
    const canAsk = !ofTenant.some(({ code }) => code === 'OFFLINE' || code === 'SIGN_IN_NEEDED');
    const policy = 'policyId' in change ? await this.#policy(tenantId, change.policyId, canAsk, signal) : undefined;
    const kind = change.type === 'create' ? change.kind : policy?.kind;
    const parts = await this.#parts(tenantId, change, policy, canAsk, signal);
    const problems = worstFirst([...ofTenant, ...parts.problems, ...this.#ageNote(tenantId, tenant.syncedAt, parts)]);
    const name = change.type === 'create' ? change.name : policy?.name;
    const isLost = parts.effects.some(({ effect }) => effect === 'losesProtection' || effect === 'backupsDeleted');
    return {
      tenantId,
      change,
      ...(kind === undefined ? {} : { kind }),
      items: parts.items ?? [],
      leftOut: parts.leftOut ?? [],
      before: {
        ...(policy === undefined ? {} : { name: policy.name, status: policy.status }),
        ...(parts.expressionBefore === undefined ? {} : { expression: parts.expressionBefore }),
      },
      prepared: {
        id: randomUUID(),
        tenantId,
        tenantName: tenant.displayName,
        type: change.type,
        ...(name === undefined
          ? {}
          : {
              policy: {
                name,
                ...('policyId' in change ? { id: change.policyId } : {}),
                ...(kind === undefined ? {} : { kind }),
              },
            }),
        ...(parts.expression === undefined ? {} : { expression: parts.expression }),
        preparedAt: now(tenantId),
        effects: parts.effects.length === 0 ? [{ effect: 'noUnits' }] : [...parts.effects],
        problems,
        canSend: !problems.some(({ severity }) => severity === 'stop'),
        needsTypedName: isLost || change.type === 'deactivate' || change.type === 'delete',
        requests: parts.requests,
        ...(parts.by === undefined ? {} : { by: parts.by }),
      },
    };
  }

  async #policy(
    tenantId: TenantId,
    policyId: string,
    canAsk: boolean,
    signal: AbortSignal | undefined,
  ): Promise<ProtectionPolicy> {
    if (canAsk) {
      try {
        return await this.#reader.readPolicy(tenantId, policyId, toOptions(signal));
      } catch (error) {
        // It was not to be had: what is known decides, and the tenant's standing says why.
        if (!isPassing(error)) throw error;
      }
    }
    const known = (await this.#options.catalog.policies.list(tenantId)).find(({ id }) => id === policyId);
    if (known === undefined) throw new AppFailure({ code: 'POLICY_NOT_FOUND', policyId });
    return known;
  }

  async #parts(
    tenantId: TenantId,
    change: PolicyChange,
    policy: ProtectionPolicy | undefined,
    canAsk: boolean,
    signal: AbortSignal | undefined,
  ): Promise<ChangeParts> {
    switch (change.type) {
      case 'create':
        return await this.#create(tenantId, change);
      case 'offboard':
      case 'cancelOffboard':
        return await this.#offboarding(tenantId, change);
      default:
        // A policy of a kind that this version does not know is shown and never changed.
        if (policy?.kind === undefined) throw new AppFailure({ code: 'POLICY_NOT_FOUND', policyId: change.policyId });
        return await this.#ofPolicy(tenantId, change, { policy, kind: policy.kind, canAsk, signal });
    }
  }

  async #ofPolicy(
    tenantId: TenantId,
    change: OfPolicy,
    {
      policy,
      kind,
      canAsk,
      signal,
    }: { policy: ProtectionPolicy; kind: UnitKind; canAsk: boolean; signal: AbortSignal | undefined },
  ): Promise<ChangeParts> {
    switch (change.type) {
      case 'rename':
        return {
          effects: [],
          requests: 1,
          problems: [
            ...(change.name === policy.name ? [stop('NAME_UNCHANGED')] : []),
            ...(await this.#nameTaken(tenantId, kind, change.name, policy.id)),
          ],
        };
      case 'activate':
      case 'deactivate':
      case 'delete':
        return prepareState(change.type, policy, await this.#units.ofPolicy(tenantId, policy.id));
      case 'addUnits':
        return await this.#addition(tenantId, kind, change.units, policy);
      case 'removeUnits':
        return prepareRemoval(await this.#units.meant(tenantId, change.units), policy);
      default: {
        const rules = canAsk ? await this.#rules(tenantId, kind, policy.id, signal) : undefined;
        const units = change.type === 'deleteRuleAndUnprotect' ? await this.#units.ofPolicy(tenantId, policy.id) : [];
        const parts = prepareRule(change, { kind, policy, rules, units });
        const isUntold = rules === undefined && canAsk;
        return isUntold
          ? { ...parts, problems: [...parts.problems, { code: 'STANDING_UNKNOWN', severity: 'warning' }] }
          : parts;
      }
    }
  }

  async #rules(
    tenantId: TenantId,
    kind: UnitKind,
    policyId: string,
    signal: AbortSignal | undefined,
  ): Promise<InclusionRule[] | undefined> {
    try {
      return await this.#reader.readRules(tenantId, kind, policyId, toOptions(signal));
    } catch (error) {
      if (isPassing(error)) return undefined;
      throw error;
    }
  }

  async #create(tenantId: TenantId, change: Extract<PolicyChange, { type: 'create' }>): Promise<ChangeParts> {
    const ofKind = (await this.#options.catalog.policies.list(tenantId)).filter(({ kind }) => kind === change.kind);
    const added: ChangeParts =
      change.units === undefined
        ? { effects: [], problems: [], requests: 0 }
        : await this.#addition(tenantId, change.kind, change.units, {
            status: change.activate ? 'active' : 'inactive',
          });
    return {
      ...added,
      problems: [
        // Units that are all left out keep no policy from being made.
        ...added.problems.filter(({ code }) => code !== 'NOTHING_TO_DO'),
        ...(await this.#nameTaken(tenantId, change.kind, change.name, undefined)),
        ...(ofKind.length >= POLICIES_A_KIND
          ? [
              {
                code: 'TOO_MANY_POLICIES' as const,
                severity: 'warning' as const,
                policies: ofKind.length,
                limit: POLICIES_A_KIND,
              },
            ]
          : []),
        { code: 'RETENTION_NOT_SETTABLE', severity: 'note' },
      ],
      requests: 1 + added.requests + (change.activate ? 1 : 0),
    };
  }

  async #addition(
    tenantId: TenantId,
    kind: UnitKind,
    units: Extract<PolicyChange, { type: 'addUnits' }>['units'],
    policy: Pick<ProtectionPolicy, 'status'> & { readonly id?: string },
  ): Promise<ChangeParts> {
    const { items, leftOut, otherPolicies, wrongLines } = await this.#units.toAdd(tenantId, kind, policy.id, units);
    return {
      effects: effectsOf(policy.status === 'inactive' ? 'waitsInPolicy' : 'gainsProtection', items),
      items,
      leftOut,
      requests: requestsToAdd(items),
      by: additionWay(items),
      problems: [
        ...(items.length === 0 ? [stop('NOTHING_TO_DO')] : []),
        ...updating(policy.status),
        ...leftOutProblems(leftOut, otherPolicies),
        ...(wrongLines === 0
          ? []
          : [{ code: 'LINES_WRONG' as const, severity: 'leftOut' as const, lines: wrongLines }]),
        ...(items.length === 0
          ? []
          : [{ code: 'COST_GROWS' as const, severity: 'note' as const, units: items.length }]),
      ],
    };
  }

  async #offboarding(
    tenantId: TenantId,
    change: Extract<PolicyChange, { type: 'offboard' | 'cancelOffboard' }>,
  ): Promise<ChangeParts> {
    const units = await this.#units.meant(tenantId, change.units);
    // Only what has left its policy can be offboarded; one on its way is refused like one that is held.
    const fits = (unit: ProtectionUnit): boolean =>
      change.type === 'offboard'
        ? unit.status === 'unprotected' && unit.policyId === undefined
        : unit.status === 'offboardRequested';
    const items = units.filter(fits).map(toItem);
    const leftOut: LeftOutItem[] = units
      .filter(unit => !fits(unit))
      .map(unit => ({ item: toItem(unit), because: 'UNITS_STATE' }));
    const deletedAt = this.#options.now(tenantId) + OFFBOARD_GRACE_SECONDS;
    const effects: ChangeEffect[] =
      change.type === 'offboard'
        ? affectedOf(items).map(affected => ({ effect: 'backupsDeleted', units: affected, deletedAt }))
        : effectsOf('backupsKept', items);
    return {
      effects,
      items,
      leftOut,
      requests: items.length,
      problems: [
        ...(items.length === 0 ? [stop('NOTHING_TO_DO')] : []),
        ...leftOutProblems(leftOut),
        ...(change.type === 'cancelOffboard' && items.length > 0
          ? [{ code: 'COST_GOES_ON' as const, severity: 'note' as const, units: items.length }]
          : []),
      ],
    };
  }

  async #nameTaken(
    tenantId: TenantId,
    kind: UnitKind,
    name: string,
    besides: string | undefined,
  ): Promise<ChangeProblem[]> {
    const policies = await this.#options.catalog.policies.list(tenantId);
    const isTaken = policies.some(policy => policy.kind === kind && policy.name === name && policy.id !== besides);
    return isTaken ? [{ code: 'NAME_TAKEN', severity: 'warning' }] : [];
  }

  #ageNote(tenantId: TenantId, readAt: number | undefined, parts: ChangeParts): ChangeProblem[] {
    const counts = parts.effects.some(({ effect }) => effect !== 'noUnits') || (parts.leftOut?.length ?? 0) > 0;
    if (!counts || (readAt !== undefined && this.#options.now(tenantId) - readAt <= AGED_SECONDS)) return [];
    return [{ code: 'UNITS_AGED', severity: 'warning', ...(readAt === undefined ? {} : { readAt }) }];
  }
}

function isPassing(error: unknown): boolean {
  const passing = ['OFFLINE', 'THROTTLED', 'GRAPH_REFUSED', 'GRAPH_UNREADABLE'];
  return error instanceof AppFailure && passing.includes(error.error.code);
}
