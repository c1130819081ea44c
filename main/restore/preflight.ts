import type { Finding } from '../../shared/contract/plans.ts';
import type { Controller, ServiceState } from '../../shared/contract/tenants.ts';
import { restorableKinds } from '../../shared/domain/backup-roles.ts';
import { type UnitKind, unitKinds } from '../../shared/domain/protection-unit.ts';
import { restoreLimits } from '../../shared/domain/restore-session.ts';
import { HOUR, type UtcSeconds } from '../../shared/domain/time.ts';

/** Names shown with a finding; the rest is counted. */
const NAMES_SHOWN = 20;
/** Ids named with a finding, as many as one call takes out of a plan. */
const IDS_NAMED = 200;
/** A point that expires within this time may be gone before its restore begins. */
export const EXPIRES_SOON_SECONDS = 24 * HOUR;

/** A unit by its id, and by the name that people know it by. */
export interface NamedUnit {
  readonly unitId: string;
  readonly name: string;
}

/** Everything a review looks at. Pure facts: who gathers them says nothing about what they mean. */
export interface PreflightFacts {
  readonly now: UtcSeconds;
  readonly online: boolean;
  readonly destination: 'inPlace' | 'new';
  readonly controller: Controller;
  readonly service?: ServiceState;
  /** Role template ids of the signed-in user in this tenant; absent where they could not be told. */
  readonly roleIds?: readonly string[];
  /** Scopes that restoring needs and that are not consented; absent where nobody could be asked. */
  readonly missingScopes?: readonly string[];
  /** Sign-in has ended, or wants the person: nothing can be asked before. */
  readonly signInNeeded: boolean;
  /** Present where a technician has set the tenant read-only. */
  readonly readOnly?: { readonly sinceAt: UtcSeconds; readonly by: string };
  /** Units of the plan that stand in a session that has begun and not ended. */
  readonly busy: readonly (NamedUnit & { readonly sessionId: string })[];
  /** Units of the plan that a session restored after the plan's incident, as far as it was read; each with its latest. */
  readonly restoredSince: readonly (NamedUnit & { readonly sessionId: string; readonly restoredAt: UtcSeconds })[];
  /** Sessions of the tenant that are active now, by kind with their artifacts; absent where they could not be read. */
  readonly activeSessions?: readonly { readonly kind?: UnitKind; readonly artifacts: number }[];
  /** Active sessions that do not say which units they restore. */
  readonly untoldSessions: number;
  /** Sessions that the plan will make. */
  readonly sessionsWanted: number;
  /** Artifacts that the plan will make, by kind. */
  readonly artifacts: Readonly<Record<UnitKind, number>>;
  readonly expiring: { readonly units: number; readonly firstAt?: UtcSeconds };
  readonly expired: readonly NamedUnit[];
  readonly uncertainUnits: number;
  /** Units without any point: they are left out. */
  readonly leftOut: readonly string[];
  /** Units for which asking again found another point than the one reviewed. */
  readonly changed: readonly NamedUnit[];
}

/** What a technician must know before a restore starts, worst first. `stop` keeps it from starting. */
export function toFindings(facts: PreflightFacts): Finding[] {
  const findings = [...ofTheTenant(facts), ...ofThePoints(facts), ...ofTheLimits(facts), ...ofTheContent(facts)];
  const order = ['stop', 'warning', 'note', 'ok'];
  return findings.sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
}

function ofTheTenant(facts: PreflightFacts): Finding[] {
  const findings: Finding[] = [];
  if (facts.readOnly !== undefined) findings.push({ code: 'TENANT_READ_ONLY', severity: 'stop', ...facts.readOnly });
  if (!facts.online) findings.push({ code: 'OFFLINE', severity: 'stop' });
  if (facts.signInNeeded) findings.push({ code: 'SIGN_IN_NEEDED', severity: 'stop' });
  // An app that is on its way out keeps full control until its date; one that could not be read is told apart by the rest.
  if (facts.controller.by !== 'ours' && facts.controller.by !== 'leaving' && facts.controller.by !== 'unknown')
    findings.push({ code: 'NOT_CONTROLLER', severity: 'stop', controller: facts.controller.by });
  if (facts.service !== undefined && facts.service.status !== 'enabled') {
    const restorable = facts.service.status === 'protectionChangeLocked';
    const { status, restoreAllowedUntilAt } = facts.service;
    findings.push({
      code: 'SERVICE_LOCKED',
      severity: restorable ? 'warning' : 'stop',
      status,
      ...(restoreAllowedUntilAt === undefined ? {} : { restoreAllowedUntilAt }),
    });
  }
  if (facts.missingScopes !== undefined && facts.missingScopes.length > 0)
    findings.push({ code: 'CONSENT_MISSING', severity: 'stop', scopes: [...facts.missingScopes] });
  if (facts.controller.by === 'unknown' || facts.service === undefined)
    findings.push({ code: 'STANDING_UNKNOWN', severity: 'warning' });
  const { roleIds } = facts;
  if (roleIds === undefined) findings.push({ code: 'ROLE_UNKNOWN', severity: 'note' });
  else {
    const may = restorableKinds(roleIds);
    const kinds = unitKinds.filter(kind => facts.artifacts[kind] > 0 && !may.includes(kind));
    // Which roles a GDAP relationship carries over is not documented in full, so a missing one is a warning, not a stop.
    if (kinds.length > 0) findings.push({ code: 'ROLE_MISSING', severity: 'warning', kinds });
  }
  return findings;
}

