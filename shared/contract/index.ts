import { account } from './account.ts';
import { audit } from './audit.ts';
import { background } from './background.ts';
import { console } from './console.ts';
import { notifications } from './notifications.ts';
import { onboarding } from './onboarding.ts';
import { gaps } from './gaps.ts';
import { plans } from './plans.ts';
import { policies } from './policies.ts';
import { restorePoints } from './restore-points.ts';
import { search } from './search.ts';
import { sessions } from './sessions.ts';
import { sync } from './sync.ts';
import { tenants } from './tenants.ts';
import { units } from './units.ts';

/**
 * Everything that the renderer may ask of main, once. One file a capability; put together here and nowhere else. Written out by name:
 * inferred as a whole, the type is longer than the compiler writes.
 */
export type Contract = {
  readonly console: typeof console;
  readonly account: typeof account;
  readonly tenants: typeof tenants;
  readonly units: typeof units;
  readonly sync: typeof sync;
  readonly restorePoints: typeof restorePoints;
  readonly plans: typeof plans;
  readonly sessions: typeof sessions;
  readonly search: typeof search;
  readonly audit: typeof audit;
  readonly policies: typeof policies;
  readonly notifications: typeof notifications;
  readonly background: typeof background;
  readonly onboarding: typeof onboarding;
  readonly gaps: typeof gaps;
};
export const contract: Contract = {
  console,
  account,
  tenants,
  units,
  sync,
  restorePoints,
  plans,
  sessions,
  search,
  audit,
  policies,
  notifications,
  background,
  onboarding,
  gaps,
};
