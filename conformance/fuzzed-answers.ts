import fc from 'fast-check';

/** Answers that no service should send, and some that it might: for whether the client stands them. */
export interface FuzzedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly content: string;
  /** How the body comes: whole, broken off by the network, or never ending. */
  readonly delivery: 'whole' | 'broken' | 'endless';
}

const names = [
  ...['id', 'value', 'status', 'displayName', 'error', 'createdBy', 'createdDateTime', 'lastModifiedBy', 'tags'],
  ...['serviceStatus', 'retentionSettings', 'protectionSources', 'siteId', 'directoryObjectId', 'policyId', 'graph'],
  ...['searchResults', 'noResultProtectionUnitIds', 'searchResponseId', 'restorePoint', 'protectionDateTime'],
  ...['siteRestoreArtifacts@delta', 'mailboxProtectionUnits@delta', 'granularDriveRestoreArtifacts@delta'],
  ...[
    'driveRestoreArtifacts',
    'granularMailboxRestoreArtifact',
    'restoreSessionArtifactCount',
    'itemKey',
    'sizeInBytes',
  ],
  ...['@odata.type', '@odata.nextLink', '@odata.count', '@removed', '@Core.DataModificationException', 'recipients'],
  ...['protectionTimePeriod', 'siteWebUrls', 'mailboxes', 'details', 'code', 'message', 'innerError', 'request-id'],
  ...['__proto__', 'constructor', 'toString', 'then', 'hasOwnProperty', '', 'ⅷ', '\u202e'],
];
const words = [
  ...['0001-01-01T00:00:00Z', '2024-02-30T00:00:00Z', '2015-06-19T12-01-03.45Z', '9999-12-31T23:59:59.9999999Z', ''],
  ...['#microsoft.graph.siteProtectionUnit', '#.', '#microsoft.graph.__proto__', 'unknownFutureValue', ', ,manual,'],
  ...[
    'https://graph.microsoft.com/v1.0/x?$skiptoken=1',
    'https://evil.example/x',
    '//evil.example',
    '?',
    'http://[',
    '/',
  ],
  ...['\ud800', '\u0000', '💾'.repeat(50), '../../..', "') or 1 eq 1", '-1', '1e400', 'NaN'],
];
const scalar = fc.oneof(
  fc.constantFrom<unknown>(...words),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom<unknown>(null, true, false, 0, -0, 2 ** 53, 1e308),
);
const { anything } = fc.letrec<{ anything: unknown }>(tie => ({
  anything: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    scalar,
    fc.array(tie('anything'), { maxLength: 4 }),
    // Entries, not an object: `__proto__` is a key like any other in JSON.
    fc
      .array(
        fc.tuple(fc.oneof(fc.constantFrom(...names), fc.string({ unit: 'binary', maxLength: 8 })), tie('anything')),
        {
          maxLength: 6,
        },
      )
      .map(entries => new Entries(entries)),
  ),
}));

/** An object by its entries, so that keys may repeat and be named anything. */
class Entries {
  readonly entries: readonly (readonly [string, unknown])[];
  constructor(entries: readonly (readonly [string, unknown])[]) {
    this.entries = entries;
  }
}

function toText(value: unknown): string {
  if (value instanceof Entries) {
    return `{${value.entries.map(([key, inner]) => `${JSON.stringify(key)}:${toText(inner)}`).join(',')}}`;
  }
  if (Array.isArray(value)) return `[${value.map(toText).join(',')}]`;
  return JSON.stringify(value);
}

const object = fc
  .array(fc.tuple(fc.constantFrom(...names), anything), { maxLength: 8 })
  .map(entries => new Entries(entries));
/** As documented, but for what stands in it. */
const entity = fc
  .tuple(fc.string({ minLength: 1, maxLength: 8 }), object)
  .map(([id, { entries }]) => new Entries([['id', id], ...entries.filter(([key]) => key !== 'id')]));
const collection = fc
  .tuple(fc.array(fc.oneof(entity, object, anything), { maxLength: 5 }), fc.option(anything, { freq: 3 }))
  .map(
    ([value, next]) => new Entries([['value', value], ...(next === null ? [] : [['@odata.nextLink', next] as const])]),
  );

const content = fc.oneof(
  { weight: 6, arbitrary: entity.map(toText) },
  { weight: 6, arbitrary: collection.map(toText) },
  { weight: 4, arbitrary: object.map(toText) },
  { weight: 3, arbitrary: anything.map(toText) },
  // Cut short anywhere.
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.oneof(entity, collection).map(toText), fc.double({ min: 0, max: 1, noNaN: true }))
      .map(([text, share]) => text.slice(0, Math.floor(text.length * share))),
  },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom('', ' ', '\ufeff{}', '<html>502</html>', '{"value":', '[]', 'null', '"text"'),
  },
);

const headerText = fc.oneof(
  fc.string({ unit: 'grapheme-ascii', maxLength: 20 }).map(text => text.trim()),
  fc.constantFrom(
    '',
    '0',
    '-1',
    '1e9',
    '99999999999999999999',
    'Fri, 31 Dec 9999 23:59:59 GMT',
    'Thu, 01 Jan 1970',
    'NaN',
  ),
  fc.constantFrom(
    'Bearer claims="e30="',
    'Bearer claims="bm8="',
    'claims=""',
    'http://[',
    '//evil.example/',
    '/v1.0/x',
    '.',
  ),
);
const headers = fc.dictionary(
  fc.constantFrom(
    ...['Retry-After', 'Date', 'request-id', 'Content-Type', 'Location', 'WWW-Authenticate', 'Content-Location'],
  ),
  headerText,
  { maxKeys: 4 },
);

export const fuzzedAnswer: fc.Arbitrary<FuzzedAnswer> = fc.record({
  status: fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(200, 201, 202) },
    { weight: 3, arbitrary: fc.constantFrom(204, 206, 301, 302, 304, 307, 400, 401, 403, 404, 408, 409, 413, 429) },
    { weight: 2, arbitrary: fc.constantFrom(500, 501, 502, 503, 504, 599) },
  ),
  headers,
  content,
  delivery: fc.oneof(
    { weight: 20, arbitrary: fc.constant('whole' as const) },
    { weight: 1, arbitrary: fc.constantFrom('broken' as const, 'endless' as const) },
  ),
});

/** Few and large: thousands of members, and brackets within brackets. */
export const largeContents: readonly string[] = [
  `{"value":[${Array.from({ length: 10_000 }, (_, index) => `{"id":"${index}"}`).join(',')}]}`,
  `{"id":"x","siteWebUrls":[${Array.from({ length: 50_000 }, () => '"https://contoso.sharepoint.com"').join(',')}]}`,
  `{"id":"x","deep":${'['.repeat(1_000)}${']'.repeat(1_000)}}`,
  `{"value":[${'{"id":"x","restorePoint":'.repeat(1_000)}null${'}'.repeat(1_000)}]}`,
];
