import { z } from 'zod';

/** One documented example: a request, and the answer that the documentation shows for it. */
export const exampleShape = z.object({
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
    status: z.int().min(200).max(599),
    headers: z.record(z.string(), z.string()).optional(),
    body: z.unknown().optional(),
  }),
});
export type Example = z.infer<typeof exampleShape>;

/** One half's verdict on one example: nothing wrong, or what is. */
export interface Verdict {
  readonly example: Example;
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
/** A header's value, whatever the case of its name. */
export const headerAt = (headers: Readonly<Record<string, string>> | undefined, name: string): string | undefined =>
  Object.entries(headers ?? {}).find(([key]) => key.toLowerCase() === name)?.[1];
