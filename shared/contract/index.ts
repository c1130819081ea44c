import { account } from './account.ts';
import { console } from './console.ts';
import { plans } from './plans.ts';
import { restorePoints } from './restore-points.ts';
import { sessions } from './sessions.ts';
import { sync } from './sync.ts';
import { tenants } from './tenants.ts';
import { units } from './units.ts';

/** Everything that the renderer may ask of main, once. One file a capability; put together here and nowhere else. */
export const contract = { console, account, tenants, units, sync, restorePoints, plans, sessions };
export type Contract = typeof contract;
