import { formatList, formatQuantity } from '../ui/number.ts';

/** At most this many names stand in a sentence; the rest is counted. */
const NAMES = 3;

/**
 * `Finance, HR, Legal and 4 others`
 *
 * @param names the first names, as many as are known
 * @param units how many there are in all
 */
export function namesInWords(names: readonly string[], units: number): string {
  const shown = names.slice(0, NAMES);
  const rest = units - shown.length;
  return rest > 0 ? `${shown.join(', ')} and ${formatQuantity(rest, 'other', 'others')}` : formatList(shown);
}
