/** Protection units: the statuses that are asked for, where they come from, where they lead and how long that takes. */
import { days, minutes } from '../../instant.ts';
import type { Span } from './duration.ts';
import type { Move } from './move.ts';

export type RequestedStatus =
  | 'protectRequested'
  | 'unprotectRequested'
  | 'removeRequested'
  | 'offboardRequested'
  | 'cancelOffboardRequested';

export type UnitStatus = RequestedStatus | 'protected' | 'unprotected' | 'offboarded';

interface UnitStep {
  readonly from: readonly UnitStatus[];
  /** The second where it fails. */
  readonly to: readonly [UnitStatus, UnitStatus?];
  readonly takes: Span;
}

export const unitSteps: Readonly<Record<RequestedStatus, UnitStep>> = {
  protectRequested: {
    from: ['unprotected'],
    to: ['protected', 'unprotected'],
    takes: { least: minutes(4), most: minutes(55) },
  },
  unprotectRequested: {
    from: ['protected', 'protectRequested'],
    to: ['unprotected'],
    takes: { least: minutes(2), most: minutes(20) },
  },
  removeRequested: {
    from: ['protected', 'protectRequested', 'unprotected', 'unprotectRequested'],
    to: ['unprotected'],
    takes: { least: minutes(2), most: minutes(20) },
  },
  // The grace period: until its end the offboarding can be cancelled.
  offboardRequested: { from: ['unprotected'], to: ['offboarded'], takes: { least: days(90), most: days(90) } },
  cancelOffboardRequested: {
    from: ['offboardRequested'],
    to: ['unprotected'],
    takes: { least: minutes(2), most: minutes(10) },
  },
};

const operationNotAllowed = { status: 403, code: 'OperationNotAllowed' } as const;

/** What callers ask of one unit. `remove` is an item of a policy's delta, and refused as that item alone. */
export const unitMoves = {
  offboard: { from: unitSteps.offboardRequested.from, refused: operationNotAllowed },
  cancelOffboard: { from: unitSteps.cancelOffboardRequested.from, refused: operationNotAllowed },
  remove: { from: unitSteps.removeRequested.from, refused: { status: 200, code: 'ProtectionUnitNotFound' } },
} as const satisfies Readonly<Record<string, Move>>;

export const isRequested = (status: string): status is RequestedStatus => Object.hasOwn(unitSteps, status);
