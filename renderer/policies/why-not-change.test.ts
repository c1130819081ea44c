import { expect, it } from 'vitest';
import { whyNotChange } from './why-not-change.ts';

const ours = { displayName: 'Contoso', controller: { by: 'ours' } } as const;

it('lets a controlled, unlocked tenant be changed', () => {
  expect(whyNotChange(ours)).toBeUndefined();
  expect(whyNotChange({ ...ours, service: { status: 'enabled', askedAt: 0 } })).toBeUndefined();
});
it('says who has set a tenant read-only, who controls it, or that it is locked', () => {
  expect(whyNotChange({ ...ours, readOnly: { sinceAt: 0, by: 'ada' } })).toContain('read-only');
  expect(whyNotChange({ ...ours, controller: { by: 'anotherApp' } })).toContain('Another app');
  expect(whyNotChange({ ...ours, service: { status: 'protectionChangeLocked', askedAt: 0 } })).toContain('locked');
});
