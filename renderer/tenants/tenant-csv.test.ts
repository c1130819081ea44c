import { describe, expect, it } from 'vitest';
import { readTenantCsv } from './tenant-csv.ts';
import type { TenantLine } from './tenant-csv.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const utf16 = (text: string, littleEndian: boolean) => {
  const view = new DataView(new ArrayBuffer(2 * text.length + 2));
  for (const [index, unit] of [0xfeff, ...Array.from(text, letter => letter.charCodeAt(0))].entries())
    view.setUint16(2 * index, unit, littleEndian);
  return new Uint8Array(view.buffer);
};
const linesOf = (bytes: Uint8Array): readonly TenantLine[] => {
  const read = readTenantCsv(bytes);
  if (read.is !== 'lines') throw new Error(`Not read: ${JSON.stringify(read)}`);
  return read.lines;
};
const ID = '7b1c1c1e-0000-4000-8000-000000000001';

describe('a file of tenants', () => {
  it('may be one domain or id a line, without a heading', () => {
    expect(linesOf(utf8(`contoso.com\n${ID}\r\n\r\n  fabrikam.de  `))).toEqual([
      { line: 1, asked: 'contoso.com' },
      { line: 2, asked: ID },
      { line: 4, asked: 'fabrikam.de' },
    ]);
  });

  it.each([
    ['Customer,Domain,Note\n"Contoso, Oy",contoso.com,a.b\n', 'comma'],
    ['Customer;Primary domain;Note\n"Contoso; Oy";contoso.com;a.b\n', 'semicolon'],
    ['Customer\tTenant ID\tNote\nContoso\tcontoso.com\ta.b\n', 'tab'],
    ['Name,Where\n"Contoso ""North""",contoso.com\n', 'no heading that is known: the first that is a domain'],
  ])('%j: %s', text => {
    expect(linesOf(utf8(text))).toEqual([{ line: 2, asked: 'contoso.com' }]);
  });

  it('keeps an empty cell of the column apart from other columns that look like domains', () => {
    expect(linesOf(utf8('Domain,Site\n,contoso.sharepoint.com\n'))).toEqual([
      { line: 2, asked: '', problem: { is: 'notATenant' } },
    ]);
  });

  it('names what is no tenant, and what was named before', () => {
    const formula = '"=HYPERLINK(""http://x.example"")"';
    expect(linesOf(utf8(`domain\ncontoso.com\n${formula}\nCONTOSO.com\nnot a domain\n`))).toEqual([
      { line: 2, asked: 'contoso.com' },
      { line: 3, asked: '=HYPERLINK("http://x.example")', problem: { is: 'notATenant' } },
      { line: 4, asked: 'CONTOSO.com', problem: { is: 'repeated', firstLine: 2 } },
      { line: 5, asked: 'not a domain', problem: { is: 'notATenant' } },
    ]);
  });

  it('is read in every encoding that spreadsheets write', () => {
    const text = 'domain\nmünchen.example\n';
    const windows = Uint8Array.from(text, letter => letter.charCodeAt(0));
    for (const [bytes, encoding] of [
      [utf8(`\uFEFF${text}`), 'UTF-8'],
      [utf16(text, true), 'UTF-16'],
      [utf16(text, false), 'UTF-16'],
      [windows, 'Windows-1252'],
    ] as const)
      expect(readTenantCsv(bytes)).toEqual({ is: 'lines', encoding, lines: [{ line: 2, asked: 'münchen.example' }] });
  });

  it('says what can’t be read', () => {
    expect(readTenantCsv(utf8(''))).toEqual({ is: 'unreadable', why: 'empty' });
    expect(readTenantCsv(utf8('domain\n'))).toEqual({ is: 'unreadable', why: 'empty' });
    expect(readTenantCsv(Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0))).toEqual({ is: 'unreadable', why: 'notText' });
    expect(readTenantCsv(utf8('a.example\n'.repeat(2_001)))).toEqual({ is: 'unreadable', why: 'tooLarge' });
    expect(readTenantCsv(utf8('domain\ncontoso.com\n"open'))).toMatchObject({ is: 'broken' });
  });
});
