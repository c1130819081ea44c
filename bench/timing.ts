/** Of times in milliseconds. */
export function percentile(times: readonly number[], of: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  const index = Math.min(sorted.length - 1, Math.max(0, Math.ceil((of / 100) * sorted.length) - 1));
  return sorted[index] ?? Number.NaN;
}

export const median = (times: readonly number[]): number => percentile(times, 50);

export async function timed(work: () => unknown): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

/**
 * Times two ways to the same by turns, so that whatever else the machine does falls on both alike. The first run of each warms up and
 * does not count.
 */
export async function alternately(
  runs: number,
  ours: () => unknown,
  bare: () => unknown,
): Promise<{ readonly ours: readonly number[]; readonly bare: readonly number[] }> {
  const times: { ours: number[]; bare: number[] } = { ours: [], bare: [] };
  for (let run = 0; run <= runs; run += 1) {
    const ourTime = await timed(ours);
    const bareTime = await timed(bare);
    if (run === 0) continue;
    times.ours.push(ourTime);
    times.bare.push(bareTime);
  }
  return times;
}
