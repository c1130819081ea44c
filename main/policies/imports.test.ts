import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppFailure } from '../../shared/contract/errors.ts';
import { IMPORT_CHUNK_BYTES, IMPORT_MAX_BYTES, type ImportSummary } from '../../shared/contract/policies.ts';
import type { UnitKind } from '../../shared/domain/protection-unit.ts';
import { Imports } from './imports.ts';

const TENANT = '0b1e3d3a-1c0f-4b39-9a07-2a9d3b1d4c11';
const SITE_ID = 'contoso.sharepoint.com,0b1e3d3a-1c0f-4b39-9a07-2a9d3b1d4c11,1b1e3d3a-1c0f-4b39-9a07-2a9d3b1d4c12';

function taken(bytes: Uint8Array, kind: UnitKind = 'mailbox'): { imports: Imports; importId: string } {
  const imports = new Imports();
  const importId = imports.open(TENANT, kind);
  for (let from = 0; from < bytes.length; from += IMPORT_CHUNK_BYTES)
    imports.add(importId, Buffer.from(bytes.subarray(from, from + IMPORT_CHUNK_BYTES)).toString('base64'));
  return { imports, importId };
}

async function read(
  given: string | Uint8Array,
  kind: UnitKind = 'mailbox',
): Promise<ImportSummary & { readonly entries: readonly string[] }> {
  const { imports, importId } = taken(typeof given === 'string' ? Buffer.from(given) : given, kind);
  const summary = await imports.read(importId);
  return { ...summary, entries: imports.entriesOf(importId, TENANT, kind).entries.map(({ text }) => text) };
}

const faultsOf = ({ firstWrong }: ImportSummary) =>
  firstWrong.map(({ line, fault, sameAs }) => [line, fault, ...(sameAs === undefined ? [] : [sameAs])]);

/** UTF-16 in either order, with or without its mark. */
function utf16(text: string, order: 'le' | 'be', hasMark: boolean): Uint8Array {
  const bytes = Buffer.from(`${hasMark ? '\uFEFF' : ''}${text}`, 'utf16le');
  return order === 'le' ? bytes : bytes.swap16();
}

describe('the encoding', () => {
  const text = 'email\r\njörg.müller@contoso.com\r\nanna@contoso.com\r\n';
  const expected = ['jörg.müller@contoso.com', 'anna@contoso.com'];

  it.each<[string, Uint8Array, ImportSummary['encoding'], boolean]>([
    ['UTF-8', Buffer.from(text), 'utf-8', false],
    ['UTF-8 with its mark', Buffer.from(`\uFEFF${text}`), 'utf-8', true],
    ['UTF-16, little end first', utf16(text, 'le', true), 'utf-16le', true],
    ['UTF-16, big end first', utf16(text, 'be', true), 'utf-16be', true],
    ['UTF-16 without its mark', utf16(text, 'le', false), 'utf-16le', false],
    ['UTF-16, big end first, without its mark', utf16(text, 'be', false), 'utf-16be', false],
    ['Windows-1252', Buffer.from(text, 'latin1'), 'windows-1252', false],
  ])('%s is told', async (_, bytes, encoding, hasByteOrderMark) => {
    const found = await read(bytes);
    expect(found).toMatchObject({ encoding, hasByteOrderMark, hasHeader: true, columns: ['email'], wrong: 0 });
    expect(found.entries).toEqual(expected);
  });

  it('that can’t be meant is named line by line, and the rest goes on', async () => {
    const broken = Buffer.concat([utf16('anna@contoso.com\nben@contoso.com', 'le', true), Buffer.from([0x41])]);
    const found = await read(broken);
    expect(faultsOf(found)).toEqual([[2, 'encoding']]);
    expect(found.entries).toEqual(['anna@contoso.com']);
  });
});

