import type { ImportLine } from '../../shared/contract/policies.ts';
import type { UnitKind } from '../../shared/domain/protection-unit.ts';
import { addressKey } from './address-key.ts';
import type { ListRecord } from './import-records.ts';
import { ENTRIES_A_JOB } from './prepared.ts';

/** A right line: what it names, and whether by the key that the service knows it by. */
export interface ImportEntry {
  readonly line: number;
  readonly text: string;
  readonly isKey: boolean;
}

export interface CheckedLine {
  readonly shown: ImportLine;
  /** Present where the line is right. */
  readonly entry?: ImportEntry;
}

const SHOWN = 200;
const LONGEST_EMAIL = 320;
const LONGEST_URL = 2_048;

const GUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const OBJECT_ID = new RegExp(`^${GUID}$`, 'i');
const SITE_ID = new RegExp(`^[a-z0-9][a-z0-9.-]*,${GUID},${GUID}$`, 'i');
const EMAIL = /^[^\s@,;:<>()[\]\\"]+@[^\s@,;:<>()[\]\\"]+\.[^\s@,;:<>()[\]\\".]+$/;
const FORMULA = /^[=+\-@]/;
const NOT_MEANT = /[\uFFFD\p{Cc}]/u;

type Fault = NonNullable<ImportLine['fault']>;

/** True for what names a site by its id, whose own commas separate nothing. */
export const isSiteId = (text: string): boolean => SITE_ID.test(text.trim());

/** What a text names, or why it names nothing. Pure. */
export function checkEntry(kind: UnitKind, text: string): { readonly isKey: boolean } | { readonly fault: Fault } {
  if (text === '') return { fault: 'empty' };
  if (NOT_MEANT.test(text)) return { fault: 'encoding' };
  if (FORMULA.test(text)) return { fault: 'formula' };
  if (text.length > (kind === 'site' ? LONGEST_URL : LONGEST_EMAIL)) return { fault: 'tooLong' };
  if (kind !== 'site') {
    if (OBJECT_ID.test(text)) return { isKey: true };
    return EMAIL.test(text) ? { isKey: false } : { fault: 'notAnAddress' };
  }
  if (isSiteId(text)) return { isKey: true };
  return isSiteAddress(text) ? { isKey: false } : { fault: 'notASite' };
}

function isSiteAddress(text: string): boolean {
  if (!URL.canParse(text) || /\s/.test(text)) return false;
  const url = new URL(text);
  return (
    url.protocol === 'https:' &&
    url.hostname.includes('.') &&
    url.username === '' &&
    url.password === '' &&
    url.search === '' &&
    url.hash === ''
  );
}

/** Checks the records of one list in their order; remembers what came, so that what comes twice is told. */
export class LineChecker {
  readonly #kind: UnitKind;
  readonly #column: number;
  readonly #lineByKey = new Map<string, number>();

  constructor(kind: UnitKind, column: number) {
    this.#kind = kind;
    this.#column = column;
  }

  /** @returns `undefined` for a line with nothing in it */
  check({ line, fields, source }: ListRecord): CheckedLine | undefined {
    if (fields === undefined) return toWrong(line, source, 'quotes');
    if (fields.every(field => field.trim() === '')) return undefined;
    const text = (fields[this.#column] ?? '').trim();
    const found = checkEntry(this.#kind, text);
    if ('fault' in found) return toWrong(line, text, found.fault);
    const key = found.isKey ? text.toLowerCase() : addressKey(text);
    const sameAs = this.#lineByKey.get(key);
    if (sameAs !== undefined) {
      const { shown } = toWrong(line, text, 'duplicate');
      return { shown: { ...shown, sameAs } };
    }
    if (this.#lineByKey.size >= ENTRIES_A_JOB) return toWrong(line, text, 'overLimit');
    this.#lineByKey.set(key, line);
    return {
      shown: { line, text: cut(text) },
      entry: { line, text: found.isKey ? text.toLowerCase() : text, isKey: found.isKey },
    };
  }
}

function toWrong(line: number, text: string, fault: Fault): CheckedLine {
  return { shown: { line, text: cut(text), fault } };
}

/** Cut to what is shown, and never in the middle of a letter. */
function cut(text: string): string {
  return text.slice(0, SHOWN).toWellFormed();
}
