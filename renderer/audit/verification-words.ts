import type { AuditVerification, BrokenLink } from '../../shared/contract/audit.ts';
import { formatCount, formatQuantity } from '../ui/number.ts';
import { formatMoment } from '../ui/time/format.ts';

/** What a walk along the chain came to: what it found, what that means, and what to do where something is wrong. */
export interface VerificationWords {
  readonly isWhole: boolean;
  readonly title: string;
  readonly meaning: string;
  /** The row to look at, where there is one to show. */
  readonly row?: number;
}

/** @param zone the technician's, for when the kept end was kept */
export function verificationWords(result: AuditVerification, zone: string): VerificationWords {
  const { rows, head, witness, broken, verifiedAt } = result;
  if (broken !== undefined) return { isWhole: false, ...brokenWords(broken), ...rowOf(broken) };
  if (head === undefined) return { isWhole: true, title: 'The audit is empty.', meaning: 'No change was made yet.' };
  const kept =
    witness === undefined
      ? 'No earlier end was kept apart from the file to compare with.'
      : `It holds the end that was kept apart from the file at ${formatMoment(witness.at, zone, verifiedAt)} (row ${formatCount(witness.seq)}).`;
  return {
    isWhole: true,
    title: 'The audit is whole.',
    meaning: `${formatQuantity(rows, 'row')} over all tenants, each chained to the one before. ${kept}`,
  };
}

const NEXT =
  'Compare with an earlier export or a copy of the profile. New rows are written on; the break stays to be seen.';

function brokenWords(broken: BrokenLink): { readonly title: string; readonly meaning: string } {
  const { seq } = broken;
  const row = formatCount(seq);
  switch (broken.why) {
    case 'changed':
      return {
        title: `Row ${row} was changed.`,
        meaning: `It is not what its hash was made of. ${soundBefore(seq)} ${NEXT}`,
      };
    case 'replaced':
      return {
        title: `Row ${row} was replaced.`,
        meaning: `Another row stood here when the chain went on from it. ${soundBefore(seq)} ${NEXT}`,
      };
    case 'missing':
      return {
        title: broken.rows === 1 ? `Row ${row} is missing.` : `${rowsWords(seq, seq + broken.rows - 1)} are missing.`,
        meaning: `Later rows are there. ${soundBefore(seq)} ${NEXT}`,
      };
    case 'cutEnd':
      return {
        title: 'The end of the audit was cut off.',
        meaning: `${broken.keptSeq === seq ? `Row ${row} was` : `${rowsWords(seq, broken.keptSeq)} were`} there and ${broken.keptSeq === seq ? 'is' : 'are'} gone. ${soundBefore(seq)} ${NEXT}`,
      };
    case 'added':
      return {
        title: `Rows from ${row} on were added by another hand.`,
        meaning: `They stand behind the end that Backstop wrote down. ${soundBefore(seq)} ${NEXT}`,
      };
    case 'headless':
      return {
        title: 'Where the audit ends is no longer written down.',
        meaning: `Its ${formatQuantity(seq, 'row')} agree with each other, but nobody can say whether more were there. ${NEXT}`,
      };
  }
}

function rowsWords(from: number, to: number): string {
  return `Rows ${formatCount(from)} to ${formatCount(to)}`;
}

function soundBefore(seq: number): string {
  if (seq <= 1) return 'No row stands before it.';
  return seq === 2 ? 'Row 1 is as it was written.' : `${rowsWords(1, seq - 1)} are as they were written.`;
}

function rowOf(broken: BrokenLink): { readonly row?: number } {
  return broken.why === 'changed' || broken.why === 'replaced' || broken.why === 'added' ? { row: broken.seq } : {};
}
