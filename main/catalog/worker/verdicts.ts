import type { Certainty, HeadCertainty, Point } from '../../../shared/contract/certainty.ts';
import { CADENCE, isHead } from '../../../shared/domain/knowledge/index.ts';
import type {
  Certainty as Verdict,
  KnownPoint,
  KnownRow,
  NewestNow,
  PointKind,
  ShownRecord,
} from '../../../shared/domain/knowledge/index.ts';
import type { UnitKind } from '../../../shared/domain/protection-unit.ts';
import type { UtcSeconds } from '../../../shared/domain/time.ts';

/** The service tags points of sites and drives as fast, never those of mailboxes. */
export const knowsFastPoints = (kind: UnitKind): boolean => kind !== 'mailbox';

/** Whether what was shown at `askedAt` still counts as current. */
export const isCurrent = (askedAt: UtcSeconds, now: UtcSeconds): boolean => now - askedAt < CADENCE;

export const toPoint = (point: Pick<KnownPoint | KnownRow, 'id' | 'at' | 'expiresAt' | 'fast'>): Point => ({
  id: point.id,
  at: point.at,
  expiresAt: point.expiresAt,
  fast: point.fast,
});

/** The domain's verdict in the contract's words. */
export function toCertainty(verdict: Verdict): Certainty {
  switch (verdict.certainty) {
    case 'exact':
      return { is: 'exact', point: toPoint(verdict.point) };
    case 'atLeast':
      return {
        is: 'atLeast',
        point: toPoint(verdict.point),
        unproven: { fromAt: verdict.unproven.from, toAt: verdict.unproven.to },
      };
    case 'shownAt':
      return {
        is: 'asShown',
        askedAt: verdict.askedAt,
        point: verdict.point === undefined ? null : toPoint(verdict.point),
      };
    case 'none':
      return { is: 'none' };
    case 'notAsked':
      return { is: 'notAsked' };
  }
}

/** "The newest now" in the contract's words; where it has decayed, with the time when it was last shown as the newest. */
export function toHeadCertainty(
  newest: NewestNow,
  kind: PointKind,
  shown: readonly ShownRecord[],
  now: UtcSeconds,
): HeadCertainty {
  switch (newest.state) {
    case 'current':
      return newest.point === undefined
        ? { is: 'noneShown', askedAt: newest.askedAt, fresh: true }
        : { is: 'shown', point: toPoint(newest.point), askedAt: newest.askedAt };
    case 'orNewer': {
      const head = shown.find(record => record.kind === kind && isHead(record) && record.pointId === newest.point.id);
      return { is: 'orNewer', point: toPoint(newest.point), ...(head === undefined ? {} : { askedAt: head.askedAt }) };
    }
    case 'noneAt':
      return { is: 'noneShown', askedAt: newest.askedAt, fresh: isCurrent(newest.askedAt, now) };
    case 'notAsked':
      return { is: 'notAsked' };
  }
}
