import type { UnitId, UnitKind } from '../../shared/domain/protection-unit.ts';
import { ownerKeys, policyCollections, unitCollections } from './collections.ts';
import { type DeltaFailure, toDeltaResult, toRemoval } from './delta-result.ts';
import { asObject, findProperty, type GraphObject, text } from './fields.ts';
import { clientFaults, toClientFault } from './graph-error.ts';
import type { WriteRequest } from './graph-request.ts';
import { ROOT, segment } from './paths.ts';
import { type FetchedPolicy, toPolicy } from './policies.ts';
import { scopes } from './scopes.ts';
import { type FetchedUnit, toUnit } from './units.ts';

/** Units that a create or a change may name, and characters of a policy's name. */
const UNITS_A_REQUEST = 50;
const LONGEST_NAME = 1024;

export interface PolicyToCreate {
  readonly name: string;
  /** Site ids, or the owners' directory object ids: at most fifty. More come by changes or by a bulk addition job. */
  readonly ownerKeys?: readonly string[];
}

export interface PolicyChange {
  readonly name?: string;
  /** Site ids, or the owners' directory object ids. */
  readonly addOwnerKeys?: readonly string[];
  /** Ids of units. */
  readonly removeUnitIds?: readonly UnitId[];
}

/** What became of a change, unit by unit; order and number may differ from what was asked. */
export interface PolicyChangeResult {
  readonly name?: string;
  /** Units as they are now: `protectRequested` or `removeRequested` in an active policy. */
  readonly units: readonly FetchedUnit[];
  readonly removedIds: readonly UnitId[];
  readonly failures: readonly DeltaFailure[];
  readonly unreadable: readonly unknown[];
  readonly graph: GraphObject;
}

/**
 * Creates a policy, which is always `inactive`. (backuprestoreroot-post-sharepointprotectionpolicies and its siblings)
 *
 * Not idempotent: after an unknown outcome `settleCreate` looks for it among the tenant's policies.
 *
 * @throws GraphError `clientInvalidRequest` for a name of no or more than 1,024 characters, or more than fifty units
 */
export function createPolicyRequest(
  kind: UnitKind,
  { name, ownerKeys: keys = [] }: PolicyToCreate,
): WriteRequest<FetchedPolicy> {
  checkName(name);
  checkUnits(keys.length);
  return {
    effect: 'write',
    afterUnknown: 'search',
    method: 'POST',
    path: `${ROOT}/${policyCollections[kind]}`,
    body: {
      displayName: name,
      ...(keys.length === 0 ? {} : { [unitCollections[kind]]: keys.map(key => ({ [ownerKeys[kind]]: key })) }),
    },
    scopes: [scopes.configurationReadWrite],
    waitCodes: ['PolicySaveFailed'],
    toValue: body => toPolicy(body, kind),
  };
}

/**
 * Renames a policy, adds units, takes some out; sends only what is to change. (sharepointprotectionpolicy-update and its siblings)
 * Units fail one by one inside a 200.
 *
 * After an unknown outcome `settleUpdate` reads the policy's units and says what is still to do.
 *
 * @throws GraphError `clientInvalidRequest` for nothing to change, more than fifty units, or a name that can't be one
 */
export function updatePolicyRequest(
  kind: UnitKind,
  policyId: string,
  { name, addOwnerKeys: add = [], removeUnitIds: remove = [] }: PolicyChange,
): WriteRequest<PolicyChangeResult> {
  const changes = add.length + remove.length;
  if (name !== undefined) checkName(name);
  else if (changes === 0) throw toClientFault(clientFaults.invalidRequest, 'The change of the policy changes nothing.');
  checkUnits(changes);
  const delta = `${unitCollections[kind]}@delta`;
  return {
    effect: 'write',
    afterUnknown: 'read',
    method: 'PATCH',
    path: `${ROOT}/${policyCollections[kind]}/${segment(policyId)}`,
    body: {
      ...(name === undefined ? {} : { displayName: name }),
      ...(changes === 0
        ? {}
        : {
            [delta]: [...add.map(key => ({ [ownerKeys[kind]]: key })), ...remove.map(toRemoval)],
          }),
    },
    scopes: [scopes.configurationReadWrite],
    toValue: body => {
      const graph = asObject(body, 'the change');
      const newName = text.parse(graph['displayName']);
      const { items, ...rest } = toDeltaResult(findProperty(graph, delta, unitCollections[kind]), member =>
        toUnit(member, kind),
      );
      return { ...(newName === undefined ? {} : { name: newName }), units: items, ...rest, graph };
    },
  };
}

/** Protects its units from now on; it goes to `updating`. (protectionpolicybase-activate) After an unknown outcome read its status. */
export function activatePolicyRequest(policyId: string): WriteRequest<FetchedPolicy> {
  return actionRequest(policyId, 'activate');
}

/**
 * Stops the backups of its units at once; their points stay for as long as they are kept. (protectionpolicybase-deactivate)
 * After an unknown outcome read its status.
 */
export function deactivatePolicyRequest(policyId: string): WriteRequest<FetchedPolicy> {
  return actionRequest(policyId, 'deactivate');
}

function actionRequest(policyId: string, action: 'activate' | 'deactivate'): WriteRequest<FetchedPolicy> {
  return {
    effect: 'write',
    afterUnknown: 'read',
    method: 'POST',
    path: `${ROOT}/protectionPolicies/${segment(policyId)}/${action}`,
    scopes: [scopes.configurationReadWrite],
    toValue: body => toPolicy(body),
  };
}

/** Deletes an inactive policy with its units. (protectionpolicybase-delete) After an unknown outcome fetch it: 404 says that it is done. */
export function deletePolicyRequest(policyId: string): WriteRequest<void> {
  return {
    effect: 'write',
    afterUnknown: 'read',
    method: 'DELETE',
    path: `${ROOT}/protectionPolicies/${segment(policyId)}`,
    scopes: [scopes.configurationReadWrite],
    toValue: () => undefined,
  };
}

function checkName(name: string): void {
  if (name.length > 0 && name.length <= LONGEST_NAME) return;
  throw toClientFault(
    clientFaults.invalidRequest,
    `A policy's name has 1 to ${LONGEST_NAME} characters, not ${name.length}.`,
  );
}

function checkUnits(count: number): void {
  if (count <= UNITS_A_REQUEST) return;
  throw toClientFault(clientFaults.invalidRequest, `A request takes at most ${UNITS_A_REQUEST} units, not ${count}.`);
}
