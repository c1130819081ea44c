import type { ImportLine, ImportSummary } from '../../shared/contract/policies.ts';
import { formatCount, formatQuantity } from '../ui/number.ts';

const faults: { readonly [F in NonNullable<ImportLine['fault']>]: string } = {
  empty: 'Nothing stands in the column.',
  notAnAddress: 'Not an e-mail address or object id.',
  notASite: 'Not the address of a site (https://…) or a site id.',
  formula: 'Begins as a formula; write the bare address.',
  duplicate: 'The same as an earlier line.',
  quotes: 'A quote is not closed, or text follows a closing one.',
  tooLong: 'Longer than any address.',
  encoding: 'Holds characters that the file’s encoding can’t mean; save it as UTF-8.',
  overLimit: 'Beyond the 50,000 lines that one job takes; import the rest afterwards.',
};

/** What is wrong with a line; absent where it is right. */
export function faultOfLine({ fault, sameAs }: Pick<ImportLine, 'fault' | 'sameAs'>): string | undefined {
  if (fault === undefined) return undefined;
  return fault === 'duplicate' && sameAs !== undefined ? `The same as line ${formatCount(sameAs)}.` : faults[fault];
}

const encodings: { readonly [E in ImportSummary['encoding']]: string } = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16, big end first',
  'windows-1252': 'Windows-1252',
};

/** `52 lines: 50 right, 2 wrong. Read as UTF-8.` */
export function listInWords({ lines, right, wrong, encoding }: ImportSummary): string {
  return `${formatQuantity(lines, 'line')}: ${formatCount(right)} right, ${formatCount(wrong)} wrong. Read as ${encodings[encoding]}.`;
}
