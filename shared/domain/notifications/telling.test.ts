import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Happening, isCritical, notificationSorts } from './happening.ts';
import { type NotificationRules, type Waiting, whatToTell, withHappening } from './telling.ts';

const NIGHT = { from: 22 * 60, to: 7 * 60 };
const rules = (change: Partial<NotificationRules> = {}): NotificationRules => ({
  sorts: { restoreFinished: true, restoreFailed: true, restoreWaits: true, tenantUnsafe: true, controlLost: true },
  quiet: NIGHT,
  criticalBreaksThrough: true,
  ...change,
});
const unsafe = (name: string, level: 'critical' | 'atRisk' = 'atRisk'): Happening => ({
  sort: 'tenantUnsafe',
  at: 0,
  tenantId: name,
  tenantName: name,
  level,
  reason: level === 'critical' ? 'Restore-locked' : '2 mailboxes are in error',
  consequence: '',
});
const ofPlan = (planId: string, tenantName: string) => ({
  at: 0,
  tenantId: tenantName,
  tenantName,
  planId,
  planName: `Plan ${planId}`,
});
const restored = (planId: string, tenantName = 'Contoso'): Happening => ({
  sort: 'restoreFinished',
  ...ofPlan(planId, tenantName),
  units: 3,
});
const queue = (...happenings: readonly Happening[]): readonly Waiting[] =>
  happenings.reduce<readonly Waiting[]>(withHappening, []);
const DAY = 12 * 60;
const MIDNIGHT = 0;

describe('what is told', () => {
  it('by day, each restore for itself, and several tenants in one, the worst first', () => {
    const { tell, waiting } = whatToTell(
      queue(restored('1'), unsafe('Fabrikam'), unsafe('Contoso', 'critical'), unsafe('Litware')),
      rules(),
      DAY,
    );
    expect(waiting).toEqual([]);
    expect(tell).toEqual([
      {
        title: 'Restore finished: Contoso',
        body: 'Plan 1: 3 units restored.',
        opens: { at: 'restore', tenantId: 'Contoso', planId: '1' },
      },
      {
        title: '3 tenants turned unsafe',
        body: 'Contoso: Restore-locked\nFabrikam: 2 mailboxes are in error\nLitware: 2 mailboxes are in error',
        opens: { at: 'home' },
      },
    ]);
  });

  it('names the first of very many, and counts the rest', () => {
    const many = Array.from({ length: 40 }, (_, place) => unsafe(`Tenant ${place}`));
    const [notice] = whatToTell(queue(...many), rules(), DAY).tell;
    expect(notice?.title).toBe('40 tenants turned unsafe');
    expect(notice?.body.split('\n')).toHaveLength(4);
    expect(notice?.body).toContain('and 37 more');
  });

  it('at night only what is critical, where it may; the rest in one summary in the morning', () => {
    const night = whatToTell(
      queue(restored('1'), restored('2', 'Fabrikam'), unsafe('Litware', 'critical'), unsafe('Contoso')),
      rules(),
      MIDNIGHT,
    );
    expect(night.tell.map(({ title }) => title)).toEqual(['Litware is critical']);
    const morning = whatToTell(withHappening(night.waiting, restored('3')), rules(), NIGHT.to);
    expect(morning.tell).toEqual([
      {
        title: 'In the quiet hours: 3 notifications',
        body: '2 restores finished: Contoso and Fabrikam\n1 tenant turned unsafe: Contoso',
        opens: { at: 'home' },
      },
      expect.objectContaining({ title: 'Restore finished: Contoso', body: 'Plan 3: 3 units restored.' }),
    ]);
    expect(morning.waiting).toEqual([]);
  });

  it('one that was held alone is told as it is', () => {
    const { waiting } = whatToTell(queue(restored('1')), rules(), MIDNIGHT);
    expect(whatToTell(waiting, rules(), DAY).tell.map(({ title }) => title)).toEqual(['Restore finished: Contoso']);
  });

  it('what is said anew of the same thing takes its place', () => {
    const { tell } = whatToTell(queue(unsafe('Contoso'), unsafe('Contoso', 'critical')), rules(), DAY);
    expect(tell.map(({ title }) => title)).toEqual(['Contoso is critical']);
  });

  it('failures in numbers, refused units apart', () => {
    const ended = (failed: number, refused: number): Happening => ({
      sort: 'restoreFailed',
      ...ofPlan('1', 'Contoso'),
      units: 120,
      failed,
      refused,
    });
    const said = (happening: Happening) => whatToTell(queue(happening), rules(), DAY).tell[0];
    expect(said(ended(2, 1))).toMatchObject({
      title: 'Restore finished with failures: Contoso',
      body: 'Plan 1: 2 of 120 units failed; the service refused 1 unit at the start.',
    });
    expect(said(ended(119, 1))).toMatchObject({ title: 'Restore failed: Contoso' });
  });
});

describe('whatever happens', () => {
  const minute = fc.integer({ min: 0, max: 1_439 });
  const happening: fc.Arbitrary<Happening> = fc
    .record({ place: fc.integer({ min: 0, max: 5 }), critical: fc.boolean(), restore: fc.boolean() })
    .map(({ place, critical, restore }) =>
      restore ? restored(String(place)) : unsafe(`T${place}`, critical ? 'critical' : 'atRisk'),
    );
  const quiet = fc.option(
    fc.record({ from: minute, to: minute }).filter(({ from, to }) => from !== to),
    { nil: undefined },
  );

  it('everything wanted is told or waits, and nothing waits outside of quiet hours', () => {
    fc.assert(
      fc.property(fc.array(happening), quiet, fc.boolean(), minute, (all, hours, criticalBreaksThrough, now) => {
        const rule = rules({ quiet: hours, criticalBreaksThrough });
        const waiting = queue(...all);
        const told = whatToTell(waiting, rule, now);
        if (told.waiting.length === 0) expect(told.tell.length > 0).toBe(waiting.length > 0);
        else {
          expect(told.waiting.every(({ held }) => held)).toBe(true);
          const through = waiting.filter(one => criticalBreaksThrough && isCritical(one.happening));
          expect(told.waiting).toHaveLength(waiting.length - through.length);
          expect(told.tell.length > 0).toBe(through.length > 0);
          // At their end all of it comes in one.
          const end = whatToTell(told.waiting, rule, hours?.to ?? 0);
          expect(end.tell).toHaveLength(1);
          expect(end.waiting).toEqual([]);
        }
      }),
    );
  });

  it('nothing of a sort that is switched off is told or waits', () => {
    fc.assert(
      fc.property(fc.array(happening), quiet, minute, (all, hours, now) => {
        const none = Object.fromEntries(notificationSorts.map(sort => [sort, false])) as NotificationRules['sorts'];
        expect(whatToTell(queue(...all), rules({ quiet: hours, sorts: none }), now)).toEqual({ tell: [], waiting: [] });
      }),
    );
  });
});
