import { z } from 'zod';
import { Certainty, Point } from './certainty.ts';
import { AppError } from './errors.ts';
import { procedure } from './procedure.ts';
import { Cost } from './sync.ts';
import {
  Count,
  PlanId,
  Seconds,
  SelectionId,
  SessionId,
  TenantId,
  TimeZone,
  UnitId,
  UnitIds,
  UnitKind,
  UtcSeconds,
  Window,
} from './values.ts';

export const Destination = z.enum(['inPlace', 'new']);
export type Destination = z.infer<typeof Destination>;
export const Preference = z.enum(['newest', 'fast']);
export type Preference = z.infer<typeof Preference>;

/** `draft` can be changed; `starting` until every session is active; `running` until each has ended; then `done`. */
export const PlanStatus = z.enum(['draft', 'starting', 'running', 'done']);
export type PlanStatus = z.infer<typeof PlanStatus>;

const PerKind = <T extends z.ZodType>(of: T) => z.object({ site: of, drive: of, mailbox: of });

export const Plan = z.object({
  id: PlanId,
  tenantId: TenantId,
  name: z.string(),
  status: PlanStatus,
  createdAt: UtcSeconds,
  savedAt: UtcSeconds,
  createdBy: z.string(),
  startedAt: UtcSeconds.optional(),
  endedAt: UtcSeconds.optional(),
  incidentAt: UtcSeconds.optional(),
  /** The zone that the incident time was typed in; for showing, never for reckoning. */
  timeZone: TimeZone.optional(),
  preference: Preference,
  destination: Destination.optional(),
  /** What keeps a `starting` or `running` plan from going on right now; it is tried again by itself. */
  problem: AppError.optional(),
  /** The plan whose failed units this one tries again. */
  retryOf: PlanId.optional(),
  units: Count,
  unitsByKind: PerKind(Count),
  /** How certain the chosen points are. All zero before an incident time is given. */
  certainty: z.object({ exact: Count, asShown: Count, atLeast: Count, notAsked: Count, none: Count }),
  /** Points chosen by hand, not by the rule. */
  chosenByHand: Count,
  /** Units that the service refused when the restore started. */
  refused: Count,
  /** Units that will be restored: those with a point that lives. */
  restorable: Count,
});
export type Plan = z.infer<typeof Plan>;

export const PlanUnit = z.object({
  unitId: UnitId,
  kind: UnitKind,
  name: z.string(),
  address: z.string().optional(),
  /** The verdict that decides under the plan's preference: of the newest point before the incident, or of the newest fast one. */
  newest: Certainty,
  /** The fast alternative; absent for mailboxes. */
  fast: Certainty.optional(),
  /** The point that will be restored to; absent where none is known or the unit is left out. */
  chosen: Point.optional(),
  chosenBy: z.enum(['rule', 'hand']),
  /** Seconds from the chosen point to the incident; `upTo` where a newer point may exist. */
  loss: z.object({ seconds: Seconds, upTo: z.boolean() }).optional(),
  /** Why the service did not take the unit into the session, where it refused it alone. */
  refused: z.object({ code: z.string(), message: z.string() }).optional(),
});
export type PlanUnit = z.infer<typeof PlanUnit>;

/** Histogram of loss windows. `upToSeconds` is the bucket's upper bound, absent in the last one. */
export const LossBucket = z.object({ upToSeconds: Seconds.optional(), units: Count, uncertain: Count });

export const PlanOutlook = z.object({
  plan: Plan,
  losses: z.array(LossBucket),
  loss: z.object({ minSeconds: Seconds, medianSeconds: Seconds, maxSeconds: Seconds }).optional(),
  /** What "fast preferred" would lose, as a median, where it would change anything. */
  fastMedianLossSeconds: Seconds.optional(),
  /** When the first of the plan's units came under protection, as the service tells it, and how many came only after the incident. */
  protection: z.object({ beganAt: UtcSeconds, unitsAfterIncident: Count }).optional(),
  /** What making the uncertain ones exact costs. */
  cost: Cost,
  /** Units that the cost is for. */
  uncertain: Count,
});
export type PlanOutlook = z.infer<typeof PlanOutlook>;

