import { expect, test } from 'vitest';
import type { Example } from './example.ts';
import { inMetadataForm } from './metadata-form.ts';

const exampleOf = (body: unknown, status: number): Example => ({
  name: 'n',
  version: 'v1.0',
  source: 's',
  repaired: false,
  request: { method: 'POST', path: '/solutions/backupRestore/enable', body },
  response: { status },
});

test('older names and times are asked for in the newer form', () => {
  const body = {
    effectiveDateTime: '2024-04-19T12-01-03.45Z',
    'driveProtectionUnits@delta': [{ userId: 'a' }, { '@removed': { reason: 'changed' }, id: 'b' }],
    granularDriveRestoreArtifacts: [
      { browseSessionId: 's', itemKey: 'k' },
      { browseSessionId: 's', id: 'i' },
    ],
    siteWebUrls: ['https: //contoso.sharepoint.com', 'https://contoso.sharepoint.com'],
  };
  expect(inMetadataForm(exampleOf(body, 200)).request.body).toEqual({
    effectiveDateTime: '2024-04-19T12:01:03.45Z',
    'driveProtectionUnits@delta': [{ directoryObjectId: 'a' }, { '@removed': { reason: 'changed' }, id: 'b' }],
    granularDriveRestoreArtifacts: [
      { browseSessionId: 's', id: 'k' },
      { browseSessionId: 's', id: 'i' },
    ],
    siteWebUrls: ['https://contoso.sharepoint.com', 'https://contoso.sharepoint.com'],
  });
});

test('what is documented as refused is asked for as it stands', () => {
  const refused = exampleOf({ effectiveDateTime: '2024-04-19T12-01-03.45Z' }, 400);
  expect(inMetadataForm(refused)).toEqual(refused);
});
