/** Inclusion rules at work: what their expressions find is taken into the policy. */
import { durationOf } from '../state/machines/duration.ts';
import { dynamicInterval, hasEnded, ruleSteps } from '../state/machines/rule-machine.ts';
import type { RuleRecord } from '../state/records.ts';
import { readGroupExpression, readSiteExpression, siteMatches } from './expressions.ts';
import { addToPolicy, requestStatus, sourcesOf, unitsOfPolicy } from './unit-work.ts';
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

interface Found {
  readonly ids: readonly string[];
  readonly unknownGroup?: string;
}

const find = ({ tenant }: Workplace, rule: RuleRecord): Found => {
  if (rule.kind === 'site') {
    const reading = readSiteExpression(rule.expression);
    if (!reading.ok) return { ids: [] };
    const sites = tenant.resources.list('site').filter(site => siteMatches(reading.value, site));
    return { ids: sites.map(({ id }) => id) };
  }
  const reading = readGroupExpression(rule.expression);
  if (!reading.ok) return { ids: [] };
  const groups = reading.value.map(id => ({ id, group: tenant.resources.findGroup(id) }));
  const unknown = groups.find(({ group }) => group === undefined)?.id;
  const ids = [...new Set(groups.flatMap(({ group }) => group?.memberIds ?? []))];
  return { ids, ...(unknown === undefined ? {} : { unknownGroup: unknown }) };
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
  const { ids, unknownGroup } = find(place, rule);
  const source = rule.isAutoApplyEnabled ? 'dynamicRule' : 'manual';
  if (policy !== undefined) for (const id of ids) addToPolicy(place, policy, id, source);
  if (rule.status === 'updateRequested' && policy !== undefined) release(place, policy.id, new Set(ids));
  const error = { code: 'invalidGroupId', message: `groupId ${unknownGroup ?? ''} does not exist` };
  tenant.rules.put({
    ...rule,
    status: unknownGroup === undefined ? 'completed' : 'completedWithErrors',
    ...(unknownGroup === undefined ? {} : { error }),
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
