/** The caller's request as the service's own work sees it, and what must hold before protection is changed. */
import { serviceStatusAt } from '../state/machines/service-machine.ts';
import type { Workplace } from '../work/unit-work.ts';
import type { GraphContext } from './exchange.ts';
import { notAllowed } from './graph-error.ts';
import { callerIdentity } from './identity.ts';

export const workplaceOf = (context: GraphContext): Workplace => ({
  seed: context.world.seed,
  newId: () => context.world.newId(),
  tenant: context.tenant,
  now: context.now,
  by: callerIdentity(context),
});

/** Policies and units are changed only while the service is enabled. */
export const requireProtectionChangesAllowed = ({ tenant, now }: GraphContext): void => {
  const status = serviceStatusAt(tenant.settings.serviceStatus, now);
  if (status !== 'enabled') throw notAllowed(`Protection can't be changed while the service status is ${status}.`);
};
