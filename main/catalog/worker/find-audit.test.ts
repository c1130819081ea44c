import { describe, expect, it } from 'vitest';
import type { AuditEntry } from '../api/audit.ts';
import { callsInMemory, NOW } from '../testing/calls.ts';
import { OTHER_TENANT, TENANT } from '../testing/units.ts';

const WINDOW = { offset: 0, limit: 100 };

const filled = async (count = 0) => {
  const { audit } = callsInMemory();
  const entries: AuditEntry[] = [
    { at: NOW, tenantId: TENANT, who: 'anna@msp.example', what: 'plan.start', target: 'plan p1', after: { units: 12 } },
    {
      at: NOW + 10,
      tenantId: TENANT,
      who: 'anna@msp.example',
      what: 'restoreSession.create',
      target: 'plan p1',
      after: { outcome: 'done', note: 'Ångström' },
      requestId: 'req-7',
    },
    { at: NOW + 20, tenantId: OTHER_TENANT, who: 'bo@msp.example', what: 'restoreSession.create', target: 'plan p2' },
    ...Array.from({ length: count }, (_, n) => ({
      at: NOW + 30 + n,
      tenantId: TENANT,
      who: 'carl@msp.example',
      what: 'restoreSession.add' as const,
      target: `plan q${n}`,
    })),
  ];
  for (const entry of entries) await audit.append(entry);
  return audit;
};
const text = (typed: string, codes: string[] = [], tenantIds: string[] = [], targets: string[] = []) => ({
  text: { typed, codes, tenantIds, targets },
});

describe('finding audit rows', () => {
  it.each([
    ['all', {}, [3, 2, 1]],
    ['of a tenant', { tenantId: TENANT }, [2, 1]],
    ['by who', { who: 'bo@msp.example' }, [3]],
    ['by what', { what: 'restoreSession.create' }, [3, 2]],
    ['from a time on', { fromAt: NOW + 10 }, [3, 2]],
    ['before a time', { toAt: NOW + 10 }, [1]],
    ['by all of it', { tenantId: TENANT, what: 'restoreSession.create', fromAt: NOW, toAt: NOW + 11 }, [2]],
    ['by a text in after, without accents', text('angstrom'), [2]],
    ['by a request id', text('REQ-7'), [2]],
    ['by a target', text('plan p2'), [3]],
    ['by codes whose words were typed', text('drafted', ['restoreSession.create']), [3, 2]],
    ['by tenants whose name was typed', text('fabrikam', [], [OTHER_TENANT]), [3]],
    ['by targets whose name was typed', text('friday', [], [], ['plan p1']), [2, 1]],
    ['by a text and more', { ...text('msp.example'), tenantId: OTHER_TENANT }, [3]],
    ['that are not there', text('nobody'), []],
  ])('%s, newest first', async (_, question, seqs) => {
    const audit = await filled();
    const found = await audit.find(question, WINDOW);
    expect(found.rows.map(({ seq }) => seq)).toEqual(seqs);
    expect(found.total).toBe(seqs.length);
    const inOrder = await audit.listAcrossTenants({ question, limit: 10 });
    expect(inOrder.map(({ seq }) => seq)).toEqual(seqs.toReversed());
  });

  it('gives windows of a long list, by a text too', async () => {
    const audit = await filled(1_200);
    for (const question of [{ who: 'carl@msp.example' }, text('plan q')]) {
      const found = await audit.find(question, { offset: 700, limit: 3 });
      expect(found).toMatchObject({ total: 1_200, offset: 700 });
      expect(found.rows.map(({ target }) => target)).toEqual(['plan q499', 'plan q498', 'plan q497']);
    }
    const page = await audit.listAcrossTenants({ question: text('plan q'), afterSeq: 703, limit: 2 });
    expect(page.map(({ target }) => target)).toEqual(['plan q700', 'plan q701']);
  });

  it('tells who and what there is', async () => {
    const audit = await filled();
    expect(await audit.choices()).toEqual({
      who: ['anna@msp.example', 'bo@msp.example'],
      what: ['plan.start', 'restoreSession.create'],
    });
    expect(await audit.choices(OTHER_TENANT)).toEqual({ who: ['bo@msp.example'], what: ['restoreSession.create'] });
  });

  it('gives a row with its place in the chain', async () => {
    const audit = await filled();
    const row = await audit.findRow(2);
    expect(row).toMatchObject({ seq: 2, requestId: 'req-7', previous: (await audit.findRow(1))?.hash });
    expect(await audit.findRow(77)).toBeUndefined();
  });
});
