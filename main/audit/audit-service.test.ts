import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { openCatalog } from '../catalog/index.ts';
import type { AuditEntry, Catalog } from '../catalog/index.ts';
import type { SecretStore } from '../host.ts';
import { memorySecrets } from '../secrets/index.ts';
import { AuditService } from './index.ts';

const TENANT = '0b5c3c1e-4f0a-4d0e-9c60-3b1c8a4f2d01';
const OTHER = '7d9e2a44-1b1f-4c8e-8f55-90c3a1d7e802';
const PLAN = '3f0f3c3e-8f0a-4d0e-9c60-3b1c8a4f2d77';
const NOW = 1_790_000_000;
const WINDOW = { offset: 0, limit: 50 };

const ordered: AuditEntry = {
  at: NOW,
  tenantId: TENANT,
  who: 'anna@msp.example',
  what: 'plan.start',
  target: `plan ${PLAN}`,
  after: { units: 2 },
};
const drafted: AuditEntry = {
  at: NOW + 1,
  tenantId: TENANT,
  who: 'anna@msp.example',
  what: 'restoreSession.create',
  target: `plan ${PLAN}`,
  after: { outcome: 'refused', refusal: { code: 'accessDenied', message: 'no' } },
  requestId: '=HYPERLINK("http://evil.example")',
};
const activated: AuditEntry = {
  at: NOW + 2,
  tenantId: OTHER,
  who: '+bo@msp.example',
  what: 'restoreSession.activate',
  target: 'policy 7',
  before: { name: 'Älteste, "die"' },
  after: { outcome: 'done', name: '=1+1' },
};

const open = async (secrets: SecretStore = memorySecrets()) => {
  const folder = mkdtempSync(join(tmpdir(), 'backstop-audit-'));
  const logged: string[] = [];
  const catalog = await openCatalog({
    profile: join(folder, 'profile'),
    worker: new URL('../catalog/worker/main.ts', import.meta.url),
    now: () => NOW,
  });
  onTestFinished(async () => {
    await catalog.close();
    rmSync(folder, { recursive: true, force: true });
  });
  await catalog.tenants.add({ id: TENANT, displayName: 'Contoso', domain: 'contoso.example', addedAt: NOW });
  await catalog.tenants.add({
    id: OTHER,
    displayName: 'Fabrikam Österreich',
    domain: 'fabrikam.example',
    addedAt: NOW,
  });
  const log = (event: string): void => void logged.push(event);
  const service = new AuditService({
    catalog,
    secrets,
    now: () => NOW + 60,
    log: { info: log, warn: log, error: log },
  });
  return { catalog, service, logged, secrets };
};
const filled = async (secrets?: SecretStore) => {
  const world = await open(secrets);
  for (const entry of [ordered, drafted, activated]) await world.catalog.audit.append(entry);
  return world;
};

const read = async (pieces: AsyncGenerator<{ fileName: string; text: string }>) => {
  let text = '';
  let fileName = '';
  let longest = 0;
  for await (const piece of pieces) {
    text += piece.text;
    fileName = piece.fileName;
    longest = Math.max(longest, piece.text.length);
  }
  return { text, fileName, longest };
};

describe('the list', () => {
  it('names tenants and targets, and says how each change ended', async () => {
    const { service, catalog } = await filled();
    await catalog.plans.create(
      { id: PLAN, tenantId: TENANT, name: 'Friday', createdAt: NOW, createdBy: 'anna', preference: 'newest' },
      { type: 'units', unitIds: [] },
    );
    await catalog.units.put(OTHER, [
      { id: 'u1', kind: 'site', name: 'Finance', ownerKey: 'o', status: 'protected', sources: [] },
    ]);
    await catalog.policies.replaceAll(OTHER, [
      { id: '7', kind: 'site', name: 'Default', status: 'active', retention: [] },
    ]);
    await catalog.audit.append({ ...activated, target: 'unit u1' });
    await catalog.audit.append({ ...activated, target: 'unit gone', before: null, after: {} });
    expect((await service.list({ text: 'FRIDAY' }, WINDOW)).rows.map(({ seq }) => seq)).toEqual([2, 1]);
    expect((await service.list({ text: 'default' }, WINDOW)).rows.map(({ seq }) => seq)).toEqual([3]);
    const { total, rows } = await service.list({}, WINDOW);
    expect(total).toBe(5);
    expect(rows.map(({ seq, tenantName, targetName, result }) => [seq, tenantName, targetName, result])).toEqual([
      [5, 'Fabrikam Österreich', undefined, { is: 'recorded' }],
      [4, 'Fabrikam Österreich', 'Finance', { is: 'done' }],
      [3, 'Fabrikam Österreich', 'Default', { is: 'done' }],
      [2, 'Contoso', 'Friday', { is: 'refused', code: 'accessDenied' }],
      [1, 'Contoso', 'Friday', { is: 'recorded' }],
    ]);
  });

  it.each([
    ['session drafted', [2]],
    ['OSTERREICH', [3]],
    ['älteste', [3]],
    ['  ', [3, 2, 1]],
  ])('is searched by what a technician reads: %j', async (text, seqs) => {
    const { service } = await filled();
    expect((await service.list({ text }, WINDOW)).rows.map(({ seq }) => seq)).toEqual(seqs);
  });

  it('keeps the rows of a tenant that was forgotten', async () => {
    const { service, catalog } = await filled();
    await catalog.tenants.forget(OTHER);
    const [row] = (await service.list({ tenantId: OTHER }, WINDOW)).rows;
    expect(row).toMatchObject({ seq: 3, tenantId: OTHER });
    expect(row).not.toHaveProperty('tenantName');
    expect(await service.verify()).not.toHaveProperty('broken');
  });
});

