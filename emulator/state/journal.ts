/**
 * Where changes are kept: a file of JSON lines, each the newest value of one thing. Every change is appended before its
 * request is answered; opening the file puts it in order again. A line that was cut off in the writing is left out.
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from 'node:fs';

export interface Journal {
  /** Values by kind and key, as the file had them when it was opened. */
  read<T>(kind: string): ReadonlyMap<string, T>;
  put(kind: string, key: string, value: unknown): void;
  /** Several values in one write: after a kill all of them are there, or none. */
  putAll(entries: readonly { readonly kind: string; readonly key: string; readonly value: unknown }[]): void;
  remove(kind: string, key: string): void;
  close(): void;
}

interface Line {
  readonly kind: string;
  readonly key: string;
  /** Left out when the thing is gone. */
  readonly value?: unknown;
}

const isLine = (value: unknown): value is Line =>
  typeof value === 'object' &&
  value !== null &&
  'kind' in value &&
  typeof value.kind === 'string' &&
  'key' in value &&
  typeof value.key === 'string';

const parseLine = (text: string): Line | undefined => {
  try {
    const line: unknown = JSON.parse(text);
    return isLine(line) ? line : undefined;
  } catch {
    return undefined;
  }
};

/** A journal that forgets everything at the end. */
export const memoryJournal = (): Journal => ({
  read: () => new Map(),
  put: () => {},
  putAll: () => {},
  remove: () => {},
  close: () => {},
});

/** Opens the file, or makes it. Throws when it is some other kind of file, so that nothing is overwritten. */
export const fileJournal = (path: string): Journal => {
  const kinds = new Map<string, Map<string, unknown>>();
  const kindOf = (kind: string): Map<string, unknown> => {
    const known = kinds.get(kind) ?? new Map<string, unknown>();
    kinds.set(kind, known);
    return known;
  };
  if (existsSync(path)) {
    const lines = readFileSync(path, 'utf8').split('\n');
    lines.forEach((text, number) => {
      if (text === '') return;
      const line = parseLine(text);
      if (line === undefined) {
        if (number === lines.length - 1) return;
        throw new Error(
          `${path} is not a state file of the emulator (line ${number + 1} can't be read). Name another file.`,
        );
      }
      if ('value' in line) kindOf(line.kind).set(line.key, line.value);
      else kindOf(line.kind).delete(line.key);
    });
  }
  const inOrder = [...kinds].flatMap(([kind, values]) =>
    [...values].map(([key, value]) => `${JSON.stringify({ kind, key, value })}\n`),
  );
  const next = `${path}.next`;
  writeFileSync(next, inOrder.join(''));
  const written = openSync(next, 'r+');
  fsyncSync(written);
  closeSync(written);
  renameSync(next, path);
  const file = openSync(path, 'a');
  const append = (lines: readonly Line[]): void => {
    if (lines.length > 0) writeSync(file, lines.map(line => `${JSON.stringify(line)}\n`).join(''));
  };
  let isClosed = false;
  return {
    read: <T>(kind: string): ReadonlyMap<string, T> => kindOf(kind) as ReadonlyMap<string, T>,
    put: (kind, key, value) => append([{ kind, key, value }]),
    putAll: append,
    remove: (kind, key) => append([{ kind, key }]),
    close: () => {
      if (isClosed) return;
      isClosed = true;
      closeSync(file);
    },
  };
};
