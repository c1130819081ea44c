/** The caller's request as the service's own work sees it, and what must hold before protection is changed. */
import { serviceMoves, serviceStandingAt } from '../state/machines/service-machine.ts';
import type { Workplace } from '../work/unit-work.ts';
import type { GraphContext } from './exchange.ts';
import { requireState } from './graph-error.ts';
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
  const { status } = serviceStandingAt(tenant.settings.serviceStatus, now);
  requireState(
    serviceMoves.changeProtection,
    status,
    `Protection can't be changed while the service status is ${status}.`,
  );
};
