/** How the restore of one artifact goes: decided when its session is activated, told as service time passes. */
import { minutes, seconds } from '../instant.ts';
import type { Ticks } from '../instant.ts';
import { fraction, hash } from '../seeded-random.ts';
import type { UnitKind } from '../world/units.ts';

export type ArtifactStatus = 'added' | 'scheduling' | 'scheduled' | 'inProgress' | 'succeeded' | 'failed';

interface ArtifactError {
  readonly code: string;
  readonly message: string;
}

/** One artifact's way, in moments of service time. Absent moments are never reached. */
export interface RestoreRun {
  readonly schedulingAt: Ticks;
  readonly scheduledAt?: Ticks;
  readonly startAt?: Ticks;
  readonly endAt: Ticks;
  readonly error?: ArtifactError;
  /** When the details of what was restored show up: some time after the end. */
  readonly detailsAt: Ticks;
}

/** The documented errors of an artifact, by code. */
export const artifactErrors = {
  UnknownError: 'Unknown error occurred. Please try again. If the issue persists, contact support.',
  ArtifactNotFound: "The requested restore artifact wasn't found for restore.",
  InvalidRestoreTime:
    "Restore Artifact can't be restored to this timestamp, the restore time provided is invalid or beyond retention period.",
  ArtifactCannotBeRestored:
    'The restore artifact is in an unexpected state such as preservation lock or TenantDivestiture which is blocking the restore.',
  DuplicateArtifactRestoreRequest:
    'An ongoing Restore was found for the given restore artifact. Please wait till its completion and try again.',
} as const;

type ArtifactErrorCode = keyof typeof artifactErrors;

/** What an artifact's way depends on. */
export interface RunCircumstances {
  readonly seed: number;
  readonly artifactId: string;
  readonly kind: UnitKind;
  readonly destinationType: 'new' | 'inPlace';
  readonly isFastPoint: boolean;
  readonly isHeld: boolean;
  readonly isGone: boolean;
  /** Its point is no longer there. */
  readonly isExpired: boolean;
  /** Its unit is being restored by another artifact. */
  readonly isBusy: boolean;
  /** False: nothing fails that need not. */
  readonly mayFailByChance: boolean;
}

const refusedAtOnce = ({ isBusy, isExpired }: RunCircumstances): ArtifactErrorCode | undefined => {
  if (isBusy) return 'DuplicateArtifactRestoreRequest';
  return isExpired ? 'InvalidRestoreTime' : undefined;
};

const failureOf = (about: RunCircumstances, chance: number): ArtifactErrorCode | undefined => {
  if (!about.mayFailByChance) return undefined;
  if (about.isGone) return 'ArtifactNotFound';
  // A held site can go to a new place; mailboxes and drives can't be restored at all while held.
  if (about.isHeld && (about.destinationType === 'inPlace' || about.kind !== 'site')) return 'ArtifactCannotBeRestored';
  return chance < 0.004 ? 'UnknownError' : undefined;
};

/** In place is faster than new, a fast point faster than another; mail takes longest. */
const durationOf = (about: RunCircumstances, chance: number): Ticks => {
  const base = about.kind === 'mailbox' ? minutes(25) + chance * minutes(70) : minutes(15) + chance * minutes(60);
  return Math.floor(base * (about.destinationType === 'inPlace' ? 0.8 : 1) * (about.isFastPoint ? 0.5 : 1));
};

export const planRun = (activatedAt: Ticks, about: RunCircumstances): RestoreRun => {
  const draw = (salt: number): number => fraction(hash(about.seed, about.artifactId, salt));
  const toError = (code: ArtifactErrorCode): ArtifactError => ({ code, message: artifactErrors[code] });
  const schedulingAt = activatedAt + seconds(2);
  const refusal = refusedAtOnce(about);
  if (refusal !== undefined) {
    const endAt = schedulingAt + seconds(20) + Math.floor(draw(1) * seconds(40));
    return { schedulingAt, endAt, error: toError(refusal), detailsAt: endAt };
  }
  const scheduledAt = schedulingAt + seconds(30) + Math.floor(draw(2) * seconds(90));
  const startAt = scheduledAt + seconds(20) + Math.floor(draw(3) * minutes(5));
  const failure = failureOf(about, draw(4));
  const duration = durationOf(about, draw(5));
  if (failure !== undefined) {
    const endAt = startAt + Math.floor(duration * 0.3);
    return { schedulingAt, scheduledAt, startAt, endAt, error: toError(failure), detailsAt: endAt };
  }
  const endAt = startAt + duration;
  // The details of a new place may take more than a quarter of an hour to show.
  const detailsAt = about.destinationType === 'new' ? endAt + Math.floor(draw(6) * minutes(18)) : endAt;
  return { schedulingAt, scheduledAt, startAt, endAt, detailsAt };
};

/** added → scheduling → scheduled → inProgress → succeeded | failed. */
export const artifactStatusAt = (run: RestoreRun | undefined, now: Ticks): ArtifactStatus => {
  if (run === undefined || now < run.schedulingAt) return 'added';
  if (now >= run.endAt) return run.error === undefined ? 'succeeded' : 'failed';
  if (run.startAt !== undefined && now >= run.startAt) return 'inProgress';
  return run.scheduledAt !== undefined && now >= run.scheduledAt ? 'scheduled' : 'scheduling';
};
