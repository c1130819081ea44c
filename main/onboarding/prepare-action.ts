import type {
  PreparedAction,
  ServiceAction,
  ServiceEffect,
  ServiceProblem,
  ServiceStanding,
} from '../../shared/contract/onboarding.ts';
import type { Tenant } from '../../shared/contract/tenants.ts';
import {
  type ControlFacts,
  needsTypedName,
  ownApp,
  takeoverLimits,
  takeoverProblem,
  takeoverTiming,
  UNREGISTER_COST_SECONDS,
  UNREGISTER_GRACE_SECONDS,
  whyNotAction,
} from '../../shared/domain/onboarding.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';

export interface ActionFacts {
  readonly action: ServiceAction;
  readonly standing: ServiceStanding;
  readonly tenant: Tenant;
  readonly now: UtcSeconds;
}

/** A standing as the rules of onboarding read it. */
function toControlFacts({ controller, service, lastEnable }: ServiceStanding): ControlFacts {
  return { controller, service, apps: service?.apps, lastEnable };
}

/** What follows from the action. Pure. */
function effectsOf({ action, standing, tenant, now }: ActionFacts): ServiceEffect[] {
  const facts = toControlFacts(standing);
  const own = ownApp(standing.service?.apps);
  const isOn = standing.service?.status.toLowerCase() === 'enabled';
  switch (action.type) {
    case 'register':
      return [{ effect: 'becomesRegistered' }];
    case 'activate': {
      if (action.effectiveAt === undefined) return [{ effect: 'controlAtOnce' }, { effect: 'notYetEnabled' }];
      const from = standing.controller;
      return [
        { effect: 'controlPasses', at: action.effectiveAt, from },
        ...(from.by === 'microsoft' || from.by === 'unknown' ? [{ effect: 'noWayBackToMicrosoft' as const }] : []),
        { effect: 'notYetEnabled' },
      ];
    }
    case 'cancelTakeover':
      return [{ effect: 'takeoverCancelled', stays: holderBesideUs(standing) }];
    case 'enable': {
      const isBilling = standing.service?.disableReason?.toLowerCase() === 'invalidbillingprofile';
      return [
        { effect: 'ownerPays', ownerTenantId: action.ownerTenantId },
        ...(isOn ? [{ effect: 'nothingNew' as const }] : []),
        ...(!isOn && isBilling ? [{ effect: 'lockEndsLater' as const }] : []),
        ...(!isOn && !isBilling ? [{ effect: 'protectionAllowed' as const }] : []),
      ];
    }
    case 'unregister': {
      if (own?.status === 'pendingActive')
        return [{ effect: 'takeoverCancelled', stays: holderBesideUs(standing) }, { effect: 'noLongerRegistered' }];
      if (!needsTypedName('unregister', facts)) return [{ effect: 'noLongerRegistered' }];
      const graceUntil = now + UNREGISTER_GRACE_SECONDS;
      return [
        { effect: 'accessEnds', ...(tenant.syncedAt === undefined ? {} : { protectedUnits: tenant.protectedUnits }) },
        { effect: 'costGoesOn', graceUntil, until: now + UNREGISTER_COST_SECONDS },
        { effect: 'dataOffboarded', from: graceUntil },
      ];
    }
  }
}

/** Who controls while our own app waits. */
function holderBesideUs({ service }: ServiceStanding): ServiceStanding['controller'] {
  const isOther = service?.apps?.some(app => !app.isOurs && ['active', 'pendingInactive'].includes(app.status));
  return { by: isOther === true ? 'anotherApp' : 'unknown' };
}

/** What of the service's own state stands in the way, or should be known. Pure. */
function problemsOf({ action, standing, tenant, now }: ActionFacts): ServiceProblem[] {
  const facts = toControlFacts(standing);
  const problems: ServiceProblem[] = [];
  const why = whyNotAction(action.type, facts);
  const pending = standing.service?.apps?.find(app => !app.isOurs && app.status === 'pendingActive');
  const pendingAt = pending?.effectiveAt === undefined ? {} : { at: pending.effectiveAt };
  if (why !== undefined) problems.push({ code: 'NOT_NOW', severity: 'stop', why, ...pendingAt });
  if (action.type === 'activate' && why === undefined) {
    if (action.effectiveAt === undefined) {
      if (takeoverTiming(facts) === 'dated') problems.push({ code: 'TAKEOVER_NEEDS_DATE', severity: 'stop' });
    } else {
      const { from, until } = takeoverLimits(now);
      const problem = takeoverProblem(action.effectiveAt, now);
      if (problem === 'tooSoon') problems.push({ code: 'TAKEOVER_TOO_SOON', severity: 'stop', from });
      if (problem === 'tooLate') problems.push({ code: 'TAKEOVER_TOO_LATE', severity: 'stop', until });
    }
  }
  if (action.type === 'enable') {
    if (action.ownerTenantId.toLowerCase() === tenant.id.toLowerCase())
      problems.push({ code: 'OWNER_IS_CUSTOMER', severity: 'warning' });
    if (pending !== undefined) problems.push({ code: 'ANOTHER_TAKES_OVER', severity: 'warning', ...pendingAt });
  }
  if (action.type === 'unregister' && why === undefined && tenant.runningSessions > 0)
    problems.push({ code: 'RESTORES_RUNNING', severity: 'warning', sessions: tenant.runningSessions });
  return problems;
}

/** @param further problems of the tenant, the account and the network */
export function toPrepared(facts: ActionFacts, id: string, further: readonly ServiceProblem[]): PreparedAction {
  const problems = [...further, ...problemsOf(facts)];
  return {
    id,
    tenantId: facts.tenant.id,
    tenantName: facts.tenant.displayName,
    preparedAt: facts.now,
    action: facts.action,
    effects: effectsOf(facts),
    problems,
    canSend: problems.every(({ severity }) => severity !== 'stop'),
    needsTypedName: needsTypedName(facts.action.type, toControlFacts(facts.standing)),
  };
}
