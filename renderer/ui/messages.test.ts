import { describe, expect, it } from 'vitest';
import { AppError } from '../../shared/contract/errors.ts';
import { idToCopy, messageFor, WINDOW_FAULT } from './messages.ts';

const context = {
  tenantName: () => 'Contoso Nordics Oy',
  moment: (at: number) => `moment ${at}`,
  datedMoment: (at: number) => `date and moment ${at}`,
};
const facts = {
  tenantId: '7b1c1c1e-0000-4000-8000-000000000001',
  scopes: ['BackupRestore-Search.Read.All'],
  status: 403,
  graphCode: 'AccessDenied',
  message: 'The caller lacks a role.',
  origin: 'https://elsewhere.example',
  asked: 'contoso.example',
  unitId: 'u1',
  selectionId: 's1',
  planId: 'p1',
  sessionId: 's1',
  missing: 'units',
  now: 1_700_000_000,
  expected: 'Contoso Nordics Oy',
  findings: ['OFFLINE'],
  path: 'C:\\Users\\anna\\Backstop',
  problems: ['filter: too long'],
  errorId: 'e-1',
  sinceAt: 1_700_000_000,
  by: 'anna@msp.example',
  found: 9,
  known: 3,
  seq: 7,
  policyId: 'p1',
  changeId: 'c1',
  importId: 'i1',
  ownerListId: 'o1',
  limitBytes: 10_000_000,
  restores: ['Monday'],
};
/** One error of every code in the contract, made from the schema itself. */
const everyError = AppError.options.map(option => AppError.parse({ ...facts, code: option.shape.code.value }));

describe('messages', () => {
  it.each(everyError.map(error => [error.code, error] as const))('words %s plainly', (_, error) => {
    const message = messageFor(error, context);
    for (const sentence of [message.what, message.why, message.next]) {
      expect(sentence).not.toBe('');
      expect(sentence).not.toMatch(/!|please|successfully|oops|sorry|undefined|\[object/i);
      expect(sentence[0]).toBe(sentence[0]?.toUpperCase());
    }
    expect(message.what).toMatch(/[.]$/);
    expect(message.next).toMatch(/[.]$/);
  });
  it('gives no two codes the same words', () => {
    const whats = everyError.map(error => messageFor(error, context).what);
    expect(new Set(whats).size).toBe(whats.length);
  });
  it('names the facts: tenant, scopes, code, time', () => {
    const text = everyError.map(error => Object.values(messageFor(error, context)).join(' ')).join(' ');
    for (const fact of ['Contoso Nordics Oy', 'BackupRestore-Search.Read.All', 'AccessDenied', 'moment 1700000000'])
      expect(text).toContain(fact);
  });
  it('offers the request id before our own', () => {
    expect(idToCopy({ code: 'GRAPH_REFUSED', status: 400, graphCode: 'x', message: '', requestId: 'r1' })).toEqual({
      label: 'request-id',
      id: 'r1',
    });
    expect(idToCopy({ code: 'UNEXPECTED', errorId: 'e1' })?.id).toBe('e1');
    expect(idToCopy({ code: 'OFFLINE' })).toBeUndefined();
    expect(idToCopy({ code: 'UNEXPECTED', errorId: WINDOW_FAULT })).toBeUndefined();
  });
});
