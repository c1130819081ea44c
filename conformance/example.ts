/** Documented examples as data: one file each, as `conformance/README.md` describes. Read by both halves. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const headers = z.record(z.string(), z.string()).optional();

export const exampleShape = z.looseObject({
  name: z.string(),
  version: z.enum(['v1.0', 'beta']),
  source: z.string(),
  sourceCommit: z.string().optional(),
  repaired: z.boolean(),
  note: z.string().optional(),
  request: z.looseObject({ method: z.string(), path: z.string(), headers, body: z.unknown().optional() }),
  response: z.looseObject({ status: z.int(), headers, body: z.unknown().optional() }),
});

export type Example = z.output<typeof exampleShape>;

/** One half's verdict on one example: nothing wrong, or what is. */
export interface Verdict {
  readonly example: string;
  readonly half: 'emulator' | 'client';
  readonly problems: readonly string[];
}

/** All examples of a folder and the folders in it, by name. Throws with the file's name when one is no example. */
export const readExamples = (folder: string): readonly Example[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.json'))
    .sort()
    .map(file => {
      try {
        return exampleShape.parse(JSON.parse(readFileSync(join(folder, file), 'utf8')));
      } catch (error) {
        throw new Error(`${file} is no example: ${error instanceof Error ? error.message : String(error)}`, {
          cause: error,
        });
      }
    });

export type Json = { readonly [name: string]: unknown };
export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const listOf = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isJson) : []);
export const textAt = (value: Json | undefined, name: string): string | undefined => {
  const found = value?.[name];
  return typeof found === 'string' ? found : undefined;
};
