import { describe, expect, it } from 'vitest';
import type { Certainty, Point } from '../../shared/contract/certainty.ts';
import type { PlanUnit } from '../../shared/contract/plans.ts';
import { DAY, HOUR } from '../../shared/domain/time.ts';
import { hasExpired, lossOfUnit, unitInWords } from './unit-point-words.ts';

const zone = 'Europe/Helsinki';
const incidentAt = Date.parse('2026-11-20T12:05:00Z') / 1000;
const now = incidentAt + DAY;
const point = (part: Partial<Point> = {}): Point => ({
  id: 'p',
  at: incidentAt - HOUR,
  expiresAt: now + DAY,
  fast: false,
  ...part,
});
const exact = (of: Point): Certainty => ({ is: 'exact', point: of });
const unit = (part: Partial<PlanUnit> = {}): PlanUnit => ({
  unitId: 'u',
  kind: 'site',
  name: 'Finance',
  newest: exact(point()),
  chosen: point(),
  chosenBy: 'rule',
  loss: { seconds: HOUR, upTo: false },
  ...part,
});
const said = (of: PlanUnit, preference: 'newest' | 'fast' = 'newest') => unitInWords(of, { zone, now, preference });

describe('a unit of the plan in words', () => {
  it('never says that nothing newer exists where only fast points were compared', () => {
    const fast = exact(point({ fast: true, at: incidentAt - 16 * HOUR }));
    const ofFast = unit({ newest: fast, fast });
    expect(said(ofFast, 'fast')).toMatchObject({ word: 'Exact', detail: 'newest fast' });
    expect(said(ofFast, 'fast').full).toContain('no newer fast point exists');
    expect(said(ofFast, 'fast').full).toContain('one that is not fast may');
    expect(said(unit({ fast }), 'newest').full).toContain('no newer point exists');
    expect(said(unit({ fast }), 'newest').detail).toBe('');
  });

  it('decides by any point where there surely is no fast one, or the kind has none', () => {
    expect(said(unit({ fast: { is: 'none' } }), 'fast').detail).toBe('');
    expect(said(unit({ fast: { is: 'asShown', askedAt: now, point: null } }), 'fast').detail).toBe('');
  });

  it('says of a point chosen by hand that it expired, and counts no loss for it', () => {
    const gone = unit({ chosenBy: 'hand', chosen: point({ expiresAt: now - 1 }) });
    expect(hasExpired(gone, now)).toBe(true);
    expect(said(gone)).toMatchObject({ look: 'none', word: 'Expired', detail: 'choose another point' });
    expect(said(gone).full).toContain('chosen by hand');
    expect(said({ ...gone, chosenBy: 'rule' }).full).toContain('that the rule chose');
    expect(lossOfUnit(gone, { incidentAt, now })).toBe('–');
    const kept = unit({ chosenBy: 'hand' });
    expect(hasExpired(kept, now)).toBe(false);
    expect(said(kept)).toMatchObject({ look: 'exact', detail: 'by hand' });
    expect(lossOfUnit(kept, { incidentAt, now })).toBe('1 h');
  });

  it('takes a point that ends within the minute for gone, as the review does', () => {
    expect(hasExpired({ chosen: point({ expiresAt: now + 60 }) }, now)).toBe(true);
    expect(hasExpired({ chosen: point({ expiresAt: now + 61 }) }, now)).toBe(false);
    expect(hasExpired({}, now)).toBe(false);
  });
});
