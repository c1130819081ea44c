/** The service itself and its service apps: who may do what from which status, and the dates that bound it. */
import { days } from '../../instant.ts';
import type { Ticks } from '../../instant.ts';

/** Of the tenant: `locks` leads to the next one when the time has passed. */
export const serviceSteps = {
  disabled: {},
  enabled: {},
  protectionChangeLocked: { to: 'restoreLocked', after: days(30) },
  restoreLocked: {},
} as const;

/** Of an application that registered. `nothing`: accepted, without effect; `refused`: 403. */
export const serviceAppMoves = {
  inactive: { activate: 'active or pendingActive', deactivate: 'nothing', delete: 'unregistered' },
  active: { activate: 'refused', deactivate: 'refused', delete: 'grace period' },
  pendingActive: { activate: 'refused', deactivate: 'inactive', delete: 'unregistered' },
  pendingInactive: { activate: 'refused', deactivate: 'nothing', delete: 'refused' },
} as const;

export type ServiceAppStatus = keyof typeof serviceAppMoves;

/** A change of control lies so far ahead, when somebody controls already. */
export const controlChange = { least: days(7), most: days(30) };
/** After a controller's service app is deleted. */
export const deletionGrace = days(7);

export const serviceStatusAt = (
  state: { readonly status: string; readonly restoreAllowedTillAt?: Ticks },
  now: Ticks,
): 'disabled' | 'enabled' | 'protectionChangeLocked' | 'restoreLocked' => {
  const { status, restoreAllowedTillAt } = state;
  if (status === 'protectionChangeLocked' && restoreAllowedTillAt !== undefined && now >= restoreAllowedTillAt) {
    return 'restoreLocked';
  }
  return status === 'enabled' || status === 'protectionChangeLocked' || status === 'restoreLocked'
    ? status
    : 'disabled';
};
