import { expect, it } from 'vitest';
import { shortAddress } from './short-address.ts';

it('leaves out the host of a site and nothing else', () => {
  expect(shortAddress('https://contoso.sharepoint.com/sites/finance')).toBe('…/sites/finance');
  expect(shortAddress('https://contoso.sharepoint.com')).toBe('https://contoso.sharepoint.com');
  expect(shortAddress('ada@contoso.fi')).toBe('ada@contoso.fi');
});
