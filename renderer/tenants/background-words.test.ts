import { expect, it } from 'vitest';
import { tenantInWords } from './background-words.ts';

const words = {
  context: { tenantName: () => 'Contoso', moment: String, datedMoment: String },
  moment: (at: number) => `at ${at}`,
  questionsADay: 4_000,
};

it('says when a tenant was synced, and why its background sync pauses', () => {
  expect(tenantInWords(5, undefined, words)).toBe('Last synced at 5.');
  expect(tenantInWords(undefined, {}, words)).toBe('Never synced.');
  expect(tenantInWords(5, { pause: { why: 'throttled', untilAt: 9 } }, words)).toBe(
    'Last synced at 5. Background sync pauses until at 9: Microsoft Graph is slowing this tenant down.',
  );
  expect(tenantInWords(5, { pause: { why: 'budget', untilAt: 9 } }, words)).toBe(
    'Last synced at 5. Background sync pauses until at 9: the 4,000 questions of today are used up.',
  );
  expect(tenantInWords(5, { pause: { why: 'account' } }, words)).toBe(
    'Last synced at 5. Background sync pauses: the account for this tenant is not signed in.',
  );
  const error = { code: 'CONSENT_MISSING' as const, tenantId: 't', scopes: [] };
  expect(tenantInWords(undefined, { pause: { why: 'failed', untilAt: 9, error } }, words)).toBe(
    'Never synced. Background sync pauses until at 9: Contoso has not consented to Backstop. An administrator of the tenant has to give admin consent; then check the readiness again.',
  );
  expect(tenantInWords(5, { lacks: error }, words)).toBe(
    'Last synced at 5. Not all of it could be read: Contoso has not consented to Backstop.',
  );
});
