import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packId, unpackHexId, unpackId } from './packed-id.ts';

describe('packed ids', () => {
  it('come back letter by letter, whatever they are', () => {
    const ids = fc.oneof(
      fc.string({ unit: 'binary' }).filter(id => id.isWellFormed()),
      fc.uuid(),
      fc.uuid().map(id => id.toUpperCase()),
      fc.stringMatching(/^[A-Za-z0-9_-]{1,80}$/),
      fc.base64String(),
    );
    fc.assert(
      fc.property(ids, id => {
        expect(unpackId(packId(id))).toBe(id);
        expect(unpackHexId(Buffer.from(packId(id)).toString('hex').toUpperCase())).toBe(id);
      }),
      { numRuns: 2_000 },
    );
  });

  it('takes 17 bytes for a GUID, and three bytes for four letters of base64url', () => {
    expect(packId('845457dc-4bb2-4815-bef3-8628ebd1952e')).toHaveLength(17);
    expect(packId('m_RtZ8BiiUXOK69cuN6gwubfm9_yeVlDg8s6hci01_cVOAEA')).toHaveLength(37);
  });

  it('gives no point the empty id of the floor', () => {
    expect(packId('')).toHaveLength(0);
    expect(packId('A')).not.toHaveLength(0);
  });

  it('refuses a form that it does not know', () => {
    expect(() => unpackId(Uint8Array.of(9, 1))).toThrow(RangeError);
  });
});
