import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkClient, checkRequest } from './client-half.ts';
import { readExamples } from './example-files.ts';

const OWN = join(import.meta.dirname, 'examples');
/** More documented examples, kept beside the checkout; absent on most machines. */
const BESIDE = join(import.meta.dirname, '../../shared/graph-backup-examples');

describe.each([
  ['our own', OWN],
  ['those beside the checkout', BESIDE],
])('documented examples, %s', (_, folder) => {
  const examples = existsSync(folder) ? readExamples(folder) : [];

  test.skipIf(!existsSync(folder))(`are there (skipped where there is no ${folder})`, () => {
    expect(examples.length).toBeGreaterThan(3);
  });

  test.each(examples.map(example => [example.name, example] as const))(
    '%s: the client returns every value',
    async (_, example) => {
      expect(await checkClient(example)).toEqual([]);
    },
  );

  test.each(examples.filter(({ version }) => version === 'v1.0').map(example => [example.name, example] as const))(
    '%s: the client sends what is documented',
    async (_, example) => {
      expect(await checkRequest(example)).toEqual([]);
    },
  );
});
