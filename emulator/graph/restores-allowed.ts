/** Whether the service lets anything be restored now. */
import { serviceMoves, serviceStandingAt } from '../state/machines/service-machine.ts';
import type { GraphContext } from './exchange.ts';
import { requireState } from './graph-error.ts';

/** Restores are refused while the service is off or locked for restores. */
export const requireRestoresAllowed = ({ tenant, now }: GraphContext): void => {
  const { status } = serviceStandingAt(tenant.settings.serviceStatus, now);
  requireState(serviceMoves.restore, status, `Restores are not allowed while the service status is ${status}.`);
};