describe('separators, quotes and columns', () => {
  it.each<[string, ImportSummary['separator']]>([
    ['Name,Email\n"Berg, Ada",ada@contoso.com\nBen,ben@contoso.com\n', ','],
    ['Name;E-Mail\nBerg, Ada;ada@contoso.com\nBen;ben@contoso.com', ';'],
    ['Name\tUPN\nBerg, Ada\tada@contoso.com\r\nBen\tben@contoso.com\r\n\r\n', 'tab'],
    ['ada@contoso.com\n\nben@contoso.com', 'none'],
    ['Display name,Address book,What\nAda,ada@contoso.com,x\nBen,ben@contoso.com,x', ','],
  ])('are found: %j', async (text, separator) => {
    const found = await read(text);
    expect(found.entries).toEqual(['ada@contoso.com', 'ben@contoso.com']);
    expect(found.separator).toBe(separator);
  });

  it('a column and a header can be said otherwise', async () => {
    const { imports, importId } = taken(Buffer.from('email,second\na@contoso.com,b@contoso.com'));
    expect(await imports.read(importId)).toMatchObject({ column: 0, hasHeader: true, right: 1 });
    expect(await imports.read(importId, { column: 1 })).toMatchObject({
      column: 1,
      right: 1,
      columns: ['email', 'second'],
    });
    expect(imports.entriesOf(importId, TENANT, 'mailbox').entries).toEqual([
      { line: 2, text: 'b@contoso.com', isKey: false },
    ]);
    expect(faultsOf(await imports.read(importId, { hasHeader: false }))).toEqual([[1, 'notAnAddress']]);
  });

  it('a quoted field over several lines beside the column is one record, and lines stay counted as an editor does', async () => {
    const found = await read('email,note\na@contoso.com,"two\nlines, with ""quotes"""\nwrong,\nb@contoso.com,x');
    expect(found.entries).toEqual(['a@contoso.com', 'b@contoso.com']);
    expect(faultsOf(found)).toEqual([[4, 'notAnAddress']]);
  });

  it('a quote that is never closed spoils its own line alone', async () => {
    const found = await read('a@contoso.com\n"b@contoso.com\nc@contoso.com\nd@contoso.com');
    expect(faultsOf(found)).toEqual([[2, 'quotes']]);
    expect(found.entries).toEqual(['a@contoso.com', 'c@contoso.com', 'd@contoso.com']);
  });

  it('two stray quotes swallow no line between them', async () => {
    const found = await read('a@contoso.com\n"b@contoso.com\nc@contoso.com\nd@contoso.com"\ne@contoso.com');
    expect(faultsOf(found)).toEqual([
      [2, 'quotes'],
      [4, 'quotes'],
    ]);
    expect(found.entries).toEqual(['a@contoso.com', 'c@contoso.com', 'e@contoso.com']);
  });
});

describe('a line', () => {
  it.each<[string, string | undefined]>([
    ['ada@contoso.com', undefined],
    ['0B1E3D3A-1C0F-4B39-9A07-2A9D3B1D4C11', undefined],
    ['ada', 'notAnAddress'],
    ['ada@contoso', 'notAnAddress'],
    ['Ada <ada@contoso.com>', 'notAnAddress'],
    ['ada@contoso.com ben@contoso.com', 'notAnAddress'],
    ['=HYPERLINK("https://evil.example")', 'formula'],
    ['@SUM(A1)', 'formula'],
    ['+1+1', 'formula'],
    ['-1', 'formula'],
    [`${'a'.repeat(320)}@contoso.com`, 'tooLong'],
    ['ada\u0007@contoso.com', 'encoding'],
    ['ad\uFFFDa@contoso.com', 'encoding'],
  ])('of mailboxes is judged: %j', async (text, fault) => {
    const found = await read(`"${text.replaceAll('"', '""')}"\nlast@contoso.com`);
    expect(found.firstWrong.map(line => line.fault)).toEqual(fault === undefined ? [] : [fault]);
  });

  it.each<[string, string | undefined]>([
    ['https://contoso.sharepoint.com/sites/finance', undefined],
    ['https://contoso.sharepoint.com/sites/finance/', undefined],
    [SITE_ID, undefined],
    ['http://contoso.sharepoint.com/sites/finance', 'notASite'],
    ['https://someone:secret@contoso.sharepoint.com/sites/finance', 'notASite'],
    ['https://contoso.sharepoint.com/sites/finance?web=1', 'notASite'],
    ['/sites/finance', 'notASite'],
    ['https://localhost/sites/finance', 'notASite'],
    ['javascript:alert(1)', 'notASite'],
  ])('of sites is judged: %s', async (text, fault) => {
    const found = await read(
      `${text}\nhttps://contoso.sharepoint.com/sites/last`.replace(SITE_ID, `"${SITE_ID}"`),
      'site',
    );
    expect(found.firstWrong.map(line => line.fault)).toEqual(fault === undefined ? [] : [fault]);
  });

  it('site ids one a line are not taken apart at their own commas', async () => {
    const other = SITE_ID.replace('1b1e', '2b1e');
    expect((await read(`siteId\n${SITE_ID}\n${other}\n`, 'site')).entries).toEqual([SITE_ID, other]);
  });

  it('that comes again is named with the first, whatever its case and slash', async () => {
    const found = await read(
      'https://contoso.sharepoint.com/sites/a\nhttps://contoso.sharepoint.com/sites/b\nHTTPS://contoso.sharepoint.com/sites/A/',
      'site',
    );
    expect(faultsOf(found)).toEqual([[3, 'duplicate', 1]]);
  });

  it('with nothing in its column, but something beside it, is empty; one with nothing at all is no line', async () => {
    const found = await read('email,name\na@contoso.com,Ada\n,Ben\n,\n\nc@contoso.com,Cem');
    expect(found).toMatchObject({ lines: 3, right: 2, wrong: 1 });
    expect(faultsOf(found)).toEqual([[3, 'empty']]);
  });
});

