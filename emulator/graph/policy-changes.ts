/** Protection policies: created, renamed, their units changed, activated, deactivated, deleted. */
import { policyMoves, savingTakes } from '../state/machines/policy-machine.ts';
import { refusalFrom } from '../state/machines/move.ts';
import { unitMoves } from '../state/machines/unit-machine.ts';
import type { Policy } from '../world/policies.ts';
import type { UnitKind } from '../world/units.ts';
import { activatePolicy as setToWork, deactivatePolicy as putToRest } from '../work/policy-work.ts';
import { addToPolicy, noRoom, requestStatus, roomIn, sourcesOf, unitsOfPolicy } from '../work/unit-work.ts';
import { json, linkTo, noContent } from './exchange.ts';
import type { GraphAnswer, GraphContext } from './exchange.ts';
import { badRequest, GraphError, requireState } from './graph-error.ts';
import { callerIdentity } from './identity.ts';
import { itemFailure } from './item-failure.ts';
import { findPolicy, policyCollections, policyJson } from './policies.ts';
import { isObject, objectBody, property } from './request-body.ts';
import type { JsonObject } from './request-body.ts';
import { unitJson } from './units.ts';
import { requireProtectionChangesAllowed, workplaceOf } from './workplace.ts';

const mostUnits = 50;
const longestName = 1024;
/** Of a workload, in any state: what the product allows. */
const mostPolicies = 100;

const resourceProperty = (kind: UnitKind): string => (kind === 'site' ? 'siteId' : 'directoryObjectId');

const nameOf = (value: unknown): string => {
  if (typeof value !== 'string' || value.trim() === '' || value.length > longestName) {
    throw badRequest(`displayName must have 1 to ${longestName} characters.`, 'InvalidDisplayName');
  }
  return value;
};

/** The id of what a unit is to protect. Throws 400 `InvalidProtectionUnitId`. */
const resourceOf = (kind: UnitKind, value: unknown): string => {
  const id = isObject(value) ? property(value, resourceProperty(kind)) : undefined;
  const isFit =
    typeof id === 'string' &&
    (kind === 'site' ? /^[^,\s][^,]*,[^,]+,[^,]+$/.test(id) : /^[0-9a-z]+(-[0-9a-z]+){4}$/i.test(id)) &&
    id.length < 1000;
  if (!isFit) throw badRequest('Invalid Protection Unit ID.', 'InvalidProtectionUnitId');
  return id;
};

const distinct = (ids: readonly string[]): number => new Set(ids.map(id => id.toLowerCase())).size;

const policyContext = (context: GraphContext, kind: UnitKind): string =>
  linkTo(context, `/$metadata#solutions/backupRestore/${policyCollections[kind]}/$entity`);

const location = (context: GraphContext, policy: Policy): Readonly<Record<string, string>> => ({
  'Content-Location': linkTo(context, `/solutions/backupRestore/protectionPolicies/${policy.id}`),
});

/** Throws 500 `PolicySaveFailed`, which passes, or 409 `PolicyCreationNotAllowed`. */
const requireRoomForPolicy = (context: GraphContext, kind: UnitKind, displayName: string): void => {
  const { policies, settings } = context.tenant;
  const ofKind = policies.list().filter(policy => policy.kind === kind);
  const isSaving = (policy: Policy): boolean =>
    policy.savedAt !== undefined && context.now < policy.savedAt && policy.displayName === displayName;
  if (ofKind.some(isSaving)) {
    throw new GraphError(500, 'PolicySaveFailed', 'An unknown error occurred. Try again.');
  }
  const active = ofKind.filter(policy => policies.stateOf(policy, context.now).status !== 'inactive');
  if (ofKind.length >= mostPolicies || active.length >= (settings.policyLimit ?? mostPolicies)) {
    throw new GraphError(409, 'PolicyCreationNotAllowed', "Can't create Policy. Another active Policy already exists.");
  }
};

