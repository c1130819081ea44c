import type { UtcSeconds } from '../time.ts';

/** A half-open stretch of time, `[from, to)`. */
export interface Stretch {
  readonly from: UtcSeconds;
  readonly to: UtcSeconds;
}

/** The same seconds as merged stretches, ascending, cut to a window. */
export function unionWithin(stretches: Iterable<Stretch>, window: Stretch): readonly Stretch[] {
  const cut: Stretch[] = [];
  for (const { from, to } of stretches) {
    const part = { from: Math.max(from, window.from), to: Math.min(to, window.to) };
    if (part.from < part.to) cut.push(part);
  }
  const merged: Stretch[] = [];
  for (const part of cut.toSorted((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last === undefined || last.to < part.from) merged.push(part);
    else if (last.to < part.to) merged[merged.length - 1] = { from: last.from, to: part.to };
  }
  return merged;
}

/** What of a window the stretches leave open, ascending. */
export function gapsWithin(stretches: Iterable<Stretch>, window: Stretch): readonly Stretch[] {
  const gaps: Stretch[] = [];
  let from = window.from;
  for (const part of unionWithin(stretches, window)) {
    if (from < part.from) gaps.push({ from, to: part.from });
    from = part.to;
  }
  if (from < window.to) gaps.push({ from, to: window.to });
  return gaps;
}
