/** How the restore of one artifact goes: decided when its session is activated, told as service time passes. */
import type { Ticks } from '../instant.ts';
import { fraction, hash } from '../seeded-random.ts';
import type { UnitKind } from '../world/units.ts';
import { artifactTimes } from './machines/artifact-machine.ts';
import type { ArtifactStatus } from './machines/artifact-machine.ts';
import type { Span } from './machines/duration.ts';

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
  /** Fails for a reason that nobody tells. */
  readonly isTroubled?: boolean;
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
  return about.isTroubled === true || chance < 0.004 ? 'UnknownError' : undefined;
};

const within = ({ least, most }: Span, chance: number): Ticks => least + chance * (most - least);

const lengthOf = (about: RunCircumstances, chance: number): Ticks => {
  const { mailbox, file, inPlaceFactor, fastPointFactor } = artifactTimes.inProgress;
  const base = within(about.kind === 'mailbox' ? mailbox : file, chance);
  const factor = (about.destinationType === 'inPlace' ? inPlaceFactor : 1) * (about.isFastPoint ? fastPointFactor : 1);
  return Math.floor(base * factor);
};

export const planRun = (activatedAt: Ticks, about: RunCircumstances): RestoreRun => {
  const draw = (salt: number): number => fraction(hash(about.seed, about.artifactId, salt));
  const toError = (code: ArtifactErrorCode): ArtifactError => ({ code, message: artifactErrors[code] });
  const lasting = (span: Span, salt: number): Ticks => Math.floor(within(span, draw(salt)));
  const schedulingAt = activatedAt + artifactTimes.added;
  const refusal = refusedAtOnce(about);
  if (refusal !== undefined) {
    const endAt = schedulingAt + lasting(artifactTimes.refusal, 1);
    return { schedulingAt, endAt, error: toError(refusal), detailsAt: endAt };
  }
  const scheduledAt = schedulingAt + lasting(artifactTimes.scheduling, 2);
  const startAt = scheduledAt + lasting(artifactTimes.scheduled, 3);
  const failure = failureOf(about, draw(4));
  const duration = lengthOf(about, draw(5));
  if (failure !== undefined) {
    const endAt = startAt + Math.floor(duration * artifactTimes.inProgress.failureFactor);
    return { schedulingAt, scheduledAt, startAt, endAt, error: toError(failure), detailsAt: endAt };
  }
  const endAt = startAt + duration;
  const detailsAt = about.destinationType === 'new' ? endAt + lasting(artifactTimes.details, 6) : endAt;
  return { schedulingAt, scheduledAt, startAt, endAt, detailsAt };
};

/** added → scheduling → scheduled → inProgress → succeeded | failed. */
export const artifactStatusAt = (run: RestoreRun | undefined, now: Ticks): ArtifactStatus => {
  if (run === undefined || now < run.schedulingAt) return 'added';
  if (now >= run.endAt) return run.error === undefined ? 'succeeded' : 'failed';
  if (run.startAt !== undefined && now >= run.startAt) return 'inProgress';
  return run.scheduledAt !== undefined && now >= run.scheduledAt ? 'scheduled' : 'scheduling';
};
