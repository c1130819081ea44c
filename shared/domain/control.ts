import type { UtcSeconds } from './time.ts';

/** Who controls Backup Storage in a tenant. Structural: `Controller` of the contract fits. */
export interface ControllerFacts {
  readonly by: 'ours' | 'pending' | 'leaving' | 'anotherApp' | 'microsoft' | 'nobody' | 'unknown';
  readonly fromAt?: UtcSeconds | undefined;
  readonly untilAt?: UtcSeconds | undefined;
}

/**
 * What taking control over needs, said alike wherever it is said. Microsoft: where nobody controls, an activation takes effect at once;
 * where somebody does, it needs a date 7 to 30 days ahead.
 */
export const takeover = {
  nobody: 'Control can be taken at once',
  anotherApp: 'A takeover needs a date 7 to 30 days ahead',
  microsoft: 'A takeover needs a date 7 to 30 days ahead; control can’t be given back',
} as const;

/** Who controls, within a sentence. */
export const holders: { readonly [B in ControllerFacts['by']]: string } = {
  ours: 'Backstop',
  pending: 'Backstop, pending',
  leaving: 'Backstop, leaving',
  anotherApp: 'another app',
  microsoft: 'Microsoft’s own tool',
  nobody: 'nobody',
  unknown: 'not known',
};

/** Whether restores could be made from here before a change, and can't since. */
export function isControlLost(change: { readonly from: ControllerFacts; readonly to: ControllerFacts }): boolean {
  const isOurs = ({ by }: ControllerFacts): boolean => by === 'ours' || by === 'leaving';
  return isOurs(change.from) && !isOurs(change.to);
}

/** Whether our takeover was pending before a change, and is called off since: the customer's administrator can do that. */
export function isTakeoverCancelled(change: { readonly from: ControllerFacts; readonly to: ControllerFacts }): boolean {
  const { from, to } = change;
  return from.by === 'pending' && to.by !== 'pending' && to.by !== 'ours' && to.by !== 'leaving';
}
