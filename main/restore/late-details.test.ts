import { describe, expect, it } from 'vitest';
import { isAwaitingDetails } from './late-details.ts';

describe('what the service has still to say of a restored unit', () => {
  it('is where a site or OneDrive went that did not go back in place', () => {
    for (const kind of ['site', 'drive'] as const) {
      expect(isAwaitingDetails({ status: 'succeeded', kind, destination: 'new' })).toBe(true);
      expect(isAwaitingDetails({ status: 'Succeeded', kind, destination: 'new' })).toBe(true);
      expect(isAwaitingDetails({ status: 'succeeded', kind, destination: 'new', restoredTo: 'R0' })).toBe(false);
      expect(isAwaitingDetails({ status: 'succeeded', kind, destination: 'inPlace' })).toBe(false);
    }
  });

  it('is a mailbox’s folder, or that nothing had changed in it', () => {
    for (const destination of ['new', 'inPlace']) {
      const mailbox = { status: 'succeeded', kind: 'mailbox', destination } as const;
      expect(isAwaitingDetails(mailbox)).toBe(true);
      expect(isAwaitingDetails({ ...mailbox, restoredItemCount: 0 })).toBe(false);
      expect(isAwaitingDetails({ ...mailbox, restoredTo: 'Restored', restoredItemCount: 182 })).toBe(false);
    }
  });

  it('is nothing of what runs or failed', () => {
    for (const status of ['added', 'inProgress', 'failed', 'unknown'])
      expect(isAwaitingDetails({ status, kind: 'site', destination: 'new' })).toBe(false);
  });
});
