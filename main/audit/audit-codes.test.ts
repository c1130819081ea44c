import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { auditCodes, isAuditCode } from '../../shared/domain/audit-words.ts';

/** Codes in the sources of main: what stands as a text behind `what:`, and what begins one there that is put together. */
function codesInMain(): { readonly whole: string[]; readonly beginnings: string[] } {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.includes('testing'))
    .map(name => readFileSync(join(root, name), 'utf8'));
  const found = (pattern: RegExp) => [
    ...new Set(sources.flatMap(source => [...source.matchAll(pattern)].flatMap(([, code]) => code ?? []))),
  ];
  return { whole: found(/\bwhat: '([^']+)'/g), beginnings: found(/\bwhat: `([^`$]+)\$\{/g) };
}

it('every code that main writes into the audit has words', () => {
  const { whole, beginnings } = codesInMain();
  expect(whole).toContain('plan.start');
  expect(beginnings).toContain('restoreSession.');
  expect(whole.filter(code => !isAuditCode(code))).toEqual([]);
  expect(beginnings.filter(start => !auditCodes.some(code => code.startsWith(start)))).toEqual([]);
});
