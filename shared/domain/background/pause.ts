/** How long a tenant is left alone after so many failures in a row (1 and more): doubled each time, up to the longest. In seconds. */
export function growingPause(failures: number, first: number, longest: number): number {
  return Math.min(longest, first * 2 ** Math.max(0, Math.min(failures, 32) - 1));
}