/** What a review finds, each code with its facts. `stop` findings keep the plan from starting. */
const finding = <const C extends string, F extends z.core.$ZodLooseShape>(code: C, facts: F) =>
  z.object({ code: z.literal(code), severity: z.enum(['stop', 'warning', 'note', 'ok']), ...facts });

/** The first units that a finding is about; what takes them out of the plan is called again while there are more. */
const FirstUnitIds = z.array(UnitId).max(200);

export const Finding = z.discriminatedUnion('code', [
  finding('OFFLINE', {}),
  /** A technician has set the tenant read-only. */
  finding('TENANT_READ_ONLY', { sinceAt: UtcSeconds, by: z.string() }),
  finding('NOT_CONTROLLER', { controller: z.string() }),
  finding('SERVICE_LOCKED', { status: z.string(), restoreAllowedUntilAt: UtcSeconds.optional() }),
  /** Who controls the service, or how it stands, could not be told. */
  finding('STANDING_UNKNOWN', {}),
  finding('ROLE_MISSING', { kinds: z.array(UnitKind) }),
  finding('ROLE_UNKNOWN', {}),
  finding('CONSENT_MISSING', { scopes: z.array(z.string()) }),
  finding('SIGN_IN_NEEDED', {}),
  finding('UNITS_IN_OTHER_SESSION', {
    units: Count,
    unitIds: FirstUnitIds,
    names: z.array(z.string()),
    sessionIds: z.array(SessionId),
  }),
  /** Sessions that run and do not say which units they restore, as the service's answers about others' may not. */
  finding('OTHER_SESSIONS_UNTOLD', { sessions: Count }),
  /**
   * Units that a session restored after the plan's incident, as far as it was read: a restore in place takes back what was done to them
   * since. `lastAt`: the latest of these restores.
   */
  finding('RESTORED_SINCE', {
    units: Count,
    unitIds: FirstUnitIds,
    names: z.array(z.string()),
    sessionIds: z.array(SessionId),
    lastAt: UtcSeconds,
  }),
  finding('NO_OTHER_SESSION', { checkedAt: UtcSeconds, activeSessions: Count }),
  finding('SESSIONS_FULL', { activeSessions: Count, wanted: Count, limit: Count }),
  finding('MANY_SESSIONS', { activeSessions: Count, wanted: Count, advised: Count }),
  finding('MANY_ARTIFACTS', { kind: UnitKind, artifacts: Count, advised: Count }),
  finding('TOO_MANY_ARTIFACTS', { kind: UnitKind, artifacts: Count, limit: Count }),
  finding('POINTS_EXPIRE_SOON', { units: Count, firstAt: UtcSeconds }),
  /** Asked again just before the start, the rule found another point than the one that was reviewed. */
  finding('POINTS_CHANGED', { units: Count, unitIds: FirstUnitIds, names: z.array(z.string()) }),
  finding('POINTS_EXPIRED', { units: Count, unitIds: FirstUnitIds, names: z.array(z.string()) }),
  finding('UNITS_UNCERTAIN', { units: Count }),
  finding('UNITS_LEFT_OUT', { units: Count, names: z.array(z.string()) }),
  finding('USERS_CAN_EDIT', { sites: Count, drives: Count }),
  finding('HOLDS_UNSEEN', {}),
]);
export type Finding = z.infer<typeof Finding>;

export const PlanReview = z.object({
  plan: Plan,
  /** The name to be typed for a restore in place. */
  tenantName: z.string(),
  checkedAt: UtcSeconds,
  findings: z.array(Finding),
  perKind: z.array(
    z.object({
      kind: UnitKind,
      units: Count,
      restorable: Count,
      loss: z.object({ medianSeconds: Seconds, maxSeconds: Seconds, upTo: z.boolean() }).optional(),
      /** Microsoft's published figures for that many units, in seconds. */
      estimate: z.object({ lowSeconds: Seconds, likelySeconds: Seconds, highSeconds: Seconds }).optional(),
    }),
  ),
  sessions: Count,
  /** Creates, additions and activations. */
  requests: Count,
  activeSessions: Count.optional(),
});
export type PlanReview = z.infer<typeof PlanReview>;

