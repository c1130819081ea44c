import type { UnitKind } from '../../shared/domain/protection-unit.ts';
import { policyCollections, ruleCollections } from './collections.ts';
import { asObject, flag, type GraphObject, odataType, ShapeError, text, toMember, withoutUndefined } from './fields.ts';
import type { ReadRequest, WriteRequest } from './graph-request.ts';
import { type Page, toPage } from './page.ts';
import { ROOT, segment } from './paths.ts';
import { scopes } from './scopes.ts';
import { type Tracked, toTracked } from './tracked-entity.ts';
import { toWrapped, type Wrapped } from './wrapped-entity.ts';

/** Known members of `protectionRuleStatus`. */
const ruleStatuses = [
  'draft',
  'active',
  'completed',
  'completedWithErrors',
  'updateRequested',
  'deleteRequested',
] as const;

const expressions = {
  site: 'siteExpression',
  drive: 'driveExpression',
  mailbox: 'mailboxExpression',
} as const satisfies Record<UnitKind, string>;

const kindsByType: ReadonlyMap<string | undefined, UnitKind> = new Map([
  ['siteprotectionrule', 'site'],
  ['driveprotectionrule', 'drive'],
  ['mailboxprotectionrule', 'mailbox'],
]);

/** A rule that adds units to a policy: once (static), or again and again (dynamic). */
export interface InclusionRule extends Tracked {
  readonly id: string;
  readonly kind: UnitKind;
  /** A known member of `protectionRuleStatus`, or the service's own word where it is a new one. */
  readonly status: string;
  /** Missing in the answer to `run`. */
  readonly expression?: string;
  /** True: dynamic. Missing where the service doesn't say. */
  readonly isAutoApplyEnabled?: boolean;
}
export type FetchedRule = InclusionRule & Wrapped & { readonly graph: GraphObject };

export interface RuleToCreate {
  /** `displayName -contains 'x'` and the like for sites, `(memberOf -any (group.id -in ['…']))` for drives and mailboxes. */
  readonly expression: string;
  /** Drives and mailboxes only; can't be changed later. */
  readonly isAutoApplyEnabled?: boolean;
}

function toRule(value: unknown, kind: UnitKind): FetchedRule {
  const graph = asObject(value, 'the inclusion rule');
  const id = text.parse(graph['id']);
  if (id === undefined) throw new ShapeError('the inclusion rule has no id');
  const itsKind = kindsByType.get(odataType(graph)) ?? kind;
  return {
    ...toTracked(graph),
    ...withoutUndefined({
      expression: findExpression(graph, itsKind),
      isAutoApplyEnabled: flag.parse(graph['isAutoApplyEnabled']),
    }),
    id,
    kind: itsKind,
    status: toMember(text.parse(graph['status']) ?? 'unknown', ruleStatuses),
    graph,
  };
}

/** Its own kind's expression; one documented mailbox rule calls it `driveExpression`. */
function findExpression(graph: GraphObject, kind: UnitKind): string | undefined {
  return [kind, 'site', 'drive', 'mailbox']
    .map(name => text.parse(graph[`${name}Expression`]))
    .find(expression => expression !== undefined);
}

function rulesPath(kind: UnitKind, policyId: string): string {
  return `${ROOT}/${policyCollections[kind]}/${segment(policyId)}/${ruleCollections[kind]}`;
}

function rulePath(kind: UnitKind, policyId: string, ruleId: string): string {
  return `${rulesPath(kind, policyId)}/${segment(ruleId)}`;
}

/** The rules of a policy. (sharepointprotectionpolicy-list-siteinclusionrules and its siblings) */
export function listRulesRequest(kind: UnitKind, policyId: string): ReadRequest<Page<FetchedRule>> {
  return listRequest(kind, rulesPath(kind, policyId));
}

/** The rules of one kind, of all policies. (In the metadata, without a page of its own.) */
export function listRulesOfTenantRequest(kind: UnitKind): ReadRequest<Page<FetchedRule>> {
  return listRequest(kind, `${ROOT}/${ruleCollections[kind]}`);
}

