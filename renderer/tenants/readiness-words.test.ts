import { describe, expect, it } from 'vitest';
import { ReadinessItem } from '../../shared/contract/tenants.ts';
import { readinessSummary, readinessWords } from './readiness-words.ts';

const names = { tenantName: 'Contoso Nordics Oy' };

describe('readinessWords', () => {
  it.each(ReadinessItem.shape.check.options)('has cause and next step for %s', check => {
    const failed = readinessWords({ check, result: 'failed', fact: 'SomeNewCode', subject: 'a scope' }, names);
    expect(failed.cause).toContain('SomeNewCode');
    expect(failed.cause).toContain('a scope');
    expect(failed.next).toMatch(/[.]$/);
    const ok = readinessWords({ check, result: 'ok' }, names);
    expect(ok.next).toBeUndefined();
    expect(ok.cause).not.toBe(failed.cause);
  });
  it('explains a known code and keeps it to be looked up', () => {
    const { cause } = readinessWords({ check: 'consentRestoreWrite', result: 'failed', fact: 'AADSTS65001' }, names);
    expect(cause).toContain('Nobody has consented yet');
    expect(cause).toContain('AADSTS65001');
  });
  it('says the precise cause alone where the answer gives it', () => {
    expect(readinessWords({ check: 'controller', result: 'failed', fact: 'anotherApp' }, names).cause).toBe(
      'Another app controls it.',
    );
  });
  it('never calls unchecked fine', () => {
    expect(readinessWords({ check: 'role', result: 'notChecked' }, names).cause).toMatch(/^Not checked/);
  });
});

it('counts what is fine and what is to do', () => {
  expect(
    readinessSummary([
      { check: 'signIn', result: 'ok' },
      { check: 'role', result: 'warning' },
      { check: 'billing', result: 'notChecked' },
    ]),
  ).toEqual({ ok: 1, toDo: 1, total: 3 });
});
