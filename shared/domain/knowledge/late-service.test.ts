import { describe, expect, it } from 'vitest';
import { aList, aSearch, DAY_ZERO as D } from '../../testing/knowledge-factories.ts';
import { MemoryCatalog } from '../../testing/memory-catalog.ts';
import { seededRandom } from '../../testing/seeded-random.ts';
import { ServiceModel } from '../../testing/service-model.ts';
import { TruthOracle } from '../../testing/truth-oracle.ts';
import { DAY, HOUR, MINUTE } from '../time.ts';
import { settlingSeconds } from './service-traits.ts';

const habits = { closedEnd: false, closedStart: true, fivePointsInAll: false, listLimitsFirst: false, roundTrip: 0 };

describe('a service whose points come later than thought', () => {
  /** Asks one unit over a day whose points all come `late`; tells how often the catalog was wrong, and when last. */
  function aDayOf(late: number) {
    const service = new ServiceModel(D, habits, seededRandom(1));
    const oracle = new TruthOracle(service);
    const catalog = new MemoryCatalog();
    for (let at = D - 4 * HOUR; at < D + DAY; at += 10 * MINUTE)
      service.addPoint('u', { at, ticks: 0 }, 30 * DAY, late);
    let wrong = 0;
    let lastWrongAt = 0;
    let doubledAt = 0;
    for (; service.now < D + DAY; service.now += 7 * MINUTE) {
      const before = service.now - settlingSeconds(catalog.traits, 'any');
      // In turn the newest of all, and the points just before the settled time, where late ones turn up.
      const question = service.now % 2 === 0 ? aSearch(undefined) : aList(before);
      const served = service.ask(question);
      oracle.noteLook(served);
      const changes = catalog.apply(served.answer, service.now);
      if (changes.some(change => change.voided.any)) doubledAt = service.now;
      for (const back of [1, 20 * MINUTE, HOUR, 90 * MINUTE, 3 * HOUR]) {
        const time = service.now - back;
        const { verdict } = catalog.assess('u', 'any', time, service.now);
        if (oracle.faultOf({ verdict, unitIds: ['u'], kind: 'any', before: time, now: service.now }) === undefined)
          continue;
        wrong += 1;
        lastWrongAt = service.now;
      }
    }
    return { wrong, lastWrongAt, doubledAt, traits: catalog.traits };
  }

  it('is never claimed wrongly while points come within the settling time', () => {
    expect(aDayOf(HOUR)).toMatchObject({ wrong: 0, doubledAt: 0, traits: { settlingDoublings: 0 } });
  });

  it('is found out by the self-check, and claimed rightly ever after', () => {
    const { wrong, lastWrongAt, doubledAt, traits } = aDayOf(100 * MINUTE);
    expect(wrong).toBeGreaterThan(0);
    expect(traits.settlingDoublings).toBe(1);
    expect(lastWrongAt).toBeLessThan(doubledAt);
  });
});
