import type { ImportSummary } from '../../shared/contract/policies.ts';

/** A file's text, and what it was written in. */
export interface ReadText {
  readonly text: string;
  readonly encoding: ImportSummary['encoding'];
  readonly hasByteOrderMark: boolean;
}

/** Bytes that are looked at to tell UTF-16 without a mark. */
const SAMPLE = 4_096;

/**
 * Reads bytes as what they are most surely: by the byte order mark; else UTF-16 where every other byte is zero; else UTF-8 where they are
 * valid as such; else Windows-1252, in which spreadsheets of old write. What can't be meant becomes U+FFFD.
 */
export function readText(bytes: Uint8Array): ReadText {
  const marked = findMarked(bytes);
  if (marked !== undefined) {
    // The decoder itself takes the mark away.
    return { text: decode(bytes, marked), encoding: marked, hasByteOrderMark: true };
  }
  const encoding = findUtf16(bytes) ?? (isUtf8(bytes) ? 'utf-8' : 'windows-1252');
  return { text: decode(bytes, encoding), encoding, hasByteOrderMark: false };
}

function findMarked([first, second, third]: Uint8Array): ImportSummary['encoding'] | undefined {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined;
}

/** Addresses are mostly of Latin letters, whose one half is zero in UTF-16. */
function findUtf16(bytes: Uint8Array): ImportSummary['encoding'] | undefined {
  const sample = bytes.subarray(0, SAMPLE);
  let even = 0;
  let odd = 0;
  for (const [place, byte] of sample.entries()) {
    if (byte !== 0) continue;
    if (place % 2 === 0) even += 1;
    else odd += 1;
  }
  const most = sample.length / 4;
  if (odd > most && even * 8 < odd) return 'utf-16le';
  return even > most && odd * 8 < even ? 'utf-16be' : undefined;
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function decode(bytes: Uint8Array, encoding: ImportSummary['encoding']): string {
  return new TextDecoder(encoding).decode(bytes);
}
