import { describe, expect, it } from 'vitest';
import { RandomWalk } from '../../testing/random-walk.ts';

const BLOCKS = 8;
const WORLDS_A_BLOCK = 64;
const STEPS_A_WORLD = 400;

describe('knowledge and planner against a model of the service', () => {
  let steps = 0;

  // A failure names its seed and step; `new RandomWalk(seed).run(step)` repeats it.
  for (let block = 0; block < BLOCKS; block += 1) {
    const first = block * WORLDS_A_BLOCK;
    it(
      `make no wrong claim and leave no want open in worlds ${first} to ${first + WORLDS_A_BLOCK - 1}`,
      { timeout: 300_000 },
      () => {
        const claims = { exact: 0, atLeast: 0, none: 0, notAsked: 0, shownAt: 0 };
        for (let seed = first; seed < first + WORLDS_A_BLOCK; seed += 1) {
          const walk = new RandomWalk(seed);
          steps += walk.run(STEPS_A_WORLD);
          for (const certainty of ['exact', 'atLeast', 'none', 'notAsked', 'shownAt'] as const) {
            claims[certainty] += walk.claims[certainty];
          }
        }
        // A catalog that claims nothing is never wrong: each claim must have been made, and often.
        for (const count of Object.values(claims)) expect(count).toBeGreaterThan(500);
      },
    );
  }

  it('walked at least 200,000 steps', () => {
    expect(steps).toBeGreaterThanOrEqual(200_000);
  });
});
