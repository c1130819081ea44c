import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AuditEntry } from '../api/audit.ts';
import { auditHash } from '../audit-chain.ts';
import { workHistory } from '../migrations/work/index.ts';
import { aProfile, NOW, openedCatalog } from '../testing/profiles.ts';
import { fileAt } from '../testing/memory-files.ts';
import { OTHER_TENANT, TENANT } from '../testing/units.ts';
import { walkAudit } from './audit-walk.ts';
import type { OpenDb } from './database.ts';
import { openDatabase } from './database.ts';
import { workRepositories } from './store.ts';

const anEntry = (n: number): AuditEntry => ({
  at: NOW + n,
  tenantId: n % 3 === 0 ? OTHER_TENANT : TENANT,
  who: `ada ${n}`,
  what: 'restoreSession.create',
  target: `plan ${n}`,
  after: { outcome: 'done', n },
  requestId: `r${n}`,
});

/** A file with rows, open for any hand: the triggers that refuse are taken away, as whoever holds the file can. */
const withRows = (rows: number) => {
  const db = fileAt(workHistory);
  const { audit } = workRepositories(db);
  for (let n = 1; n <= rows; n += 1) audit.append(anEntry(n));
  unlock(db);
  return { db, audit, head: audit.findLast() };
};

const unlock = (db: OpenDb): void =>
  db.exec(`DROP TRIGGER audit_is_never_changed; DROP TRIGGER audit_is_never_deleted;
    DROP TRIGGER audit_head_goes_forward; DROP TRIGGER audit_head_stays`);

const walked = <T>(steps: Generator<undefined, T>): T => {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
};
const verify = ({ audit }: Pick<ReturnType<typeof withRows>, 'audit'>, kept?: { seq: number; hash: string }) =>
  walked(walkAudit(audit, kept));

