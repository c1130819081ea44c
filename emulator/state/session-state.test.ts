import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromMilliseconds, minutes, seconds } from '../instant.ts';
import { artifactStates } from './machines/artifact-machine.ts';
import type { ArtifactStatus } from './machines/artifact-machine.ts';
import { sessionStates } from './machines/session-machine.ts';
import type { SessionStatus } from './machines/session-machine.ts';
import { artifactStatusAt, planRun } from './restore-run.ts';
import type { RunCircumstances } from './restore-run.ts';
import { sessionStateAt } from './session-state.ts';
import type { Artifact, Session } from './session-store.ts';

const activatedAt = fromMilliseconds(Date.UTC(2026, 2, 6, 14));

const session: Session = {
  id: 's',
  kind: 'site',
  jobType: 'standard',
  createdAt: activatedAt - minutes(5),
  createdBy: {},
  lastModifiedAt: activatedAt,
  lastModifiedBy: {},
  activatedAt,
};

const circumstances: RunCircumstances = {
  seed: 7,
  artifactId: 'a',
  kind: 'site',
  destinationType: 'inPlace',
  isFastPoint: false,
  isHeld: false,
  isGone: false,
  isExpired: false,
  isBusy: false,
  mayFailByChance: true,
};

const artifactOf = (about: RunCircumstances): Artifact => ({
  id: about.artifactId,
  sessionId: 's',
  unitId: about.artifactId,
  pointId: 'p',
  pointAt: activatedAt,
  pointExpiresAt: activatedAt,
  isFastPoint: about.isFastPoint,
  destinationType: about.destinationType,
  run: planRun(activatedAt, about),
});

const anyCircumstances = fc
  .record({
    artifactId: fc.uuid(),
    kind: fc.constantFrom('site' as const, 'drive' as const, 'mailbox' as const),
    destinationType: fc.constantFrom('new' as const, 'inPlace' as const),
    isFastPoint: fc.boolean(),
    isHeld: fc.boolean(),
    isGone: fc.boolean(),
    isExpired: fc.boolean(),
    isBusy: fc.boolean(),
    mayFailByChance: fc.boolean(),
  })
  .map((some): RunCircumstances => ({ ...circumstances, ...some }));

const isKnown = (status: string): status is SessionStatus => status in sessionStates;
const followersOf = (status: ArtifactStatus): readonly ArtifactStatus[] => artifactStates[status];

describe('as time passes', () => {
  test('sessions and artifacts make only the moves of their tables, and come to an end', () => {
    fc.assert(
      fc.property(fc.array(anyCircumstances, { minLength: 1, maxLength: 8 }), all => {
        const artifacts = all.map(artifactOf);
        let before: SessionStatus = 'draft';
        const statuses = new Map<string, ArtifactStatus>();
        for (let at = activatedAt; at < activatedAt + minutes(150); at += seconds(5)) {
          const { status } = sessionStateAt(session, artifacts, at);
          if (!isKnown(status)) throw new Error(`${status} is no status of the table.`);
          const moves: readonly SessionStatus[] = sessionStates[before];
          expect(status === before || moves.includes(status), `${before} → ${status}`).toBe(true);
          before = status;
          for (const { id, run } of artifacts) {
            const next = artifactStatusAt(run, at);
            const last = statuses.get(id) ?? 'added';
            expect(next === last || followersOf(last).includes(next), `${last} → ${next}`).toBe(true);
            statuses.set(id, next);
          }
        }
        const failed = [...statuses.values()].filter(status => status === 'failed').length;
        expect(before).toBe(failed === 0 ? 'completed' : failed === artifacts.length ? 'failed' : 'completedWithError');
      }),
      { numRuns: 30 },
    );
  });
});

describe('an artifact', () => {
  test.each([
    [{ isBusy: true }, 'DuplicateArtifactRestoreRequest'],
    [{ isExpired: true }, 'InvalidRestoreTime'],
    [{ isGone: true }, 'ArtifactNotFound'],
    [{ isHeld: true }, 'ArtifactCannotBeRestored'],
    [{ isTroubled: true }, 'UnknownError'],
    [{ isTroubled: true, mayFailByChance: false }, undefined],
    [{ isHeld: true, destinationType: 'new' }, undefined],
    [{ isHeld: true, destinationType: 'new', kind: 'mailbox' }, 'ArtifactCannotBeRestored'],
    [{ isHeld: true, isGone: true, mayFailByChance: false }, undefined],
    [{ isBusy: true, mayFailByChance: false }, 'DuplicateArtifactRestoreRequest'],
  ] as const)('with %j ends with %s', (some, code) => {
    expect(planRun(activatedAt, { ...circumstances, ...some }).error?.code).toBe(code);
  });

  test('fails now and then for no reason, and then does not fail when tried again', () => {
    const codes = Array.from(
      { length: 3000 },
      (_, number) => planRun(activatedAt, { ...circumstances, artifactId: `a${number}` }).error?.code,
    );
    const failures = codes.filter(code => code === 'UnknownError').length;
    expect(failures).toBeGreaterThan(2);
    expect(failures).toBeLessThan(40);
  });
});
