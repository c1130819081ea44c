import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type TenantLevel, tenantLevels } from '../tenant-state.ts';
import { isUnsafe, judgedAt, type SeenTenant, turnOf } from './tenant-turn.ts';

const level = fc.constantFrom(...tenantLevels);
const walk = (levels: readonly TenantLevel[], before?: SeenTenant) => {
  let seen = before;
  return levels.map(each => {
    const turned = turnOf(seen, { level: each });
    ({ seen } = turned);
    return turned.turn;
  });
};

describe('a tenant that turns unsafe', () => {
  it('is told once a turn, and never for what was so at first sight', () => {
    expect(
      walk(['atRisk', 'atRisk', 'critical', 'critical', 'protected', 'critical', 'atRisk', 'watch', 'atRisk']),
    ).toEqual([undefined, undefined, 'unsafe', undefined, undefined, 'unsafe', undefined, undefined, 'unsafe']);
  });

  it('is told exactly where its level gets worse and unsafe, also when it was seen before a restart', () => {
    fc.assert(
      fc.property(fc.array(level), level, (levels, before) => {
        const turns = walk(levels, { level: before });
        levels.forEach((each, place) => {
          const last = levels[place - 1] ?? before;
          const isWorse = tenantLevels.indexOf(each) < tenantLevels.indexOf(last);
          expect(turns[place]).toBe(isWorse && isUnsafe(each) ? 'unsafe' : undefined);
        });
      }),
    );
  });

  it('tells of a takeover in place of what follows from it, once each time that one is noticed', () => {
    const change = { from: { by: 'ours' }, to: { by: 'anotherApp' }, noticedAt: 10 } as const;
    const first = turnOf({ level: 'protected' }, { level: 'atRisk', controllerChange: change });
    expect(first.turn).toBe('controlLost');
    expect(turnOf(first.seen, { level: 'atRisk', controllerChange: change }).turn).toBeUndefined();
    expect(turnOf(first.seen, { level: 'atRisk', controllerChange: { ...change, noticedAt: 20 } }).turn).toBe(
      'controlLost',
    );
    expect(
      turnOf({ level: 'watch' }, { level: 'watch', controllerChange: { ...change, from: change.to, to: change.from } })
        .turn,
    ).toBeUndefined();
  });
});

describe('the time at which a tenant is judged', () => {
  it('stands still while the console is closed, and runs on with it', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.nat(1_000_000), fc.nat(1_000_000), (syncedAt, startedAt, open) => {
        const now = Math.max(startedAt, syncedAt) + open;
        const judged = judgedAt({ now, syncedAt, startedAt });
        expect(judged - syncedAt).toBe(now - Math.max(startedAt, syncedAt));
      }),
    );
  });
});
