import { FLOOR_TEXT } from '../../../shared/domain/knowledge/index.ts';
import type { Answer, SeenPoint } from '../../../shared/domain/knowledge/index.ts';
import { DAY } from '../../../shared/domain/time.ts';

/** A point as an answer shows it; its id is told from unit and time. */
export const aPoint = (unitId: string, at: number, overrides: Partial<SeenPoint> = {}): SeenPoint => ({
  unitId,
  id: `${unitId}@${at}`,
  at,
  ticks: 0,
  expiresAt: at + 365 * DAY,
  fast: false,
  ...overrides,
});

/** The answer to "the newest of each unit": a time each, or none (`undefined`). */
export function headAnswer(askedAt: number, newest: Record<string, number | undefined>, keptFor = 365 * DAY): Answer {
  const unitIds = Object.keys(newest);
  return {
    question: { form: 'search', unitIds, start: FLOOR_TEXT, prefer: 'newest', kind: 'any' },
    askedAt,
    points: unitIds.flatMap(unitId => {
      const at = newest[unitId];
      return at === undefined ? [] : [aPoint(unitId, at, { expiresAt: at + keptFor })];
    }),
    noResultUnitIds: unitIds.filter(unitId => newest[unitId] === undefined),
  };
}
