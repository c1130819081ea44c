/** Inclusion rules: listed, read, and everything that changes them. */
import { toText } from '../instant.ts';
import { ruleMoves } from '../state/machines/rule-machine.ts';
import type { RuleRecord } from '../state/records.ts';
import type { UnitKind } from '../world/units.ts';
import { readGroupExpression, readSiteExpression } from '../work/expressions.ts';
import { startRule } from '../work/rule-work.ts';
import { listed, page, selected } from './collection.ts';
import { member } from './enum-members.ts';
import { json, linkTo, noContent } from './exchange.ts';
import type { GraphAnswer, GraphContext } from './exchange.ts';
import { badRequest, GraphError, requireState } from './graph-error.ts';
import { callerIdentity, identityJson } from './identity.ts';
import { findPolicy, policyCollections } from './policies.ts';
import { recordErrorJson } from './record-errors.ts';
import { isGuid, objectBody, property } from './request-body.ts';
import type { JsonObject } from './request-body.ts';
import { requireProtectionChangesAllowed, workplaceOf } from './workplace.ts';

const mostStaticGroups = 3;
const mostDynamicGroups = 100;

const baseJson = (context: GraphContext, rule: RuleRecord): JsonObject => ({
  id: rule.id,
  status: member(context, 'protectionRuleStatus', rule.status),
  createdBy: identityJson(context, rule.createdBy),
  createdDateTime: toText(rule.createdAt),
  lastModifiedBy: identityJson(context, rule.lastModifiedBy),
  lastModifiedDateTime: toText(rule.lastModifiedAt),
  isAutoApplyEnabled: rule.isAutoApplyEnabled,
  error:
    rule.error === undefined
      ? null
      : { ...recordErrorJson(rule.error), innerError: { code: rule.error.code, date: toText(rule.lastModifiedAt) } },
});

const ruleJson = (context: GraphContext, rule: RuleRecord): JsonObject => ({
  '@odata.type': `#microsoft.graph.${rule.kind}ProtectionRule`,
  ...baseJson(context, rule),
  [`${rule.kind}Expression`]: rule.expression,
});

const location = (context: GraphContext, rule: RuleRecord): Readonly<Record<string, string>> => {
  const collection = `${policyCollections[rule.kind]}/${rule.policyId}/${rule.kind}InclusionRules`;
  return { 'Content-Location': linkTo(context, `/solutions/backupRestore/${collection}('${rule.id}')`) };
};

/** Throws 400 `InvalidInclusionRuleId` or 404 `ProtectionRuleNotFound`. Without a kind, of any policy. */
const findRule = (context: GraphContext, kind: UnitKind, ofPolicy = true): RuleRecord => {
  const policy = ofPolicy ? findPolicy(context, context.parentId, kind) : undefined;
  const rule = context.tenant.rules.find(context.id);
  if (rule !== undefined && rule.kind === kind && (policy === undefined || rule.policyId === policy.id)) return rule;
  if (rule === undefined && !isGuid(context.id)) {
    throw badRequest('The inclusion rule id is invalid.', 'InvalidInclusionRuleId');
  }
  throw new GraphError(404, 'ProtectionRuleNotFound', 'There is no such protection rule.');
};

export const listRules =
  (kind: UnitKind) =>
  (context: GraphContext): GraphAnswer => {
    const policy = findPolicy(context, context.id, kind);
    const rules = context.tenant.rules.list().filter(rule => rule.kind === kind && rule.policyId === policy.id);
    return page(context, listed(rules), rule => ruleJson(context, rule));
  };

export const listAllRules =
  (kind: UnitKind) =>
  (context: GraphContext): GraphAnswer =>
    page(context, listed(context.tenant.rules.list().filter(rule => rule.kind === kind)), rule =>
      ruleJson(context, rule),
    );

export const getRule =
  (kind: UnitKind, ofPolicy = true) =>
  (context: GraphContext): GraphAnswer =>
    json(200, selected(context, ruleJson(context, findRule(context, kind, ofPolicy))));

/** Throws 400 `InvalidRuleExpression`, 413 `InvalidRuleExpressionGroupLimitExceeded`. */
const readExpression = (kind: UnitKind, value: unknown, isDynamic: boolean): string => {
  if (typeof value !== 'string' || value.trim() === '') {
    throw badRequest('The rule needs an expression.', 'InvalidRuleExpression');
  }
  if (kind === 'site') {
    const reading = readSiteExpression(value);
    if (!reading.ok) throw badRequest(reading.why, 'InvalidRuleExpression');
    return value;
  }
  const reading = readGroupExpression(value);
  if (!reading.ok) throw badRequest(reading.why, 'InvalidRuleExpression');
  const most = isDynamic ? mostDynamicGroups : mostStaticGroups;
  if (reading.value.length > most) {
    throw new GraphError(413, 'InvalidRuleExpressionGroupLimitExceeded', `At most ${most} groups are allowed.`);
  }
  return value;
};

