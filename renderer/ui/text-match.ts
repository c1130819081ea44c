const fold = (text: string) => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** Whether every typed word stands in one of the texts, without regard to case and accents. */
export function matchesText(typed: string, ...texts: readonly string[]): boolean {
  const whole = fold(texts.join('\n'));
  return fold(typed)
    .split(/\s+/)
    .every(word => whole.includes(word));
}
