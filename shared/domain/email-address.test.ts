import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isEmailAddress, readAddresses, withoutRepeats } from './email-address.ts';

describe('an address', () => {
  it.each(['amala@contoso.com', 'o’neill+backup@mail.contoso.co.uk', 'a@b-c.example'])('is one: %s', address => {
    expect(isEmailAddress(address)).toBe(true);
  });
  it.each([
    '',
    'amala',
    'amala@contoso',
    '@contoso.com',
    'amala@',
    'a b@contoso.com',
    'a@b@contoso.com',
    'Amala <amala@contoso.com>',
    'amala@contoso..com',
    'amala@-contoso.com',
    '.amala@contoso.com',
    'am..ala@contoso.com',
    `${'a'.repeat(250)}@contoso.com`,
  ])('is none: %s', address => {
    expect(isEmailAddress(address)).toBe(false);
  });
});

describe('a list of addresses', () => {
  it('is read as people write it, and what is no address is named', () => {
    expect(readAddresses(' a@x.example\r\nb@x.example; A@x.example,\n\nnobody,c@x')).toEqual({
      addresses: ['a@x.example', 'b@x.example'],
      wrong: ['nobody', 'c@x'],
    });
    expect(readAddresses(' \n ')).toEqual({ addresses: [], wrong: [] });
  });

  it('comes back whole whatever stands between, each address once', () => {
    const address = fc.integer({ min: 0, max: 20 }).map(place => `person${place}@contoso.example`);
    fc.assert(
      fc.property(fc.array(address), fc.constantFrom('\n', '\r\n', ',', '; ', ' ,\n'), (list, between) => {
        expect(readAddresses(list.join(between))).toEqual({ addresses: [...new Set(list)], wrong: [] });
        expect(withoutRepeats([...list, ...list.map(each => each.toUpperCase())])).toEqual([...new Set(list)]);
      }),
    );
  });
});
