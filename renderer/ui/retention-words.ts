const units: { readonly [letter: string]: readonly [string, string] } = {
  Y: ['year', 'years'],
  M: ['month', 'months'],
  W: ['week', 'weeks'],
  D: ['day', 'days'],
};

/** `P2W` → `2 weeks`; with a time part (`PT10M`) in hours and minutes. What can't be read stays as the policy answered it. */
export function periodInWords(period: string): string {
  const match = /^P(?:(\d+)([YMWD]))?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/.exec(period);
  if (match === null) return period;
  const [, amount, letter, hours, minutes] = match;
  const parts: string[] = [];
  const names = letter === undefined ? undefined : units[letter];
  if (amount !== undefined && names !== undefined) parts.push(`${amount} ${names[Number(amount) === 1 ? 0 : 1]}`);
  if (hours !== undefined) parts.push(`${hours} h`);
  if (minutes !== undefined) parts.push(`${minutes} min`);
  return parts.length === 0 ? period : parts.join(' ');
}

/** The policy's retention, a line for each cadence: `every 10 min, kept 2 weeks`. */
export function retentionInWords(retention: readonly { interval: string; period: string }[]): string[] {
  return retention.map(
    ({ interval, period }) =>
      `every ${periodInWords(interval.replace(/^R\d*\//, '')).replace(/^1 /, '')}, kept ${periodInWords(period)}`,
  );
}