/** Throws 413. */
const requireRoomForUnits = (context: GraphContext, policy: Policy, count: number): void => {
  if (count > roomIn(workplaceOf(context), policy)) throw new GraphError(413, noRoom.code, noRoom.message);
};

export const createPolicy =
  (kind: UnitKind) =>
  (context: GraphContext): GraphAnswer => {
    const body = objectBody(context.request, 'InvalidCreateRequest');
    const displayName = nameOf(property(body, 'displayName'));
    const list = property(body, `${kind}ProtectionUnits`) ?? [];
    if (!Array.isArray(list)) throw badRequest('The protection units must be a list.', 'InvalidCreateRequest');
    if (list.length > mostUnits) {
      throw new GraphError(413, 'ProtectionUnitsLimitBreached', `At most ${mostUnits} protection units a request.`);
    }
    const ids = list.map(unit => resourceOf(kind, unit));
    if (distinct(ids) < ids.length) throw badRequest('A protection unit is named twice.', 'InvalidCreateRequest');
    const { units } = context.tenant;
    if (ids.some(id => units.findByResource(kind, id)?.policyId !== undefined)) {
      throw new GraphError(409, 'ProtectionUnitAlreadyExists', 'A protection unit is in a policy already.');
    }
    requireProtectionChangesAllowed(context);
    requireRoomForPolicy(context, kind, displayName);
    const by = callerIdentity(context);
    const policy: Policy = {
      id: context.world.newId(),
      kind,
      displayName,
      createdAt: context.now,
      createdBy: by,
      lastModifiedAt: context.now,
      lastModifiedBy: by,
      isInactive: true,
      savedAt: context.now + savingTakes,
      retentionSettings: [
        { interval: 'R/PT10M', period: 'P2W' },
        { interval: 'R/P1W', period: 'P1Y' },
      ],
    };
    requireRoomForUnits(context, policy, ids.length);
    context.tenant.policies.put(policy);
    for (const id of ids) addToPolicy(workplaceOf(context), policy, id);
    const answer = { '@odata.context': policyContext(context, kind), ...policyJson(context, policy) };
    return json(201, answer, location(context, policy));
  };

