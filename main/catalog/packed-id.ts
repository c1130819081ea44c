import type { RestorePointId } from '../../shared/domain/protection-unit.ts';

/**
 * Ids of restore points as bytes, since they are most of what a large catalog holds. The first byte says how the rest is
 * to be read. An id that takes another form is kept as it is: whatever the service sends comes back letter by letter.
 */
const AS_TEXT = 0;
const AS_GUID = 1;
const AS_BASE64URL = 2;

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const BASE64URL = /^[A-Za-z0-9_-]{8,}$/;

const withForm = (form: number, bytes: Uint8Array): Uint8Array => {
  const packed = new Uint8Array(bytes.length + 1);
  packed[0] = form;
  packed.set(bytes, 1);
  return packed;
};

/** The floor row's id, and nothing else's: no point of the service has an empty id. */
export const NO_ID = new Uint8Array(0);

export function packId(id: RestorePointId): Uint8Array {
  if (id === '') return NO_ID;
  if (GUID.test(id)) return withForm(AS_GUID, Buffer.from(id.replaceAll('-', ''), 'hex'));
  if (BASE64URL.test(id)) {
    const bytes = Buffer.from(id, 'base64url');
    // Some texts look like base64url and are not what its writer would have written; they would come back changed.
    if (bytes.toString('base64url') === id) return withForm(AS_BASE64URL, bytes);
  }
  return withForm(AS_TEXT, Buffer.from(id, 'utf8'));
}

const toGuid = (hex: string): string =>
  `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;

export function unpackId(packed: Uint8Array): RestorePointId {
  if (packed.length === 0) return '';
  const bytes = Buffer.from(packed.buffer, packed.byteOffset + 1, packed.length - 1);
  switch (packed[0]) {
    case AS_GUID:
      return toGuid(bytes.toString('hex'));
    case AS_BASE64URL:
      return bytes.toString('base64url');
    case AS_TEXT:
      return bytes.toString('utf8');
    default:
      throw new RangeError(`A restore point's id was packed in an unknown form: ${packed[0]}`);
  }
}

const GUID_FORM = '01';
const GUID_LENGTH = 34;

/** As `unpackId`, from SQL's `hex(id)`: where many ids are read at once, text comes across far sooner than bytes do. */
export function unpackHexId(hex: string): RestorePointId {
  return hex.length === GUID_LENGTH && hex.startsWith(GUID_FORM)
    ? toGuid(hex.slice(2).toLowerCase())
    : unpackId(Buffer.from(hex, 'hex'));
}
