const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });

/** `1,284`. */
export function formatCount(value: number): string {
  return whole.format(value);
}

/** `14 of 20`. */
export function formatPart(part: number, total: number): string {
  return `${formatCount(part)} of ${formatCount(total)}`;
}

/** `1 unit`, `14 units`: a count with its noun. */
export function formatQuantity(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function formatList(words: readonly string[]): string {
  if (words.length < 2) return words[0] ?? '';
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}