const OnePlan = z.object({ planId: PlanId });

export const plans = {
  /** Plans of one tenant, or of all where none is named: drafts, running and done ones, newest first. */
  list: procedure.input(z.object({ tenantId: TenantId.optional() })).output(z.array(Plan)),
  /** A new draft of a selection's units. Fails with PLAN_EMPTY. */
  create: procedure.input(z.object({ tenantId: TenantId, selectionId: SelectionId })).output(Plan),
  get: procedure.input(OnePlan).output(Plan),
  rename: procedure.input(z.object({ planId: PlanId, name: z.string().trim().min(1).max(200) })).output(Plan),
  remove: procedure.input(OnePlan).output(z.void()),
  /** Replaces the units of a draft by a selection's. */
  setUnits: procedure.input(z.object({ planId: PlanId, selectionId: SelectionId })).output(Plan),
  /** Takes units out of a draft. */
  removeUnits: procedure.input(z.object({ planId: PlanId, unitIds: UnitIds })).output(Plan),
  /** A selection that holds the draft's units, for the first step of the wizard. */
  openSelection: procedure.input(OnePlan).output(z.object({ selectionId: SelectionId })),
  /** Fails with INCIDENT_IN_FUTURE, judged in the tenant's service time. Choices made by hand that no longer lie before it are dropped. */
  setIncident: procedure
    .input(z.object({ planId: PlanId, incidentAt: UtcSeconds, timeZone: TimeZone, preference: Preference }))
    .output(PlanOutlook),
  outlook: procedure.input(OnePlan).output(PlanOutlook),
  listUnits: procedure
    .input(
      z.object({
        planId: PlanId,
        /** By the certainty of the newest point before the incident; or those that the service refused. */
        only: z.enum(['exact', 'asShown', 'atLeast', 'notAsked', 'none', 'refused']).optional(),
        window: Window,
      }),
    )
    .output(z.object({ total: Count, offset: Count, rows: z.array(PlanUnit) })),
  /** Known living points of one unit before the incident, newest first. */
  alternatives: procedure.input(z.object({ planId: PlanId, unitId: UnitId, window: Window })).output(z.array(Point)),
  /** Chooses another point for one unit, its fast one, or goes back to the rule. */
  choosePoint: procedure
    .input(
      z.object({
        planId: PlanId,
        unitId: UnitId,
        choice: z.discriminatedUnion('type', [
          z.object({ type: z.literal('rule') }),
          z.object({ type: z.literal('fast') }),
          z.object({ type: z.literal('point'), restorePointId: z.string().min(1).max(1024) }),
        ]),
      }),
    )
    .output(PlanUnit),
  /** Asks the service until the uncertain units are exact. Aborting stops asking; what was answered stays known. */
  makeCertain: procedure.input(OnePlan).output(PlanOutlook),
  setDestination: procedure.input(z.object({ planId: PlanId, destination: Destination })).output(Plan),
  /** Checks the plan against the service as it is now; offline against what is known, and says so. */
  review: procedure.input(OnePlan).output(PlanReview),
  /**
   * Starts the restore: checks once more, then drafts, verifies and activates. Resolves once the plan is `starting` and its
   * first intent is on disk; what follows comes as events and survives the end of the console.
   * Fails with NAME_MISMATCH, START_BLOCKED, PLAN_NOT_DRAFT, PLAN_INCOMPLETE, OFFLINE.
   */
  start: procedure.input(z.object({ planId: PlanId, typedName: z.string().optional() })).output(Plan),
  /** Stops a plan that is `starting` before any of its sessions is activated: drafts are deleted, the plan is a draft again. */
  cancelStart: procedure.input(OnePlan).output(Plan),
  /** A new draft with the failed units only; those that can't be restored in place are preset to a new location. */
  retryFailed: procedure.input(OnePlan).output(Plan),
};
