/** Protection units: the statuses that are asked for, where they come from, where they lead and how long that takes. */
import { days, minutes } from '../../instant.ts';
import type { Span } from './duration.ts';

export type RequestedStatus =
  | 'protectRequested'
  | 'unprotectRequested'
  | 'removeRequested'
  | 'offboardRequested'
  | 'cancelOffboardRequested';

interface UnitStep {
  readonly from: readonly string[];
  /** The second where it fails. */
  readonly to: readonly [string, string?];
  readonly takes: Span;
}

export const unitSteps: Readonly<Record<RequestedStatus, UnitStep>> = {
  protectRequested: {
    from: ['unprotected', 'unprotectRequested', 'removeRequested'],
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

export const isRequested = (status: string): status is RequestedStatus => Object.hasOwn(unitSteps, status);