function ofThePoints(facts: PreflightFacts): Finding[] {
  const findings: Finding[] = [];
  if (facts.changed.length > 0)
    findings.push({
      code: 'POINTS_CHANGED',
      severity: 'stop',
      units: facts.changed.length,
      ...named(facts.changed),
    });
  if (facts.expired.length > 0)
    findings.push({
      code: 'POINTS_EXPIRED',
      severity: 'stop',
      units: facts.expired.length,
      ...named(facts.expired),
    });
  if (facts.expiring.units > 0 && facts.expiring.firstAt !== undefined)
    findings.push({
      code: 'POINTS_EXPIRE_SOON',
      severity: 'warning',
      units: facts.expiring.units,
      firstAt: facts.expiring.firstAt,
    });
  if (facts.uncertainUnits > 0)
    findings.push({ code: 'UNITS_UNCERTAIN', severity: 'warning', units: facts.uncertainUnits });
  if (facts.leftOut.length > 0)
    findings.push({
      code: 'UNITS_LEFT_OUT',
      severity: 'note',
      units: facts.leftOut.length,
      names: shown(facts.leftOut),
    });
  return findings;
}

function ofTheLimits(facts: PreflightFacts): Finding[] {
  const findings: Finding[] = [];
  if (facts.busy.length > 0)
    findings.push({
      code: 'UNITS_IN_OTHER_SESSION',
      severity: 'stop',
      units: facts.busy.length,
      ...named(facts.busy),
      sessionIds: [...new Set(facts.busy.map(({ sessionId }) => sessionId))].slice(0, NAMES_SHOWN),
    });
  if (facts.restoredSince.length > 0)
    findings.push({
      code: 'RESTORED_SINCE',
      severity: 'warning',
      units: facts.restoredSince.length,
      ...named(facts.restoredSince),
      sessionIds: [...new Set(facts.restoredSince.map(({ sessionId }) => sessionId))].slice(0, NAMES_SHOWN),
      lastAt: Math.max(...facts.restoredSince.map(({ restoredAt }) => restoredAt)),
    });
  const active = facts.activeSessions;
  if (active !== undefined) {
    if (facts.untoldSessions > 0)
      findings.push({ code: 'OTHER_SESSIONS_UNTOLD', severity: 'warning', sessions: facts.untoldSessions });
    else if (facts.busy.length === 0)
      findings.push({ code: 'NO_OTHER_SESSION', severity: 'ok', checkedAt: facts.now, activeSessions: active.length });
    const together = active.length + facts.sessionsWanted;
    const sessions = { activeSessions: active.length, wanted: facts.sessionsWanted };
    if (together > restoreLimits.activeSessions)
      findings.push({ code: 'SESSIONS_FULL', severity: 'stop', ...sessions, limit: restoreLimits.activeSessions });
    else if (together > restoreLimits.advisedSessions)
      findings.push({
        code: 'MANY_SESSIONS',
        severity: 'warning',
        ...sessions,
        advised: restoreLimits.advisedSessions,
      });
  }
  for (const kind of unitKinds) {
    const running = (active ?? []).reduce((sum, session) => sum + (session.kind === kind ? session.artifacts : 0), 0);
    const artifacts = facts.artifacts[kind] === 0 ? 0 : facts.artifacts[kind] + running;
    if (artifacts > restoreLimits.artifactsPerWorkload)
      findings.push({
        code: 'TOO_MANY_ARTIFACTS',
        severity: 'stop',
        kind,
        artifacts,
        limit: restoreLimits.artifactsPerWorkload,
      });
    else if (artifacts > restoreLimits.advisedArtifacts)
      findings.push({
        code: 'MANY_ARTIFACTS',
        severity: 'warning',
        kind,
        artifacts,
        advised: restoreLimits.advisedArtifacts,
      });
  }
  return findings;
}

function ofTheContent({ destination, artifacts }: PreflightFacts): Finding[] {
  const findings: Finding[] = [];
  // A site or OneDrive is not locked while it rolls back; a restore to a new place touches nothing that anyone edits.
  if (destination === 'inPlace' && artifacts.site + artifacts.drive > 0)
    findings.push({ code: 'USERS_CAN_EDIT', severity: 'warning', sites: artifacts.site, drives: artifacts.drive });
  // The service's pages contradict each other about holds, but none says that one keeps a site from going to a new place.
  if (destination === 'inPlace' || artifacts.drive + artifacts.mailbox > 0)
    findings.push({ code: 'HOLDS_UNSEEN', severity: 'note' });
  return findings;
}

/** The first ids and names of units that a finding is about. */
function named(units: readonly NamedUnit[]): { readonly unitIds: string[]; readonly names: string[] } {
  return {
    unitIds: units.slice(0, IDS_NAMED).map(({ unitId }) => unitId),
    names: shown(units.map(({ name }) => name)),
  };
}

function shown(names: readonly string[]): string[] {
  return names.slice(0, NAMES_SHOWN);
}
