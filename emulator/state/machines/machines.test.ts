import { describe, expect, it } from 'vitest';
import { browseMoves } from './browse-machine.ts';
import { serviceSteps } from './service-machine.ts';

describe('tables of states', () => {
  it('lead from known states to known states, and end somewhere', () => {
    for (const followers of Object.values(browseMoves))
      for (const follower of followers) expect(browseMoves).toHaveProperty(follower);
    expect(Object.values(browseMoves).some(({ length }) => length === 0)).toBe(true);
    for (const step of Object.values(serviceSteps)) if ('to' in step) expect(serviceSteps).toHaveProperty(step.to);
  });
});
