/** How long a step of a state machine takes: drawn from the seed between two bounds. */
import type { Ticks } from '../../instant.ts';
import { fraction, hash } from '../../seeded-random.ts';

export interface Span {
  readonly least: Ticks;
  readonly most: Ticks;
}

export const durationOf = ({ least, most }: Span, ...about: readonly (string | number)[]): Ticks =>
  least + Math.floor(fraction(hash(...about)) * (most - least));