interface Delta {
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

const readDelta = (kind: UnitKind, value: unknown): Delta => {
  if (!Array.isArray(value)) throw badRequest('The changed protection units must be a list.', 'InvalidPatchRequest');
  if (value.length > mostUnits) {
    throw new GraphError(413, 'ProtectionUnitsLimitBreached', `At most ${mostUnits} protection units a request.`);
  }
  const added: string[] = [];
  const removed: string[] = [];
  for (const item of value) {
    if (!isObject(item) || property(item, '@removed') === undefined) added.push(resourceOf(kind, item));
    else {
      const id = property(item, 'id');
      if (typeof id !== 'string' || id === '')
        throw badRequest('Invalid Protection Unit ID.', 'InvalidProtectionUnitId');
      removed.push(id);
    }
  }
  // By the example of its page a site named twice is added once; all else that is named twice is refused.
  if (distinct(removed) < removed.length || (kind !== 'site' && distinct(added) < added.length)) {
    throw badRequest('A protection unit is named twice.', 'DuplicateProtectionUnitInList');
  }
  return { added: [...new Set(added)], removed };
};

const removeUnits = (context: GraphContext, policy: Policy, removed: readonly string[]): readonly JsonObject[] => {
  const place = workplaceOf(context);
  return removed.map(id => {
    const unit = context.tenant.units.find(id);
    const isOurs = unit !== undefined && unit.policyId === policy.id;
    if (!isOurs || refusalFrom(unitMoves.remove, unit.status) !== undefined) {
      const message = 'The identifier to be removed from the Protection Policy does not exist';
      return itemFailure(context, { id, code: 'ProtectionUnitNotFound', message, failedOperation: 'remove' });
    }
    return unitJson(context, requestStatus(place, unit, 'removeRequested'));
  });
};

const addUnits = (context: GraphContext, policy: Policy, added: readonly string[]): readonly JsonObject[] => {
  const place = workplaceOf(context);
  return added.map(id => {
    const addition = addToPolicy(place, policy, id);
    if ('added' in addition) return unitJson(context, addition.added);
    const message = 'The protection unit is in a protection policy already';
    const failure = {
      id: addition.present.id,
      code: 'ProtectionUnitAlreadyExists',
      message,
      failedOperation: 'add',
    } as const;
    return itemFailure(context, failure, { [resourceProperty(policy.kind)]: id });
  });
};

export const patchPolicy =
  (kind: UnitKind) =>
  (context: GraphContext): GraphAnswer => {
    const body = objectBody(context.request, 'InvalidPatchRequest');
    const name = property(body, 'displayName');
    const delta = property(body, `${kind}ProtectionUnits@delta`);
    if (name === undefined && delta === undefined) {
      throw badRequest('There is nothing to change in the request.', 'InvalidPatchRequest');
    }
    const displayName = name === undefined ? undefined : nameOf(name);
    const { added, removed } = delta === undefined ? { added: [], removed: [] } : readDelta(kind, delta);
    const policy = findPolicy(context, context.id, kind);
    const { units, policies } = context.tenant;
    const isHeldByRule = removed.some(id => {
      const unit = units.find(id);
      return unit?.policyId === policy.id && sourcesOf(unit).includes('dynamicRule');
    });
    if (isHeldByRule) {
      throw badRequest("A unit that a dynamic rule holds can't be removed by hand.", 'ProtectionUnitActionNotAllowed');
    }
    requireProtectionChangesAllowed(context);
    if (added.length > 0) requireRoomForUnits(context, policy, added.length);
    const changed: Policy = {
      ...policy,
      displayName: displayName ?? policy.displayName,
      lastModifiedAt: context.now,
      lastModifiedBy: callerIdentity(context),
    };
    policies.put(changed);
    const results = [...addUnits(context, changed, added), ...removeUnits(context, changed, removed)];
    return json(200, {
      '@odata.context': policyContext(context, kind),
      ...policyJson(context, changed),
      ...(delta === undefined ? {} : { [`${kind}ProtectionUnits@delta`]: results }),
    });
  };

const wrongState = (move: 'activate' | 'deactivate', status: string): string =>
  move === 'activate'
    ? `Policy in ${status} state, which is invalid for activation. Policy must be in Inactive or ActiveWithErrors state.`
    : `Policy in ${status} state, which is invalid for deactivation. Policy must be in Active or ActiveWithErrors state.`;

const movePolicy =
  (move: 'activate' | 'deactivate') =>
  (context: GraphContext): GraphAnswer => {
    const policy = findPolicy(context, context.id);
    const { status } = context.tenant.policies.stateOf(policy, context.now);
    requireState(policyMoves[move], status, wrongState(move, status), location(context, policy));
    requireProtectionChangesAllowed(context);
    const place = workplaceOf(context);
    const changed = move === 'activate' ? setToWork(place, policy) : putToRest(place, policy);
    return json(
      202,
      { '@odata.context': policyContext(context, changed.kind), ...policyJson(context, changed) },
      location(context, changed),
    );
  };

export const activatePolicy = movePolicy('activate');
export const deactivatePolicy = movePolicy('deactivate');

export const deletePolicy = (context: GraphContext): GraphAnswer => {
  const policy = findPolicy(context, context.id);
  const { policies, units, agenda, rules, jobs } = context.tenant;
  const { status } = policies.stateOf(policy, context.now);
  requireState(policyMoves.delete, status, `A policy that is ${status} can't be deleted: it must be inactive.`);
  requireProtectionChangesAllowed(context);
  for (const unit of unitsOfPolicy(context.tenant, policy)) {
    agenda.drop('unit', unit.id);
    units.put(unit.id, unit.kind, {
      status: 'unprotected',
      policyId: null,
      protectionSources: 'none',
      lastModifiedAt: context.now,
    });
  }
  for (const store of [rules, jobs]) {
    for (const { id, policyId } of store.list()) if (policyId === policy.id) store.remove(id);
  }
  policies.remove(policy.id);
  return noContent;
};