describe('walking the audit', () => {
  it('finds nothing wrong with what was written, and tells how much and where it ends', () => {
    const file = withRows(450);
    expect(verify(file)).toEqual({ rows: 450, head: { seq: 450, hash: file.audit.find(450)?.hash } });
    expect(verify(file, file.audit.findLast())).not.toHaveProperty('broken');
    expect(verify(withRows(0))).toEqual({ rows: 0 });
  });

  it('goes in slices, so that nothing waits for the whole', () => {
    const { audit } = withRows(450);
    const steps = walkAudit(audit, undefined);
    expect([steps.next().done, steps.next().done, steps.next().done]).toEqual([false, false, true]);
  });

  it.each([
    ['at', '7'],
    ['tenant', "'x'"],
    ['who', "'you'"],
    ['what', "'plan.start'"],
    ['target', "'plan 8'"],
    ['before', "'null'"],
    ['after', '\'{"outcome":"refused"}\''],
    ['request_id', 'NULL'],
    ['previous', "'ab'"],
    ['hash', "'ab'"],
  ])('finds the row whose %s was changed', (column, value) => {
    const file = withRows(9);
    file.db.exec(`UPDATE audit SET ${column} = ${value} WHERE seq = 5`);
    expect(verify(file).broken).toEqual({ why: 'changed', seq: 5 });
  });

  it('finds a row that was replaced by one with a hash of its own, by what the next row follows', () => {
    const file = withRows(9);
    replaceRow(file, 5);
    expect(verify(file).broken).toEqual({ why: 'replaced', seq: 5 });
  });

  it('finds a last row that was replaced, by the end beside the chain', () => {
    const file = withRows(9);
    replaceRow(file, 9);
    expect(verify(file).broken).toEqual({ why: 'replaced', seq: 9 });
  });

  it('finds rows that were taken out', () => {
    const file = withRows(9);
    file.db.exec('DELETE FROM audit WHERE seq IN (4, 5)');
    expect(verify(file)).toMatchObject({ rows: 7, broken: { why: 'missing', seq: 4, rows: 2 } });
    file.db.exec('DELETE FROM audit WHERE seq = 1');
    expect(verify(file).broken).toEqual({ why: 'missing', seq: 1, rows: 1 });
  });

  it('finds rows that were taken out and the later ones numbered anew', () => {
    const file = withRows(9);
    file.db.exec('DELETE FROM audit WHERE seq = 4');
    for (let seq = 5; seq <= 9; seq += 1) file.db.exec(`UPDATE audit SET seq = ${seq - 1} WHERE seq = ${seq}`);
    expect(verify(file).broken).toEqual({ why: 'changed', seq: 4 });
  });

  it('finds rows that changed places', () => {
    const file = withRows(9);
    file.db.exec(`UPDATE audit SET seq = 100 WHERE seq = 3; UPDATE audit SET seq = 3 WHERE seq = 6;
      UPDATE audit SET seq = 6 WHERE seq = 100`);
    expect(verify(file).broken).toEqual({ why: 'changed', seq: 3 });
  });

  it('finds a cut end by the end beside the chain; rows written later do not hide it', () => {
    const file = withRows(9);
    file.db.exec('DELETE FROM audit WHERE seq > 6');
    expect(verify(file).broken).toEqual({ why: 'cutEnd', seq: 7, keptSeq: 9 });
    expect(file.audit.append(anEntry(10))).toBe(10);
    expect(verify(file).broken).toEqual({ why: 'missing', seq: 7, rows: 3 });
  });

  it('finds a cut end by a head kept elsewhere, where the end beside the chain was moved back too', () => {
    const file = withRows(9);
    const kept = file.head;
    file.db.exec(`DELETE FROM audit WHERE seq > 6;
      UPDATE audit_head SET seq = 6, hash = (SELECT hash FROM audit WHERE seq = 6)`);
    expect(verify(file)).not.toHaveProperty('broken');
    expect(verify(file, kept).broken).toEqual({ why: 'cutEnd', seq: 7, keptSeq: 9 });
    // Rows that are written over the cut have other hashes than those that were there.
    for (let n = 7; n <= 12; n += 1) file.audit.append(anEntry(n + 100));
    expect(verify(file, kept).broken).toEqual({ why: 'replaced', seq: 9 });
  });

  it('finds an audit that was chained anew from some row on, by a head kept elsewhere', () => {
    const file = withRows(9);
    const kept = file.head;
    file.db.exec("UPDATE audit SET who = 'somebody else' WHERE seq = 4");
    for (let seq = 4; seq <= 9; seq += 1) rehash(file, seq);
    file.db.exec('UPDATE audit_head SET hash = (SELECT hash FROM audit WHERE seq = 9)');
    expect(verify(file)).not.toHaveProperty('broken');
    expect(verify(file, kept).broken).toEqual({ why: 'replaced', seq: 9 });
  });

  it('finds an emptied audit', () => {
    const file = withRows(3);
    file.db.exec('DELETE FROM audit');
    expect(verify(file)).toEqual({ rows: 0, broken: { why: 'cutEnd', seq: 1, keptSeq: 3 } });
  });

  it('finds rows behind the end, and an end that was taken away; new rows are written all the same', () => {
    const behind = withRows(9);
    behind.db.exec('UPDATE audit_head SET seq = 6, hash = (SELECT hash FROM audit WHERE seq = 6)');
    expect(verify(behind).broken).toEqual({ why: 'added', seq: 7 });
    expect(behind.audit.append(anEntry(10))).toBe(10);
    const headless = withRows(9);
    headless.db.exec('DELETE FROM audit_head');
    expect(verify(headless).broken).toEqual({ why: 'headless', seq: 9 });
    expect(headless.audit.append(anEntry(10))).toBe(10);
  });

  it('agrees with what was written, whatever the texts hold', () => {
    const text = fc.string({ unit: 'binary', maxLength: 20 });
    fc.assert(
      fc.property(fc.array(fc.tuple(text, fc.jsonValue(), fc.option(text)), { maxLength: 6 }), entries => {
        const file = withRows(0);
        for (const [who, after, requestId] of entries)
          file.audit.append({
            ...anEntry(1),
            who: `${who}\ud800\0`,
            target: who,
            after: JSON.parse(JSON.stringify(after)),
            ...(requestId === null ? {} : { requestId }),
          });
        expect(verify(file)).not.toHaveProperty('broken');
      }),
      { numRuns: 60 },
    );
  });

  it('finds any tampering, at the first row that it touched', () => {
    const rows = 12;
    const place = fc.integer({ min: 1, max: rows });
    const tampering = fc.oneof(
      fc.record({
        do: fc.constant('change' as const),
        seq: place,
        column: fc.constantFrom('at', 'tenant', 'who', 'what', 'target', 'before', 'after', 'request_id'),
      }),
      fc.record({ do: fc.constant('delete' as const), seq: place }),
      fc.record({ do: fc.constant('swap' as const), seq: place, with: place }),
      fc.record({ do: fc.constant('cut' as const), seq: place }),
    );
    // Alone: where the next row is gone too, nothing is left that says which row stood here.
    const replacing = fc.record({ do: fc.constant('replace' as const), seq: place });
    const acting = fc.oneof(fc.array(tampering, { minLength: 1, maxLength: 3 }), fc.tuple(replacing));
    fc.assert(
      fc.property(acting, acts => {
        const file = withRows(rows);
        const before = snapshot(file.db);
        for (const act of acts) {
          const { db } = file;
          if (act.do === 'change')
            db.exec(
              act.column === 'at'
                ? `UPDATE audit SET at = at + 1 WHERE seq = ${act.seq}`
                : `UPDATE audit SET ${act.column} = coalesce(${act.column}, '') || '!' WHERE seq = ${act.seq}`,
            );
          else if (act.do === 'replace') replaceRow(file, act.seq);
          else if (act.do === 'delete') db.exec(`DELETE FROM audit WHERE seq = ${act.seq}`);
          else if (act.do === 'cut') db.exec(`DELETE FROM audit WHERE seq >= ${act.seq}`);
          else
            db.exec(`UPDATE audit SET seq = 100 WHERE seq = ${act.seq}; UPDATE audit SET seq = ${act.seq} WHERE seq = ${act.with};
              UPDATE audit SET seq = ${act.with} WHERE seq = 100`);
        }
        const after = snapshot(file.db);
        const first = Array.from({ length: rows }, (_, index) => index + 1).find(
          seq => before.get(seq) !== after.get(seq),
        );
        expect(verify(file, file.head).broken?.seq).toBe(first);
      }),
      { numRuns: 300 },
    );
  });

  it('finds one byte that was changed in the file on disk', async () => {
    const profile = aProfile();
    const { catalog } = await openedCatalog(profile);
    for (let n = 1; n <= 5; n += 1) await catalog.audit.append({ ...anEntry(n), who: `technician-number-${n}` });
    await catalog.close();
    const path = join(profile, 'work.db');
    const bytes = readFileSync(path);
    const at = bytes.indexOf('technician-number-3');
    expect(at).toBeGreaterThan(0);
    bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
    writeFileSync(path, bytes);
    const again = (await openedCatalog(profile)).catalog;
    expect(again.notices).toEqual([]);
    expect(await again.audit.verify()).toMatchObject({ rows: 5, broken: { why: 'changed', seq: 3 } });
  });

  it('finds rows that another program deleted from the file on disk', async () => {
    const profile = aProfile();
    const { catalog } = await openedCatalog(profile);
    for (let n = 1; n <= 5; n += 1) await catalog.audit.append(anEntry(n));
    await catalog.close();
    const other = openDatabase(join(profile, 'work.db'));
    other.exec('DROP TRIGGER audit_is_never_deleted; DELETE FROM audit WHERE seq = 2');
    other.close();
    const again = (await openedCatalog(profile)).catalog;
    expect(await again.audit.verify()).toMatchObject({ rows: 4, broken: { why: 'missing', seq: 2, rows: 1 } });
  });
});

type File = Pick<ReturnType<typeof withRows>, 'db' | 'audit'>;

/** Puts another row in the place of one, with a hash that agrees with it. */
function replaceRow({ db, audit }: File, seq: number): void {
  db.exec(`UPDATE audit SET who = who || ' and somebody else' WHERE seq = ${seq}`);
  const [row] = audit.chained(seq - 1, 1);
  if (row?.seq !== seq) return;
  db.write<[string, number]>('UPDATE audit SET hash = ? WHERE seq = ?').run(auditHash(row.previous, row), seq);
}

/** Chains a row to the one before as it stands now. */
function rehash({ db, audit }: File, seq: number): void {
  const [row] = audit.chained(seq - 1, 1);
  const previous = audit.find(seq - 1)?.hash ?? '';
  if (row === undefined) throw new Error(`There is no row ${seq}`);
  db.write<[string, string, number]>('UPDATE audit SET previous = ?, hash = ? WHERE seq = ?').run(
    previous,
    auditHash(previous, row),
    seq,
  );
}

function snapshot(db: OpenDb): Map<number, string> {
  const rows = db.read<[], { seq: number }>('SELECT * FROM audit').all();
  return new Map(rows.map(row => [row.seq, JSON.stringify(row)]));
}