describe('50,000 lines of which 7 are wrong', () => {
  const lines = Array.from({ length: 50_000 }, (_, number) => `user${number}@contoso.com;Person ${number}`);
  const spoiled = new Map([
    [10, 'no address;x'],
    [999, '=cmd|x!A0@contoso.com;x'],
    [1_000, '"user1000@contoso.com;x'],
    [20_000, 'user5@contoso.com;x'],
    [30_001, ';nobody'],
    [49_998, 'user@;x'],
    [49_999, 'us\u0000er@contoso.com;x'],
  ]);
  const given = lines.map((line, number) => spoiled.get(number) ?? line);

  it('the seven are named, the rest goes on', async () => {
    const found = await read(given.join('\r\n'));
    expect(found).toMatchObject({ lines: 50_000, right: 49_993, wrong: 7 });
    expect(faultsOf(found)).toEqual([
      [11, 'notAnAddress'],
      [1_000, 'formula'],
      [1_001, 'quotes'],
      [20_001, 'duplicate', 6],
      [30_002, 'empty'],
      [49_999, 'notAnAddress'],
      [50_000, 'encoding'],
    ]);
  });

  it('more than a job takes are named as too many', async () => {
    const found = await read([...lines, 'one@more.example;x', 'two@more.example;x'].join('\n'));
    expect(found).toMatchObject({ right: 50_000, wrong: 2 });
    expect(faultsOf(found)).toEqual([
      [50_001, 'overLimit'],
      [50_002, 'overLimit'],
    ]);
  });
});

describe('whatever is imported', () => {
  const local = fc.stringMatching(/^[a-z][a-z0-9.]{0,12}$/);
  const right = local.map(name => `${name}@contoso.com`);
  const wrong = fc.constantFrom('nobody', '=1+1', 'a@b', '@', 'x y@z.de');
  const note = fc.string({ maxLength: 20 }).filter(text => !/[\p{Cc}\uFFFD]/u.test(text));
  const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

  it('each line is right or named once, and what is right comes through unchanged', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.oneof(right, wrong), note), { minLength: 1, maxLength: 40 }),
        fc.constantFrom(',', ';', '\t'),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.constantFrom<'utf8' | 'utf16le'>('utf8', 'utf16le'),
        fc.boolean(),
        async (rows, separator, lineEnd, encoding, hasMark) => {
          const text = [`email${separator}note`, ...rows.map(row => row.map(quoted).join(separator))].join(lineEnd);
          // Without a mark UTF-16 can be told by its Latin letters alone, of which a note may have none.
          const mark = hasMark || encoding === 'utf16le' ? '\uFEFF' : '';
          const found = await read(Buffer.from(`${mark}${text}`, encoding));
          const addresses = rows.map(([address]) => address);
          const expected = addresses.filter(
            (each, place) => /^[a-z]/.test(each) && each.endsWith('@contoso.com') && addresses.indexOf(each) === place,
          );
          expect(found.entries).toEqual(expected);
          expect(found.lines).toBe(rows.length);
          expect(found.right + found.wrong).toBe(rows.length);
          expect(found.firstWrong.every(({ line }) => line >= 2 && line <= rows.length + 1)).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('no bytes make it fail, and no line is both', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 400 }),
        fc.constantFrom<UnitKind>('site', 'mailbox'),
        async (bytes, kind) => {
          const found = await read(bytes, kind);
          expect(found.right + found.wrong).toBe(found.lines);
          expect(found.entries).toHaveLength(found.right);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('an import', () => {
  it('is of one tenant and kind, and too large a file is refused', async () => {
    const { imports, importId } = taken(Buffer.from('a@contoso.com'));
    await imports.read(importId);
    const otherTenant = '1b1e3d3a-1c0f-4b39-9a07-2a9d3b1d4c11';
    for (const ask of [
      () => imports.entriesOf(importId, otherTenant, 'mailbox'),
      () => imports.entriesOf(importId, TENANT, 'drive'),
      () => imports.listLines('1b1e3d3a-1c0f-4b39-9a07-2a9d3b1d4c13', undefined, { offset: 0, limit: 1 }),
    ])
      expect(ask).toThrow(expect.objectContaining({ error: expect.objectContaining({ code: 'IMPORT_NOT_FOUND' }) }));
    const chunk = Buffer.alloc(IMPORT_CHUNK_BYTES).toString('base64');
    const fill = () => {
      for (let bytes = 0; bytes <= IMPORT_MAX_BYTES; bytes += IMPORT_CHUNK_BYTES) imports.add(importId, chunk);
    };
    expect(fill).toThrow(new AppFailure({ code: 'IMPORT_TOO_LARGE', limitBytes: IMPORT_MAX_BYTES }));
  });

  it('is paged, all lines or the right or the wrong ones', async () => {
    const { imports, importId } = taken(Buffer.from('a@contoso.com\nwrong\nb@contoso.com'));
    await imports.read(importId);
    const lines = (only: 'right' | 'wrong' | undefined) =>
      imports.listLines(importId, only, { offset: 0, limit: 200 }).rows.map(({ line }) => line);
    expect(lines(undefined)).toEqual([1, 2, 3]);
    expect(lines('right')).toEqual([1, 3]);
    expect(lines('wrong')).toEqual([2]);
    expect(imports.listLines(importId, undefined, { offset: 1, limit: 1 })).toMatchObject({
      total: 3,
      rows: [{ line: 2 }],
    });
  });
});
