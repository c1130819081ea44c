import { describe, expect, it } from 'vitest';
import { auditHash, CHAIN_START } from '../../audit-chain.ts';
import { fileAt, rowsOf } from '../../testing/memory-files.ts';
import { workRepositories } from '../../worker/store.ts';
import { migrate } from '../migration.ts';
import { workHistory } from './index.ts';

const former = () => {
  const db = fileAt(workHistory, 1);
  db.exec(`
    INSERT INTO audit (seq, at, tenant, who, what, target, before, after, request_id) VALUES
      (1, 5, 't', 'Å ''ne', 'plan.start', 'plan p', NULL, '{"units":2}', NULL),
      (2, 7, 'u', 'bo', 'restoreSession.create', 'plan p', '{"a":1}', '{"outcome":"done"}', 'r2'),
      (3, 6, 't', 'bo', 'old.code', 'plan p', NULL, NULL, 'r3')`);
  return db;
};

describe('work 002-audit-chain', () => {
  it('chains the rows that are there, in order, and changes nothing else of them', () => {
    const db = former();
    const before = rowsOf(db, 'audit');
    migrate(db, workHistory, { to: 2 });
    const after = rowsOf(db, 'audit');
    expect(after.map(({ previous: _, hash: __, ...rest }) => rest)).toEqual(before);
    const [first, second, third] = after;
    expect(first?.['hash']).toBe(
      auditHash(CHAIN_START, {
        seq: 1,
        at: 5,
        tenantId: 't',
        who: "Å 'ne",
        what: 'plan.start',
        target: 'plan p',
        before: null,
        after: '{"units":2}',
        requestId: null,
      }),
    );
    expect([first?.['previous'], second?.['previous'], third?.['previous']]).toEqual([
      CHAIN_START,
      first?.['hash'],
      second?.['hash'],
    ]);
    expect(rowsOf(db, 'audit_head')).toEqual([{ one: 1, seq: 3, hash: third?.['hash'] }]);
    expect(rowsOf(db, 'sqlite_schema').map(({ name }) => name)).not.toContain('unchained_audit');
  });

  it('lets a new row follow the old ones', () => {
    const db = former();
    migrate(db, workHistory);
    const { audit } = workRepositories(db);
    expect(audit.append({ at: 9, tenantId: 't', who: 'me', what: 'plan.start', target: 'x' })).toBe(4);
    expect(audit.find(4)?.previous).toBe(audit.find(3)?.hash);
  });

  it('begins a chain in an empty file', () => {
    const db = fileAt(workHistory, 2);
    expect(rowsOf(db, 'audit_head')).toEqual([{ one: 1, seq: 0, hash: CHAIN_START }]);
  });

  it('lets nobody change, delete or shorten what is chained', () => {
    const db = former();
    migrate(db, workHistory, { to: 2 });
    expect(() => db.exec("UPDATE audit SET who = 'you'")).toThrow(/never changed/);
    expect(() => db.exec('DELETE FROM audit')).toThrow(/never deleted/);
    expect(() => db.exec('UPDATE audit_head SET seq = 2')).toThrow(/only grows/);
    expect(() => db.exec('DELETE FROM audit_head')).toThrow(/one end/);
    expect(rowsOf(db, 'audit')).toHaveLength(3);
  });

  it('reckons hashes as they always were: what is on disks must be verified by every later version', () => {
    const row = {
      seq: 1,
      at: 1_790_000_000,
      tenantId: '0b5c3c1e-4f0a-4d0e-9c60-3b1c8a4f2d01',
      who: 'ada@msp.example',
      what: 'plan.start',
      target: 'plan p',
      before: null,
      after: '{"name":"Ångström \\"x\\""}',
      requestId: null,
    };
    expect(auditHash(CHAIN_START, row)).toMatchInlineSnapshot(
      `"df09c0e1aa326cd93778d0c5ab33b2abc24ac0a0b346d91473077a8660813623"`,
    );
  });
});
