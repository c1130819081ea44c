/** As much of a verdict about a unit's newest fast point as says whether there is one: see the contract's certainties. */
interface FastVerdict {
  readonly is: 'exact' | 'atLeast' | 'asShown' | 'none' | 'notAsked';
  /** `null`: none was shown when the service was asked. */
  readonly point?: object | null;
}

/**
 * Whether the verdict about fast points decides which point a unit goes back to: where fast ones are preferred, unless there
 * surely is none, and then the newest of any kind decides. Fast points that nobody asked about leave the choice open. Where this
 * is true, "exact" says only that no newer *fast* point exists.
 *
 * @param fast absent where the kind knows no fast points
 */
export function isDecidedByFast(fast: FastVerdict | undefined, preference: 'newest' | 'fast'): boolean {
  if (preference === 'newest' || fast === undefined) return false;
  return fast.is !== 'none' && !(fast.is === 'asShown' && fast.point === null);
}
