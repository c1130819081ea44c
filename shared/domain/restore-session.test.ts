import { describe, expect, it } from 'vitest';
import { hasSessionEnded, isSessionActive, sessionMoves, toArtifactGroup, toSessionStatus } from './restore-session.ts';

describe('session statuses', () => {
  it('are found in any letter case, and in the plural that some pages use', () => {
    expect(toSessionStatus('Completed')).toBe('completed');
    expect(toSessionStatus('CompletedWithErrors')).toBe('completedWithError');
    expect(toSessionStatus('somethingNew')).toBeUndefined();
  });

  it.each(Object.keys(sessionMoves))('%s is a draft, active, or ended, and only one of them', status => {
    const kinds = [status === 'draft', isSessionActive(status), hasSessionEnded(status)];
    expect(kinds.filter(Boolean)).toHaveLength(1);
  });

  it('take a status that nobody knows for active: nothing says that it has ended', () => {
    expect(isSessionActive('somethingNew')).toBe(true);
    expect(hasSessionEnded('somethingNew')).toBe(false);
  });
});

describe('artifact statuses', () => {
  it.each([
    ['added', 'waiting'],
    ['scheduling', 'waiting'],
    ['Scheduled', 'waiting'],
    ['inProgress', 'inProgress'],
    ['succeeded', 'succeeded'],
    ['Failed', 'failed'],
    ['unknown', 'inProgress'],
  ])('%s counts as %s', (status, group) => {
    expect(toArtifactGroup(status)).toBe(group);
  });
});