function listRequest(kind: UnitKind, path: string): ReadRequest<Page<FetchedRule>> {
  return {
    effect: 'read',
    method: 'GET',
    path,
    scopes: [scopes.configurationRead],
    toValue: toPage(member => toRule(member, kind)),
  };
}

/** One rule. (protectionrulebase-get) */
export function fetchRuleRequest(kind: UnitKind, policyId: string, ruleId: string): ReadRequest<FetchedRule> {
  return fetchRequest(kind, rulePath(kind, policyId, ruleId), ruleId);
}

/** One rule of whichever policy. (In the metadata, without a page of its own.) */
export function fetchRuleOfTenantRequest(kind: UnitKind, ruleId: string): ReadRequest<FetchedRule> {
  return fetchRequest(kind, `${ROOT}/${ruleCollections[kind]}/${segment(ruleId)}`, ruleId);
}

function fetchRequest(kind: UnitKind, path: string, ruleId: string): ReadRequest<FetchedRule> {
  return {
    effect: 'read',
    method: 'GET',
    path,
    scopes: [scopes.configurationRead],
    toValue: body => toWrapped(body, value => toRule(value, kind), ruleId),
  };
}

/**
 * Creates a rule, which begins at once. (protectionrulebase-post) Not idempotent: after an unknown outcome `settleCreate` looks for it
 * among the policy's rules.
 */
export function createRuleRequest(
  kind: UnitKind,
  policyId: string,
  { expression, isAutoApplyEnabled }: RuleToCreate,
): WriteRequest<FetchedRule> {
  const body = { [expressions[kind]]: expression, ...withoutUndefined({ isAutoApplyEnabled }) };
  return { ...writeRequest(kind, 'POST', rulesPath(kind, policyId)), afterUnknown: 'search', body };
}

/**
 * Gives a dynamic rule for drives or mailboxes another expression, and sends nothing else. (protectionrulebase-update) After an unknown
 * outcome fetch the rule: its expression says whether it is done. The same change may be asked for again.
 */
export function updateRuleRequest(
  kind: UnitKind,
  policyId: string,
  ruleId: string,
  expression: string,
): WriteRequest<FetchedRule> {
  return {
    ...writeRequest(kind, 'PATCH', rulePath(kind, policyId, ruleId)),
    body: { [expressions[kind]]: expression },
  };
}

/** Runs a static rule again. (protectionrulebase-run) After an unknown outcome fetch the rule: `active`, or a later change, says that it runs or ran. */
export function runRuleRequest(kind: UnitKind, policyId: string, ruleId: string): WriteRequest<FetchedRule> {
  return writeRequest(kind, 'POST', `${rulePath(kind, policyId, ruleId)}/run`);
}

/**
 * Deletes a dynamic rule and takes out the units that it alone holds. (protectionrulebase-deleteandunprotect) After an unknown outcome
 * fetch the rule: `deleteRequested` or 404 says that it is done.
 */
export function deleteRuleAndUnprotectRequest(
  kind: UnitKind,
  policyId: string,
  ruleId: string,
): WriteRequest<FetchedRule> {
  return writeRequest(kind, 'POST', `${rulePath(kind, policyId, ruleId)}/deleteAndUnprotect`);
}

/** Deletes an ended rule; its units stay protected. (protectionrulebase-delete) After an unknown outcome fetch it: 404 says that it is done. */
export function deleteRuleRequest(kind: UnitKind, policyId: string, ruleId: string): WriteRequest<void> {
  return { ...writeRequest(kind, 'DELETE', rulePath(kind, policyId, ruleId)), toValue: () => undefined };
}

function writeRequest(
  kind: UnitKind,
  method: WriteRequest<unknown>['method'],
  path: string,
): WriteRequest<FetchedRule> {
  return {
    effect: 'write',
    afterUnknown: 'read',
    method,
    path,
    scopes: [scopes.configurationReadWrite],
    toValue: body => toWrapped(body, value => toRule(value, kind)),
  };
}
