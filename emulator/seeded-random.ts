/**
 * Chance that is no chance: every draw is a pure function of the seed and of what is drawn for, so that a world, a
 * history or a failure can be computed again at any time and in any order.
 */

/** Mixes one number into a 32-bit state; both in and out are unsigned. */
export const mix = (state: number, value: number): number => {
  let h = Math.imul(state ^ value, 0x9e3779b1);
  h ^= h >>> 15;
  h = Math.imul(h, 0x85ebca77);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae3d);
  return (h ^ (h >>> 16)) >>> 0;
};

/** A 32-bit state from numbers and texts. */
export const hash = (...parts: readonly (number | string)[]): number => {
  let state = 0x2545f491;
  for (const part of parts) {
    if (typeof part === 'number') {
      // Both halves, as slot numbers and the like pass 32 bits.
      state = mix(mix(state, part >>> 0), Math.floor(part / 0x1_0000_0000) >>> 0);
      continue;
    }
    for (let at = 0; at < part.length; at += 1) state = mix(state, part.charCodeAt(at));
    state = mix(state, part.length);
  }
  return state;
};

/** From 0 (included) to 1 (excluded). */
export const fraction = (state: number): number => state / 0x1_0000_0000;

/** A GUID of version 4's shape, the same for the same parts. Two states of 32 bits, so that 100,000 of them don't meet. */
export const guid = (...parts: readonly (number | string)[]): string => {
  const [left, right] = [hash(1, ...parts), hash(2, ...parts)];
  const word = (state: number): string => state.toString(16).padStart(8, '0');
  const [a, b, c, d] = [word(left), word(mix(left, 3)), word(right), word(mix(right, 4))];
  const variant = (8 + (right % 4)).toString(16);
  return `${a}-${b.slice(0, 4)}-4${b.slice(5)}-${variant}${c.slice(1, 4)}-${c.slice(4)}${d}`;
};
