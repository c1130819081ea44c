/** Restore point ids: opaque to everyone else, they carry where the point stands. */
import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';

interface PointPlace {
  readonly tenantNumber: number;
  readonly unitNumber: number;
  readonly slot: number;
  readonly ordinal: number;
}

export interface PointIds {
  toId(place: PointPlace): string;
  /** Undefined for anything that `toId` did not make with the same seed. */
  findPlace(id: string): PointPlace | undefined;
}

/** Marks a block as one of ours: anything else deciphers to noise. */
const check = 0xb5c7;

export const createPointIds = (seed: number): PointIds => {
  const key = createHash('sha256').update(`restore points of seed ${seed}`).digest().subarray(0, 16);
  // In this mode each block stands alone, so one cipher serves for ever.
  const cipher = createCipheriv('aes-128-ecb', key, null).setAutoPadding(false);
  const decipher = createDecipheriv('aes-128-ecb', key, null).setAutoPadding(false);
  return {
    toId: ({ tenantNumber, unitNumber, slot, ordinal }) => {
      const block = Buffer.alloc(16);
      block.writeUInt16BE(check, 0);
      block.writeUInt16BE(tenantNumber, 2);
      block.writeUInt32BE(unitNumber, 4);
      block.writeInt32BE(slot, 8);
      block.writeUInt8(ordinal, 12);
      return cipher.update(block).toString('base64url');
    },
    findPlace: id => {
      if (!/^[A-Za-z0-9_-]{22}$/.test(id)) return undefined;
      const bytes = Buffer.from(id, 'base64url');
      // The last letter has bits to spare: only one spelling is an id.
      if (bytes.toString('base64url') !== id) return undefined;
      const block = decipher.update(bytes);
      if (block.length !== 16 || block.readUInt16BE(0) !== check || block.readUIntBE(13, 3) !== 0) return undefined;
      return {
        tenantNumber: block.readUInt16BE(2),
        unitNumber: block.readUInt32BE(4),
        slot: block.readInt32BE(8),
        ordinal: block.readUInt8(12),
      };
    },
  };
};
