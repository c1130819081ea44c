/** What the control interface takes, checked before anything is changed. */
import { z } from 'zod';
import { directoryRoleIds } from '../directory.ts';
import { parseInstant } from '../instant.ts';
import { faultEffects } from '../http/faults.ts';

/** ISO 8601 text, read as ticks. */
export const moment = z.string().transform((text, context) => {
  const ticks = parseInstant(text);
  if (ticks === undefined) context.addIssue({ code: 'custom', message: `${text} is no time in ISO 8601 with a zone` });
  return ticks ?? 0;
});

export const clockChange = z.strictObject({
  timeScale: z.number().min(0).optional(),
  advanceSeconds: z.number().min(0).optional(),
  freeze: z.boolean().optional(),
});

const serviceState = z.enum(['disabled', 'enabled', 'protectionChangeLocked', 'restoreLocked']);

export const tenantChange = z.strictObject({
  displayName: z.string().min(1).optional(),
  domain: z.string().min(1).optional(),
  serviceStatus: z
    .union([
      serviceState,
      z.strictObject({
        status: serviceState.optional(),
        disableReason: z.string().optional(),
        gracePeriodDateTime: moment.nullable().optional(),
        restoreAllowedTillDateTime: moment.nullable().optional(),
      }),
    ])
    .optional(),
  controller: z.enum(['self', 'pending', 'leaving', 'firstParty', 'other', 'none']).optional(),
  /** When control passes, for `pending` and `leaving`. */
  controlPassesDateTime: moment.nullable().optional(),
  billing: z.enum(['healthy', 'invalid', 'unreadable']).optional(),
  policyLimit: z.int().min(0).optional(),
  policyUnitLimit: z.int().min(0).optional(),
  workloadUnitLimit: z.int().min(0).optional(),
  consentedScopes: z.array(z.string()).optional(),
  consentedRoles: z.array(z.string()).optional(),
  signInRules: z
    .strictObject({
      interactionRequired: z.boolean().optional(),
      consentMissing: z.boolean().optional(),
      noGdapAccess: z.boolean().optional(),
      conditionalAccess: z.boolean().optional(),
      enrollmentRequired: z.boolean().optional(),
      refreshTokensRefused: z.enum(['expired', 'revoked']).nullable().optional(),
      throttledForSeconds: z.number().min(0).nullable().optional(),
    })
    .optional(),
  tokenLifetimeSeconds: z.number().min(1).optional(),
  ownApplication: z
    .strictObject({ clientId: z.guid().toLowerCase(), displayName: z.string().min(1).optional() })
    .nullable()
    .optional(),
  throttle: z
    .strictObject({ questions: z.int().min(0), seconds: z.number().positive() })
    .nullable()
    .optional(),
  latencyMs: z.number().min(0).optional(),
  searchCap: z.enum(['per-unit', 'five']).optional(),
  artifactFailures: z.enum(['seeded', 'none']).optional(),
  pageSize: z.int().min(1).max(999).optional(),
});

export const faultRequest = z.strictObject({
  match: z
    .strictObject({ method: z.string().optional(), route: z.string().optional(), tenantId: z.string().optional() })
    .default({}),
  effect: z.enum(faultEffects),
  times: z.int().min(0).optional(),
  probability: z.number().min(0).max(1).optional(),
  retryAfterSeconds: z.number().min(0).optional(),
  status: z.int().min(400).max(599).optional(),
  code: z.string().optional(),
  message: z.string().optional(),
  ms: z.number().min(0).optional(),
  claims: z.string().optional(),
});

export const tokenRequest = z.strictObject({
  tenantId: z.string(),
  userPrincipalName: z.string(),
  scopes: z.array(z.string()),
  roles: z.array(z.enum(Object.keys(directoryRoleIds))).optional(),
  /** Another application than the registered one. */
  clientId: z.string().optional(),
});

export const entitiesRequest = z.strictObject({
  collection: z.string(),
  value: z.array(z.looseObject({ id: z.string().min(1) })),
});
