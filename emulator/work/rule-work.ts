/** Inclusion rules at work: what their expressions find is taken into the policy. */
import { durationOf } from '../state/machines/duration.ts';
import { dynamicInterval, hasEnded, ruleSteps } from '../state/machines/rule-machine.ts';
import type { RecordError, RuleRecord } from '../state/records.ts';
import type { Group, Resources } from '../state/resources.ts';
import { readGroupExpression, readSiteExpression, siteMatches } from './expressions.ts';
import { addToPolicy, noRoom, requestStatus, roomIn, sourcesOf, unitsOfPolicy } from './unit-work.ts';
import type { Workplace } from './unit-work.ts';

/** Sets a rule to work; it ends by itself. */
export const startRule = (
  { tenant, seed, now }: Workplace,
  rule: RuleRecord,
  status: keyof typeof ruleSteps,
): RuleRecord => {
  const { error: _error, ...rest } = rule;
  const started: RuleRecord = { ...rest, status };
  tenant.rules.put(started);
  tenant.agenda.plan('rule', rule.id, now + durationOf(ruleSteps[status].takes, seed, rule.id, status, now));
  return started;
};

/** Users whom the groups of a dynamic rule may hold together. */
const mostDynamicUsers = 6000;

interface Found {
  readonly ids: readonly string[];
  readonly error?: RecordError;
}

/** Members of a group; of a static rule those of the groups within it too, each group once. */
const membersOf = (
  resources: Resources,
  group: Group,
  followsGroups: boolean,
  seen: Set<string> = new Set(),
): readonly string[] => {
  seen.add(group.id);
  return group.memberIds.flatMap((id): readonly string[] => {
    const inner = resources.findGroup(id);
    if (inner === undefined) return [id];
    return followsGroups && !seen.has(inner.id) ? membersOf(resources, inner, followsGroups, seen) : [];
  });
};

const find = ({ tenant }: Workplace, rule: RuleRecord): Found => {
  if (rule.kind === 'site') {
    const reading = readSiteExpression(rule.expression);
    if (!reading.ok) return { ids: [] };
    const sites = tenant.resources.list('site').filter(site => siteMatches(reading.value, site));
    return { ids: sites.map(({ id }) => id) };
  }
  const reading = readGroupExpression(rule.expression);
  if (!reading.ok) return { ids: [] };
  const { resources } = tenant;
  const ids = new Set<string>();
  let unknown: string | undefined;
  for (const groupId of reading.value) {
    const group = resources.findGroup(groupId);
    if (group === undefined) unknown ??= groupId;
    else for (const id of membersOf(resources, group, !rule.isAutoApplyEnabled)) ids.add(id);
  }
  if (rule.isAutoApplyEnabled && ids.size > mostDynamicUsers) {
    const message = `The groups of a dynamic rule may hold at most ${mostDynamicUsers} users.`;
    return { ids: [], error: { code: 'UnknownError', message } };
  }
  const error = { code: 'invalidGroupId', message: `groupId ${unknown ?? ''} does not exist` };
  return { ids: [...ids], ...(unknown === undefined ? {} : { error }) };
};

/** Takes the source `dynamicRule` from units that a rule held and holds no more; who is held by nothing else leaves. */
const release = (place: Workplace, policyId: string, keep: ReadonlySet<string>): void => {
  const policy = place.tenant.policies.find(policyId);
  if (policy === undefined) return;
  for (const unit of unitsOfPolicy(place.tenant, policy)) {
    const resource = unit.siteId ?? unit.directoryObjectId ?? '';
    const sources = sourcesOf(unit);
    if (!sources.includes('dynamicRule') || keep.has(resource)) continue;
    if (sources.includes('manual')) {
      place.tenant.units.put(unit.id, unit.kind, { protectionSources: 'manual', lastModifiedAt: place.now });
    } else requestStatus(place, unit, 'removeRequested');
  }
};

const evaluate = (place: Workplace, rule: RuleRecord): void => {
  const { tenant } = place;
  const policy = tenant.policies.find(rule.policyId);
  const { ids, error: notFound } = find(place, rule);
  const source = rule.isAutoApplyEnabled ? 'dynamicRule' : 'manual';
  let error = notFound;
  if (policy !== undefined) {
    const room = roomIn(place, policy);
    let taken = 0;
    for (const id of ids) {
      if (taken >= room) error ??= noRoom;
      else if ('added' in addToPolicy(place, policy, id, source)) taken += 1;
    }
    if (rule.status === 'updateRequested') release(place, policy.id, new Set(ids));
  }
  tenant.rules.put({
    ...rule,
    status: error === undefined ? 'completed' : 'completedWithErrors',
    ...(error === undefined ? {} : { error }),
  });
  if (rule.isAutoApplyEnabled) tenant.agenda.plan('rule', rule.id, place.now + dynamicInterval);
};

export const settleRule = (place: Workplace, id: string): void => {
  const rule = place.tenant.rules.find(id);
  if (rule === undefined) return;
  if (rule.status === 'deleteRequested') {
    release(place, rule.policyId, new Set());
    place.tenant.rules.remove(rule.id);
    return;
  }
  // A dynamic rule that has ended is evaluated again, without a change of its status in between.
  if (Object.hasOwn(ruleSteps, rule.status) || (hasEnded(rule.status) && rule.isAutoApplyEnabled))
    evaluate(place, rule);
};
