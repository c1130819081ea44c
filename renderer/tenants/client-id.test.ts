import { describe, expect, it } from 'vitest';
import { readClientId } from './client-id.ts';

const ID = '7f6c2a10-4f0a-4d0e-9c60-3b1c8a4f2d01';

describe('a client id that is typed', () => {
  it.each([ID, ` ${ID} `, ID.toUpperCase(), `{${ID}}`])('%j is read', typed => {
    expect(readClientId(typed)).toBe(ID);
  });

  it('left empty means the shared application', () => {
    expect(readClientId('  ')).toBeNull();
  });

  it.each(['contoso.example', ID.slice(1), `${ID}0`, `{${ID}`, ID.replaceAll('-', ''), 'api://' + ID])(
    '%j is none',
    typed => {
      expect(readClientId(typed)).toBeUndefined();
    },
  );
});