describe('one row', () => {
  it('has before and after to read, cut where nobody would read on', async () => {
    const { service, catalog } = await filled();
    const row = await service.get(3);
    expect(row).toMatchObject({ before: '{\n  "name": "Älteste, \\"die\\""\n}', isCut: false });
    expect(row.previous).toBe((await service.get(2)).hash);
    await catalog.audit.append({ ...ordered, after: { incidentAt: NOW, planned: NOW } });
    expect((await service.get(4)).after).toContain('"incidentAt": "2026-09-21T14:13:20Z",\n  "planned": 1790000000');
    await catalog.audit.append({ ...ordered, after: { units: 'x'.repeat(30_000) } });
    const long = await service.get(5);
    expect([long.after?.length, long.isCut]).toEqual([20_000, true]);
    await expect(service.get(99)).rejects.toMatchObject({ error: { code: 'AUDIT_ROW_NOT_FOUND', seq: 99 } });
  });
});

describe('the export', () => {
  it('as CSV runs nothing in a spreadsheet', async () => {
    const { service } = await filled();
    const { text, fileName } = await read(service.export({}, 'csv'));
    expect(fileName).toMatch(/^audit-all-tenants-\d{4}-\d{2}-\d{2}T\d{4}\.csv$/);
    expect(text.startsWith('\uFEFF')).toBe(true);
    const records: string[][] = parse(text, { bom: true });
    expect(records).toHaveLength(4);
    for (const cell of records.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
    expect(records[3]?.slice(0, 8)).toEqual([
      '3',
      '2026-09-21T14:13:22Z',
      'Fabrikam Österreich',
      OTHER,
      "'+bo@msp.example",
      'Restore session started',
      'restoreSession.activate',
      'policy 7',
    ]);
  });

  it('of one tenant holds that tenant alone', async () => {
    const { service } = await filled();
    const { text, fileName } = await read(service.export({ tenantId: TENANT }, 'jsonl'));
    expect(fileName).toContain('audit-contoso.example-');
    expect(text.trimEnd().split('\n')).toHaveLength(2);
    expect(text).not.toContain(OTHER);
  });

  it('as JSON lines can be verified by anybody, as docs/audit.md says', async () => {
    const { service } = await filled();
    const { text } = await read(service.export({}, 'jsonl'));
    const lines = text
      .trimEnd()
      .split('\n')
      .map(line => z.record(z.string(), z.unknown()).parse(JSON.parse(line)));
    const asText = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value));
    let previous = '0'.repeat(64);
    for (const { seq, at, tenantId, who, what, target, before, after, requestId, hash, ...rest } of lines) {
      const seconds = Date.parse(String(at)) / 1000;
      const list = [seq, seconds, tenantId, who, what, target, asText(before), asText(after), requestId ?? null];
      expect(rest['previous']).toBe(previous);
      previous = createHash('sha256')
        .update(`${previous}\n${JSON.stringify(list)}`)
        .digest('hex');
      expect(hash).toBe(previous);
    }
    expect(lines).toHaveLength(3);
  });

  it('comes in pieces below what one message may be, none of which ends in half of a character', async () => {
    const { service, catalog } = await open();
    for (let n = 0; n < 450; n += 1)
      await catalog.audit.append({ ...ordered, who: `${'💾'.repeat(40)}${'a'.repeat(n % 2)}` });
    const pieces: string[] = [];
    for await (const { text } of service.export({}, 'jsonl')) pieces.push(text);
    expect(pieces.length).toBeGreaterThan(5);
    expect(pieces.filter(piece => !piece.isWellFormed() || piece.length > 16_000)).toEqual([]);
    expect(pieces.join('').trimEnd().split('\n')).toHaveLength(450);
  });
});

describe('verifying', () => {
  it('tells the end of a whole audit, and keeps it apart from the file', async () => {
    const { service, catalog, secrets } = await filled();
    const first = await service.verify();
    expect(first).toEqual({ verifiedAt: NOW + 60, rows: 3, head: await headOf(catalog) });
    expect(await secrets.load('audit-head')).toContain(first.head?.hash);
    await catalog.audit.append(ordered);
    expect(await service.verify()).toMatchObject({ rows: 4, witness: { seq: 3, at: NOW + 60 } });
  });

  it('finds an audit that is not the one that was there, by what was kept among the secrets; and keeps that', async () => {
    const longer = await filled();
    await longer.service.keepHead();
    const kept = await longer.secrets.load('audit-head');
    const cut = await open(longer.secrets);
    for (const entry of [ordered, drafted]) await cut.catalog.audit.append(entry);
    expect((await cut.service.verify()).broken).toEqual({ why: 'cutEnd', seq: 3, keptSeq: 3 });
    await cut.service.keepHead();
    expect(await longer.secrets.load('audit-head')).toBe(kept);
    await cut.catalog.audit.append({ ...activated, who: 'somebody else' });
    expect((await cut.service.verify()).broken).toEqual({ why: 'replaced', seq: 3 });
    await cut.service.keepHead();
    expect(await longer.secrets.load('audit-head')).toBe(kept);
  });

  it('goes without a witness where secrets can not be kept or read, and says so in the log alone', async () => {
    const broken: SecretStore = {
      isPersistent: true,
      load: async () => 'not a head',
      save: async () => {
        throw new Error('no key store');
      },
      remove: async () => undefined,
    };
    const { service, logged } = await filled(broken);
    const result = await service.verify();
    expect(result).not.toHaveProperty('broken');
    expect(result).not.toHaveProperty('witness');
    expect(logged).toEqual(['audit.headNotRead', 'audit.headNotKept']);
  });
});

async function headOf(catalog: Catalog) {
  return await catalog.audit.findHead();
}
