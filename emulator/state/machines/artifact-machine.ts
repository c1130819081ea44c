/** Restore artifacts: the way of each from its session's activation to its end, and how long each step takes. */
import { minutes, seconds } from '../../instant.ts';

export type ArtifactStatus = 'added' | 'scheduling' | 'scheduled' | 'inProgress' | 'succeeded' | 'failed';

/** Each status and those that can follow it. Nothing is asked of an artifact by itself: it goes with its session. */
export const artifactStates = {
  added: ['scheduling'],
  scheduling: ['scheduled', 'failed'],
  scheduled: ['inProgress'],
  inProgress: ['succeeded', 'failed'],
  succeeded: [],
  failed: [],
} as const satisfies Readonly<Record<ArtifactStatus, readonly ArtifactStatus[]>>;

/** How long each step takes; what is refused at once ends while it is being scheduled. */
export const artifactTimes = {
  added: seconds(2),
  scheduling: { least: seconds(30), most: seconds(120) },
  scheduled: { least: seconds(20), most: minutes(5) + seconds(20) },
  refusal: { least: seconds(20), most: seconds(60) },
  /** Of one that ends well. In place is faster than new, a fast point faster than another; mail takes longest. */
  inProgress: {
    mailbox: { least: minutes(25), most: minutes(95) },
    file: { least: minutes(15), most: minutes(75) },
    inPlaceFactor: 0.8,
    fastPointFactor: 0.5,
    /** Of one that fails. */
    failureFactor: 0.3,
  },
  /** Where things went may show only so long after the end, for a new place. */
  details: { least: 0, most: minutes(18) },
} as const;
