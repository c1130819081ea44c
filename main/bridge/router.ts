import type { Context, Router } from '@orpc/server';
import type { contract } from '../../shared/contract/index.ts';
import type { Services } from '../services.ts';
import { accountHandlers } from './account.ts';
import { auditHandlers } from './audit.ts';
import { backgroundHandlers } from './background.ts';
import { consoleHandlers } from './console.ts';
import { gapHandlers } from './gaps.ts';
import { bridge } from './implementing.ts';
import { notificationHandlers } from './notifications.ts';
import { onboardingHandlers } from './onboarding.ts';
import { planHandlers } from './plans.ts';
import { policyHandlers } from './policies.ts';
import { restorePointHandlers } from './restore-points.ts';
import { searchHandlers } from './search.ts';
import { sessionHandlers } from './sessions.ts';
import { syncHandlers } from './sync.ts';
import { tenantHandlers } from './tenants.ts';
import { unitHandlers } from './units.ts';

/** Every procedure of the contract with its handler; one without is a type error here. */
export function createRouter(services: Services): Router<typeof contract, Context> {
  return bridge.router({
    console: consoleHandlers(services),
    account: accountHandlers(services),
    tenants: tenantHandlers(services),
    units: unitHandlers(services),
    sync: syncHandlers(services),
    restorePoints: restorePointHandlers(services),
    plans: planHandlers(services),
    policies: policyHandlers(services),
    notifications: notificationHandlers(services),
    onboarding: onboardingHandlers(services),
    gaps: gapHandlers(services),
    sessions: sessionHandlers(services),
    audit: auditHandlers(services),
    search: searchHandlers(services),
    background: backgroundHandlers(services),
  });
}
