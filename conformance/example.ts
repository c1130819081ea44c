import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** One documented example: a request, and the answer that the documentation shows for it. */
const exampleFile = z.object({
  name: z.string().min(1),
  version: z.enum(['v1.0', 'beta']),
  /** The page that shows it. */
  source: z.string(),
  sourceCommit: z.string().optional(),
  /** True where the published JSON was mended. */
  repaired: z.boolean(),
  /** What was mended, and where the example differs from the metadata or from its own page. */
  note: z.string().optional(),
  request: z.object({
    method: z.enum(['GET', 'POST', 'PATCH', 'DELETE']),
    /** Below the version, query included, as published: not percent-encoded. */
    path: z.string().startsWith('/'),
    headers: z.record(z.string(), z.string()).optional(),
    body: z.unknown().optional(),
  }),
  response: z.object({
    status: z.int(),
    headers: z.record(z.string(), z.string()).optional(),
    body: z.unknown().optional(),
  }),
});
export type Example = z.infer<typeof exampleFile>;

/**
 * Reads the example files of a folder and of its folder `beta`, in the order of their names.
 *
 * @throws Error that names the file, where one can't be read or has not the form
 */
export function readExamples(folder: string): readonly Example[] {
  return readdirSync(folder, { withFileTypes: true })
    .toSorted((a, b) => a.name.localeCompare(b.name))
    .flatMap(entry => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return entry.name === 'beta' ? readExamples(path) : [];
      return entry.name.endsWith('.json') ? [readExample(path)] : [];
    });
}

function readExample(path: string): Example {
  try {
    return exampleFile.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    throw new Error(`${path} is no example file: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

/** One half's verdict on one example: nothing wrong, or what is. */
export interface Verdict {
  readonly example: string;
  readonly half: 'emulator' | 'client';
  readonly problems: readonly string[];
}

export type Json = { readonly [name: string]: unknown };
export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const listOf = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isJson) : []);
export const textAt = (value: Json | undefined, name: string): string | undefined => {
  const found = value?.[name];
  return typeof found === 'string' ? found : undefined;
};
