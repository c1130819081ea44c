import { z } from 'zod';
import { TenantId, UtcSeconds } from './values.ts';

/**
 * The closed list of what can go wrong across the bridge: a code and its facts, never a sentence and never a stack. The
 * renderer has the words (`renderer/ui/messages.ts`); a code without words there is a type error.
 */
const failure = <const C extends string, F extends z.core.$ZodLooseShape>(code: C, facts: F) =>
  z.object({
    code: z.literal(code),
    /** Graph's `request-id` of the request that failed, where there was one. */
    requestId: z.string().optional(),
    ...facts,
  });

export const AppError = z.discriminatedUnion('code', [
  // Signing in
  failure('SIGNED_OUT', {}),
  /** Several accounts are signed in, and nobody has said which works in this tenant. */
  failure('ACCOUNT_NOT_CHOSEN', { tenantId: TenantId }),
  /** The account has not signed in to the tenant's own application yet. */
  failure('APP_SIGN_IN_NEEDED', { tenantId: TenantId }),
  /** In the browser somebody else signed in than works in the tenant; nothing was kept of it. */
  failure('OTHER_ACCOUNT_SIGNED_IN', { tenantId: TenantId }),
  failure('SESSION_EXPIRED', {}),
  failure('INTERACTION_REQUIRED', { tenantId: TenantId }),
  failure('CONSENT_MISSING', { tenantId: TenantId, scopes: z.array(z.string()) }),
  failure('CONDITIONAL_ACCESS', { tenantId: TenantId }),
  failure('NO_GDAP_ACCESS', { tenantId: TenantId }),
  failure('APP_UNKNOWN_IN_TENANT', { tenantId: TenantId }),
  failure('WRONG_TENANT_TOKEN', { tenantId: TenantId }),
  failure('SIGN_IN_CANCELLED', {}),
  failure('SIGN_IN_TIMED_OUT', {}),
  failure('SIGN_IN_BUSY', {}),
  failure('SIGN_IN_FAILED', { aadCode: z.string().optional() }),
  // The network and Graph
  failure('OFFLINE', {}),
  failure('THROTTLED', { retryAt: UtcSeconds.optional() }),
  failure('GRAPH_REFUSED', { status: z.int(), graphCode: z.string(), message: z.string() }),
  failure('GRAPH_UNREADABLE', { status: z.int().optional() }),
  failure('OUTCOME_UNKNOWN', {}),
  failure('FOREIGN_ORIGIN', { origin: z.string() }),
  // What was named is not there
  failure('TENANT_UNKNOWN', { asked: z.string() }),
  failure('TENANT_NOT_ADDED', { tenantId: TenantId }),
  /** A technician has set the tenant read-only; nothing was sent. */
  failure('TENANT_READ_ONLY', { tenantId: TenantId, sinceAt: UtcSeconds, by: z.string() }),
  /** Restores of this console run in the tenant, or a change of policies is being sent, as the account and application that it has. */
  failure('TENANT_BUSY', { tenantId: TenantId, restores: z.array(z.string()) }),
  failure('UNIT_NOT_FOUND', { unitId: z.string() }),
  failure('SELECTION_NOT_FOUND', { selectionId: z.string() }),
  failure('PLAN_NOT_FOUND', { planId: z.string() }),
  failure('SESSION_NOT_FOUND', { sessionId: z.string() }),
  failure('AUDIT_ROW_NOT_FOUND', { seq: z.int() }),
  // Plans
  failure('PLAN_EMPTY', {}),
  failure('PLAN_NOT_DRAFT', { planId: z.string() }),
  failure('PLAN_INCOMPLETE', { missing: z.enum(['units', 'incidentTime', 'destination', 'points']) }),
  failure('INCIDENT_IN_FUTURE', { now: UtcSeconds }),
  failure('POINT_NOT_BEFORE_INCIDENT', { unitId: z.string() }),
  failure('POINT_UNKNOWN', { unitId: z.string() }),
  failure('NAME_MISMATCH', { expected: z.string() }),
  failure('START_BLOCKED', { findings: z.array(z.string()) }),
  /** `retriedIn`: retries that have restored what failed, or are restoring it; absent where nothing has failed. */
  failure('NOTHING_TO_RETRY', {
    planId: z.string(),
    retriedIn: z.array(z.object({ planId: z.string(), name: z.string() })).optional(),
  }),
  // Policies
  failure('POLICY_NOT_FOUND', { policyId: z.string() }),
  failure('CHANGE_NOT_FOUND', { changeId: z.string() }),
  /** A finding of `policies.prepare` keeps the change from being sent; `problems` are its codes. */
  failure('CHANGE_BLOCKED', { problems: z.array(z.string()) }),
  failure('OWNER_LIST_NOT_FOUND', { ownerListId: z.string() }),
  failure('IMPORT_NOT_FOUND', { importId: z.string() }),
  failure('IMPORT_TOO_LARGE', { limitBytes: z.int() }),
  /** What is to be changed is no longer what the change was prepared for; nothing was sent. */
  failure('SETTING_CHANGED', {}),
  // This machine
  failure('CATALOG_UNAVAILABLE', {}),
  failure('WORK_UNREADABLE', { setAsidePath: z.string().optional() }),
  /** A file of the profile was written by a newer version, which this one must not touch. */
  failure('CATALOG_NEWER', { path: z.string(), found: z.int(), known: z.int() }),
  failure('PROFILE_UNWRITABLE', { path: z.string() }),
  failure('PROFILE_IN_USE', { path: z.string() }),
  failure('SECRETS_UNAVAILABLE', {}),
  failure('NOT_IN_THIS_HOST', {}),
  // The bridge itself
  failure('BAD_REQUEST', { problems: z.array(z.string()) }),
  failure('BRIDGE_CLOSED', {}),
  failure('ABORTED', {}),
  failure('UNEXPECTED', { errorId: z.string() }),
]);

export type AppError = z.infer<typeof AppError>;
export type AppErrorCode = AppError['code'];
export type AppErrorOf<C extends AppErrorCode> = Extract<AppError, { code: C }>;

/** How an `AppError` travels inside a process. Thrown by services, turned into data by the bridge, and back by its client. */
export class AppFailure extends Error {
  override readonly name = 'AppFailure';
  readonly error: AppError;
  constructor(error: AppError, options?: ErrorOptions) {
    super(error.code, options);
    this.error = error;
  }
}
