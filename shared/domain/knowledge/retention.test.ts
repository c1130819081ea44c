import { expect, it } from 'vitest';
import { aFloor, aRow, DAY_ZERO as D } from '../../testing/knowledge-factories.ts';
import { DAY } from '../time.ts';
import { withRetention } from './retention.ts';

it('a changed policy lowers stored expiries, never raises them, and leaves the floor alone', () => {
  const long = aRow(D, { expiresAt: D + 90 * DAY });
  const short = aRow(D + 1, { expiresAt: D + DAY });
  expect(withRetention([aFloor(D), long, short], 30 * DAY)).toEqual([{ ...long, expiresAt: D + 30 * DAY }]);
});
