import type { Cost } from '../../shared/contract/sync.ts';
import { formatQuantity } from './number.ts';

/** `14 units, 1 question`; `about` where the answers decide how many follow. */
export function costInWords(cost: Cost): string {
  if (cost.questions === 0) return 'nothing to ask';
  return `${formatQuantity(cost.units, 'unit')}, ${cost.certain ? '' : 'about '}${formatQuantity(cost.questions, 'question')}`;
}
