import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Example } from './example.ts';
import { parseLenient } from './lenient-json.ts';
import { toExample } from './published-forms.ts';

/** What a file of a folder of examples holds: an example, or why it is none. */
export type ExampleFile =
  | { readonly file: string; readonly example: Example }
  | { readonly file: string; readonly problem: string };

/** Reads the `.json` files of a folder and of the folders in it, in the order of their names. A file that is no example says why. */
export function readExampleFiles(folder: string): readonly ExampleFile[] {
  return readdirSync(folder, { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry): readonly ExampleFile[] => {
      const file = join(folder, entry.name);
      if (entry.isDirectory()) return readExampleFiles(file);
      return /\.json$/i.test(entry.name) ? [readExampleFile(file, basename(folder))] : [];
    });
}

/**
 * The examples of a folder.
 *
 * @throws Error that names the file, where one is no example
 */
export function readExamples(folder: string): readonly Example[] {
  return readExampleFiles(folder).map(read => {
    if ('problem' in read) throw new Error(`${read.file} is no example: ${read.problem}`);
    return read.example;
  });
}

function readExampleFile(file: string, folder: string): ExampleFile {
  try {
    const name = basename(file).replace(/\.json$/i, '');
    return {
      file,
      example: toExample(parseLenient(readFileSync(file, 'utf8')), { name, isPreview: folder === 'beta' }),
    };
  } catch (error) {
    return { file, problem: error instanceof Error ? error.message : String(error) };
  }
}
