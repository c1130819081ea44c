import { describe, expect, it } from 'vitest';
import type { RestoreArtifact, RestoreSession } from '../../shared/contract/sessions.ts';
import {
  artifactResult,
  askedInWords,
  isOver,
  isSaidByFrame,
  lengthInWords,
  progressInWords,
  retryInWords,
  sessionTitle,
} from './session-words.ts';
import { artifactState } from '../ui/artifact-words.ts';

const artifact = (part: Partial<RestoreArtifact>): RestoreArtifact => ({
  id: 'a',
  name: 'Finance',
  status: 'succeeded',
  ...part,
});
const session: RestoreSession = {
  id: 's',
  tenantId: '7b1c1c1e-0000-4000-8000-000000000001',
  status: 'active',
  kind: 'drive',
  destination: 'inPlace',
  createdAt: 1_000,
  counts: { total: 1, succeeded: 0, failed: 0, inProgress: 1, waiting: 0 },
  askedAt: 2_000,
  nextAskAt: 2_030,
};

describe('what became of an artifact', () => {
  it('says where it went, and that the service may fill it in late', () => {
    expect(artifactResult(artifact({ restoredTo: 'https://contoso/sites/financeR0' }))).toBe(
      'Restored to https://contoso/sites/financeR0',
    );
    expect(artifactResult(artifact({ destination: 'new' }))).toContain('later');
    expect(artifactResult(artifact({ destination: 'inPlace' }))).toBe('Restored in place');
    expect(artifactResult(artifact({ destination: 'inPlace', restoredTo: 'https://contoso/sites/finance' }))).toBe(
      'Restored in place',
    );
    expect(artifactResult(artifact({ restoredItemCount: 1_204, restoredTo: 'Recovered 20 Nov' }))).toBe(
      '1,204 items restored to Recovered 20 Nov',
    );
  });
  it('does not call nothing a restore', () => {
    expect(artifactResult(artifact({ restoredItemCount: 0 }))).toBe(
      'Nothing had changed since the point: nothing was restored',
    );
  });
  it('quotes the service, and has words of its own where it has none', () => {
    const failed = (code: string, message: string) =>
      artifactResult(artifact({ status: 'failed', error: { code, message } }));
    expect(failed('ArtifactCannotBeRestored', 'Under a preservation lock.')).toBe('Under a preservation lock.');
    expect(failed('UnknownError', 'Mailbox on litigation hold')).toBe('Mailbox on litigation hold');
    expect(failed('UnknownError', '')).toBe('The service gave no reason; it can be tried again');
    expect(artifactResult(artifact({ status: 'failed' }))).toBe('The service gave no reason; it can be tried again');
    expect(failed('DuplicateArtifactRestoreRequest', '')).toBe('Another session was restoring this unit');
    expect(failed('BrandNewError', '')).toBe('BrandNewError');
  });
  it('shows a status that this version does not know as it came', () => {
    expect(artifactState('verifying')).toBe('verifying');
    expect(artifactState('InProgress')).toBe('In progress');
    expect(artifactState('scheduling')).toBe('Scheduled');
  });
});

describe('the words of a session', () => {
  it('say when it was asked and when it will be', () => {
    expect(askedInWords(session, 2_012, undefined)).toBe('asked 12 s ago, next in 18 s');
    expect(askedInWords(session, 2_031, undefined)).toBe('asked 31 s ago, being asked now');
    expect(askedInWords({ ...session, status: 'completed' }, 2_012, undefined)).toBe('asked 12 s ago');
  });
  it('never say that they are being asked while nothing is', () => {
    expect(askedInWords(session, 4_160, 'signedOut')).toBe('last asked 36 min ago; nothing is asked while signed out');
    expect(askedInWords(session, 2_012, 'offline')).toBe('last asked 12 s ago; nothing is asked while offline');
    expect(askedInWords({ ...session, status: 'completed' }, 2_012, 'offline')).toBe('asked 12 s ago');
  });
  it('know that what held a plan up is over before it was tried again', () => {
    expect(isOver({ code: 'SIGNED_OUT' }, undefined)).toBe(true);
    expect(isOver({ code: 'OFFLINE' }, undefined)).toBe(true);
    expect(isOver({ code: 'SIGNED_OUT' }, 'signedOut')).toBe(false);
    expect(isOver({ code: 'THROTTLED' }, undefined)).toBe(false);
    expect(isOver(undefined, undefined)).toBe(false);
  });
  it('do not call done what has failed', () => {
    const counts = { total: 3, succeeded: 2, failed: 0, inProgress: 1, waiting: 0 };
    expect(progressInWords(counts)).toBe('2 of 3 done');
    expect(progressInWords({ ...counts, failed: 1, inProgress: 0 })).toBe('3 of 3 ended, 1 failed');
    const failed = { ...session, counts: { ...counts, failed: 1 }, endedAt: 4_600 };
    expect(lengthInWords(failed, undefined, 'UTC', 9_000)).toMatch(/^ended .* after the start$/);
  });
  it('are not said to be held up by what the frame above says already', () => {
    expect(isSaidByFrame({ code: 'SIGNED_OUT' }, 'signedOut')).toBe(true);
    expect(isSaidByFrame({ code: 'OFFLINE' }, 'offline')).toBe(true);
    expect(isSaidByFrame({ code: 'SIGNED_OUT' }, undefined)).toBe(false);
    expect(isSaidByFrame({ code: 'THROTTLED' }, 'offline')).toBe(false);
    expect(isSaidByFrame(undefined, 'offline')).toBe(false);
  });
  it('say that a retry takes in more than the kind that is shown', () => {
    expect(retryInWords(6, 3)).toBe('Retry failed only (6 of all kinds)…');
    expect(retryInWords(1, 1)).toBe('Retry failed only (1)…');
  });
  it('say what it restores, as far as is known', () => {
    expect(sessionTitle(session, undefined, 'UTC', 2_000)).toBe('OneDrive, in place');
    const { kind: _, ...unknown } = session;
    expect(sessionTitle({ ...unknown, destination: 'elsewhere' }, undefined, 'UTC', 2_000)).toBe(
      'Units of a kind that is not known, elsewhere',
    );
  });
  it('measure from the start, and to the end once there is one', () => {
    expect(lengthInWords(session, undefined, 'UTC', 1_000 + 9_720)).toBe('done; started 2 h 42 min ago');
    expect(lengthInWords({ ...session, status: 'draft' }, undefined, 'UTC', 9_000)).toBe('done');
    expect(lengthInWords({ ...session, endedAt: 4_600 }, undefined, 'UTC', 9_000)).toContain('1 h after the start');
  });
});
