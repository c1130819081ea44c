/** Whether the service lets anything be restored now. */
import { serviceStatusAt } from '../state/machines/service-machine.ts';
import type { GraphContext } from './exchange.ts';
import { notAllowed } from './graph-error.ts';

/** Restores are refused while the service is off or locked for restores. */
export const requireRestoresAllowed = ({ tenant, now }: GraphContext): void => {
  const status = serviceStatusAt(tenant.settings.serviceStatus, now);
  if (status === 'disabled' || status === 'restoreLocked') {
    throw notAllowed(`Restores are not allowed while the service status is ${status}.`);
  }
};
