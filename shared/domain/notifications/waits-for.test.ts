import { expect, it } from 'vitest';
import { waitsForInWords } from './index.ts';

it('names what only a person can mend, whichever sign-in is missing', () => {
  for (const code of [
    'SIGNED_OUT',
    'SESSION_EXPIRED',
    'ACCOUNT_NOT_CHOSEN',
    'APP_SIGN_IN_NEEDED',
    'OTHER_ACCOUNT_SIGNED_IN',
    'INTERACTION_REQUIRED',
  ])
    expect(waitsForInWords({ code }), code).toMatch(/sign-in|account/);
  expect(waitsForInWords({ code: 'GRAPH_REFUSED', graphCode: 'notAllowed' })).toContain('notAllowed');
});

it('says nothing of what goes on by itself', () => {
  for (const code of ['OFFLINE', 'THROTTLED', 'CATALOG_UNAVAILABLE']) expect(waitsForInWords({ code })).toBeUndefined();
});
