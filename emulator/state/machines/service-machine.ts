/** The service itself and its service apps: who may do what from which status, and the dates that bound it. */
import { days, minutes } from '../../instant.ts';
import type { Ticks } from '../../instant.ts';
import type { Move } from './move.ts';

export type ServiceState = 'disabled' | 'enabled' | 'protectionChangeLocked' | 'restoreLocked';

/** Each status of the tenant's service and those that can follow it. `enable` leads to `enabled` from each of them. */
export const serviceStates = {
  disabled: ['enabled'],
  enabled: ['protectionChangeLocked', 'disabled'],
  protectionChangeLocked: ['enabled', 'restoreLocked'],
  restoreLocked: ['enabled'],
} as const satisfies Readonly<Record<ServiceState, readonly ServiceState[]>>;

const notAllowed = { status: 403, code: 'notAllowed' } as const;

/** No page names the code: guesses. */
export const serviceMoves = {
  changeProtection: { from: ['enabled'], refused: notAllowed },
  restore: { from: ['enabled', 'protectionChangeLocked'], refused: notAllowed },
} as const satisfies Readonly<Record<string, Move>>;

/** Unhealthy billing locks protection at once; so long after, restores too. */
export const billingLock = days(30);
/** After billing is healthy again `enable` is heard at once, and the lock ends so much later. */
export const billingCure = { least: minutes(24 * 60), most: minutes(48 * 60) };

export type ServiceAppStatus = 'inactive' | 'active' | 'pendingActive' | 'pendingInactive';

/** Each status of a registered application and those that can follow it. */
export const serviceAppStates = {
  inactive: ['active', 'pendingActive'],
  active: ['pendingInactive'],
  pendingActive: ['active', 'inactive'],
  pendingInactive: ['inactive', 'active'],
} as const satisfies Readonly<Record<ServiceAppStatus, readonly ServiceAppStatus[]>>;

/**
 * What an application asks of its own registration: 403 is documented, no code. `deactivate` changes nothing unless it
 * calls off a wait; `delete` of an active one begins a grace period.
 */
export const serviceAppMoves = {
  activate: { from: ['inactive'], refused: notAllowed },
  deactivate: { from: ['inactive', 'pendingActive', 'pendingInactive'], refused: notAllowed },
  delete: { from: ['inactive', 'pendingActive', 'active'], refused: notAllowed },
} as const satisfies Readonly<Record<string, Move>>;

/** A change of control lies so far ahead, when somebody controls already. */
export const controlChange = { least: days(7), most: days(30) };
/** After a controller's service app is deleted. */
export const deletionGrace = days(7);

/** The service of one tenant as it was last set, with the dates by which it changes by itself. */
export interface ServiceStanding {
  readonly status: ServiceState;
  readonly disableReason: string;
  readonly gracePeriodAt?: Ticks;
  /** From here on a lock of protection is one of restores too. */
  readonly restoreAllowedTillAt?: Ticks;
  /** From here on a lock is over. */
  readonly curedAt?: Ticks;
  readonly lastModifiedAt: Ticks;
}

/** How the service stands at a moment. */
export const serviceStandingAt = (standing: ServiceStanding, now: Ticks): ServiceStanding => {
  const { status, restoreAllowedTillAt, curedAt } = standing;
  if (curedAt !== undefined && now >= curedAt) {
    return { status: 'enabled', disableReason: 'none', lastModifiedAt: curedAt };
  }
  if (status === 'protectionChangeLocked' && restoreAllowedTillAt !== undefined && now >= restoreAllowedTillAt) {
    return { ...standing, status: 'restoreLocked', lastModifiedAt: restoreAllowedTillAt };
  }
  return standing;
};