export const createRule =
  (kind: UnitKind) =>
  (context: GraphContext): GraphAnswer => {
    const code = 'InvalidInclusionRuleCreateRequest';
    const body = objectBody(context.request, code);
    const isDynamic = property(body, 'isAutoApplyEnabled') ?? false;
    const given = property(body, `${kind}Expression`);
    if (typeof isDynamic !== 'boolean') throw badRequest('isAutoApplyEnabled must be true or false.', code);
    if (given === undefined) throw badRequest(`${kind}Expression is required.`, code);
    if (isDynamic && kind === 'site') throw badRequest('Rules for sites are static.', code);
    const expression = readExpression(kind, given, isDynamic);
    const policy = findPolicy(context, context.id, kind);
    const { rules } = context.tenant;
    const other = rules.list().find(rule => rule.policyId === policy.id && rule.isAutoApplyEnabled);
    if (isDynamic && other !== undefined) throw badRequest('The policy has a dynamic rule already.', code);
    requireProtectionChangesAllowed(context);
    const by = callerIdentity(context);
    const record: RuleRecord = {
      id: context.world.newId(),
      kind,
      policyId: policy.id,
      expression,
      isAutoApplyEnabled: isDynamic,
      status: 'active',
      createdAt: context.now,
      createdBy: by,
      lastModifiedAt: context.now,
      lastModifiedBy: by,
    };
    const rule = startRule(workplaceOf(context), record, 'active');
    // The example for mailboxes shows 200, the others and the prose 201.
    return json(kind === 'mailbox' ? 200 : 201, ruleJson(context, rule), location(context, rule));
  };

/** Throws what the table of states refuses the move with, if it does. */
const requireMove = (rule: RuleRecord, move: keyof typeof ruleMoves): void => {
  const kind = rule.isAutoApplyEnabled ? 'dynamic' : 'static';
  requireState(ruleMoves[move][kind], rule.status, `${move} is not allowed for a ${kind} rule that is ${rule.status}.`);
};

const touched = (context: GraphContext, rule: RuleRecord): RuleRecord => ({
  ...rule,
  lastModifiedAt: context.now,
  lastModifiedBy: callerIdentity(context),
});

export const patchRule =
  (kind: UnitKind) =>
  (context: GraphContext): GraphAnswer => {
    const code = 'InvalidProtectionRulePatchRequest';
    const body = objectBody(context.request, code);
    if (property(body, 'isAutoApplyEnabled') !== undefined) {
      throw badRequest("isAutoApplyEnabled can't be changed.", code);
    }
    const given = property(body, `${kind}Expression`);
    if (given === undefined) throw badRequest(`${kind}Expression is required.`, code);
    const expression = readExpression(kind, given, true);
    const rule = findRule(context, kind);
    requireMove(rule, 'update');
    requireProtectionChangesAllowed(context);
    const changed = startRule(workplaceOf(context), touched(context, { ...rule, expression }), 'updateRequested');
    return json(200, ruleJson(context, changed), location(context, changed));
  };

export const runRule =
  (kind: UnitKind) =>
  (context: GraphContext): GraphAnswer => {
    const rule = findRule(context, kind);
    requireMove(rule, 'run');
    requireProtectionChangesAllowed(context);
    const started = startRule(workplaceOf(context), touched(context, rule), 'active');
    const answer = { '@odata.type': '#microsoft.graph.protectionRuleBase', ...baseJson(context, started) };
    return json(202, answer, location(context, started));
  };

export const deleteRule =
  (kind: UnitKind) =>
  (context: GraphContext): GraphAnswer => {
    const rule = findRule(context, kind);
    requireMove(rule, 'delete');
    requireProtectionChangesAllowed(context);
    context.tenant.agenda.drop('rule', rule.id);
    context.tenant.rules.remove(rule.id);
    return noContent;
  };

export const deleteAndUnprotectRule =
  (kind: UnitKind) =>
  (context: GraphContext): GraphAnswer => {
    const rule = findRule(context, kind);
    requireMove(rule, 'deleteAndUnprotect');
    requireProtectionChangesAllowed(context);
    const started = startRule(workplaceOf(context), touched(context, rule), 'deleteRequested');
    return json(202, ruleJson(context, started), location(context, started));
  };
