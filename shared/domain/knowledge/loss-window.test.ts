import { expect, it } from 'vitest';
import { aRow, DAY_ZERO as D } from '../../testing/knowledge-factories.ts';
import { toKnownPoint } from './known-row.ts';
import { lossWindow } from './loss-window.ts';

const point = toKnownPoint(aRow(D - 1_320));

it('runs from the point to the incident, and says how surely', () => {
  expect(lossWindow({ certainty: 'exact', point, holdsUntil: D }, D)).toEqual({ loss: 'exactly', seconds: 1_320 });
  expect(lossWindow({ certainty: 'atLeast', point, unproven: { from: D - 9, to: D } }, D)).toEqual({
    loss: 'upTo',
    seconds: 1_320,
  });
  expect(lossWindow({ certainty: 'shownAt', askedAt: D - 5, point }, D)).toEqual({
    loss: 'asShown',
    seconds: 1_320,
    askedAt: D - 5,
  });
});

it('is not known where nobody asked, and none where there is no point', () => {
  expect(lossWindow({ certainty: 'notAsked' }, D)).toEqual({ loss: 'notKnown' });
  expect(lossWindow({ certainty: 'none' }, D)).toEqual({ loss: 'noPoint' });
  expect(lossWindow({ certainty: 'shownAt', askedAt: D - 5, point: undefined }, D)).toEqual({ loss: 'noPoint' });
});
