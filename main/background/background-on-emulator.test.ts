import { afterEach, describe, expect, it } from 'vitest';
import { AppFailure } from '../../shared/contract/errors.ts';
import { seededRandom } from '../../shared/testing/seeded-random.ts';
import { DAY, HOUR, MINUTE, WEEK } from '../../shared/domain/time.ts';
import { type EmulatorProcess, startEmulatorProcess } from '../testing/emulator-process.ts';
import { backgroundOnEmulator, type BackgroundOnEmulator } from './testing/background-on-emulator.ts';

const settings = { on: true, questionsADay: 100, landmarks: true };
/** Always the same world. */
const NOW = '2026-03-06T12:00:00Z';

interface Search {
  readonly protectionUnitIds: readonly string[];
  readonly protectionTimePeriod?: { readonly endDateTime?: string };
}

/** The searches of a `$batch`, by the units and the end that they ask about. */
function searchesIn(path: string, body: string): Search[] {
  if (!path.endsWith('/$batch')) return [];
  const { requests } = JSON.parse(body) as { requests: { url: string; body?: Search }[] };
  return requests.flatMap(({ url, body: search }) =>
    url.endsWith('/restorePoints/search') && search !== undefined ? [search] : [],
  );
}

describe('the background sync', () => {
  let emulator: EmulatorProcess;
  let console_: BackgroundOnEmulator | undefined;
  afterEach(async () => {
    await console_?.close();
    await emulator.stop();
  });

  it(
    'makes a week later most incident times exact or close, offline, and asks nothing twice',
    { timeout: 180_000 },
    async () => {
      emulator = await startEmulatorProcess('--units', '40', '--tenants', '1', '--seed', '11', '--now', NOW);
      const askedBefore = new Map<string, number>();
      const heads = new Map<string, number[]>();
      const started = await backgroundOnEmulator(emulator, settings, {
        onRequest: (path, body) => {
          for (const { protectionTimePeriod, protectionUnitIds } of searchesIn(path, body)) {
            const end = protectionTimePeriod?.endDateTime;
            for (const unitId of protectionUnitIds) {
              if (end === undefined) heads.set(unitId, [...(heads.get(unitId) ?? []), started.world.timing.now()]);
              else askedBefore.set(`${unitId} ${end}`, (askedBefore.get(`${unitId} ${end}`) ?? 0) + 1);
            }
          }
        },
      });
      console_ = started;
      const { background, live, world } = started;
      const { catalog, tenantId } = world;
      const begunAt = world.timing.now();
      const perDay: number[] = [];
      for (let day = 0; day < 7; day += 1) {
        await live(DAY);
        const [tenant] = (await background.state()).tenants;
        perDay.push(tenant?.questionsToday ?? 0);
        expect(tenant?.pause).toBeUndefined();
      }
      const now = world.clocks.now(tenantId);
      expect(now - begunAt).toBeGreaterThanOrEqual(WEEK - HOUR);
      for (const questions of perDay) expect(questions).toBeLessThanOrEqual(settings.questionsADay);

      // Nothing twice: a bound is asked again only where a day's has become a week's, and a newest point not within its interval.
      const monday = (end: string): boolean => new Date(Math.ceil(Date.parse(end) / 1_000) * 1_000).getUTCDay() === 1;
      for (const [question, times] of askedBefore) {
        const end = question.split(' ')[1] ?? '';
        expect(times, question).toBeLessThanOrEqual(monday(end) ? 2 : 1);
      }
      for (const times of heads.values())
        for (const [index, at] of times.slice(1).entries())
          expect(at - (times[index] ?? 0)).toBeGreaterThanOrEqual(600);
      const { landmarksAsked } = (await background.state()).tenants[0] ?? { landmarksAsked: 0 };
      expect(landmarksAsked).toBeGreaterThanOrEqual(14 + 50);

      // Offline: from the catalog alone, against the whole truth of the emulator.
      await background.stop();
      const unitIds = await world.unitIds();
      const random = seededRandom(5);
      const judged = async (oldest: number, closeWithin: number) => {
        const count = { exact: 0, close: 0, wrong: 0, all: 0 };
        for (let turn = 0; turn < 12; turn += 1) {
          const before = random.int(now - oldest, now - 2 * HOUR);
          const some = [random.pick(unitIds), random.pick(unitIds), random.pick(unitIds), random.pick(unitIds)];
          const answers = await catalog.knowledge.newestBefore({
            tenantId,
            unitIds: [...new Set(some)],
            incidentAt: before,
            now,
          });
          for (const { any, unitId } of answers) {
            const truth = await newestOf(emulator, tenantId, unitId, before, now);
            count.all += 1;
            if (any.is === 'exact') {
              if (any.point.at === truth) count.exact += 1;
              else count.wrong += 1;
            } else if (any.is === 'none') {
              if (truth === undefined) count.exact += 1;
              else count.wrong += 1;
            } else if (any.is === 'atLeast' && truth !== undefined && truth - any.point.at <= closeWithin)
              count.close += 1;
          }
        }
        return { ...count, share: (count.exact + count.close) / count.all };
      };
      const week = await judged(WEEK, 2 * HOUR);
      const fortnight = await judged(13 * DAY, DAY);
      const year = await judged(50 * WEEK, WEEK);
      console.log(
        `exact or close, of random units and times: week ${said(week)}; fortnight ${said(fortnight)}; year ${said(year)}`,
      );
      for (const { share, wrong } of [week, fortnight, year]) {
        expect(wrong).toBe(0);
        expect(share).toBeGreaterThanOrEqual(0.9);
      }
    },
  );

  it(
    'fills what can be filled where one tenant is throttled, one has no consent and one is locked',
    { timeout: 120_000 },
    async () => {
      emulator = await startEmulatorProcess('--units', '450', '--tenants', '4', '--seed', '12', '--now', NOW);
      const customers = emulator.ready.tenants.filter(({ role }) => role === 'customer');
      const [throttled, unconsented, locked, plain] = customers.map(({ id }) => id);
      if (throttled === undefined || unconsented === undefined || locked === undefined || plain === undefined)
        throw new Error('The emulator has too few tenants.');
      await emulator.control('PATCH', `/tenants/${throttled}`, { throttle: { questions: 0, seconds: 600 } });
      await emulator.control('PATCH', `/tenants/${locked}`, {
        serviceStatus: { status: 'restoreLocked', disableReason: 'invalidBillingProfile' },
      });
      const started = await backgroundOnEmulator(
        emulator,
        { ...settings, questionsADay: 300 },
        { refusedTenants: [unconsented] },
      );
      console_ = started;
      const { background, live, world } = started;
      for (const { displayName, domain, id } of customers)
        if (id !== world.tenantId)
          await world.catalog.tenants.add({ id, displayName, domain, addedAt: world.timing.now() });
      await live(HOUR);
      const of = new Map((await background.state()).tenants.map(tenant => [tenant.tenantId, tenant]));
      expect(of.get(plain)).toMatchObject({ isFilled: true });
      expect(of.get(plain)?.pause).toBeUndefined();
      expect(of.get(locked)).toMatchObject({ isFilled: true });
      expect(of.get(locked)?.pause).toBeUndefined();
      expect(of.get(throttled)).toMatchObject({ isFilled: false, questionsToday: 0, pause: { why: 'throttled' } });
      expect(of.get(unconsented)).toMatchObject({
        isFilled: false,
        pause: { why: 'failed', error: { code: 'CONSENT_MISSING' } },
      });

      // Its reads go on as soon as the service lets them.
      await emulator.control('PATCH', `/tenants/${throttled}`, { throttle: null });
      await live(2 * HOUR);
      expect((await background.state()).tenants.find(({ tenantId }) => tenantId === throttled)).toMatchObject({
        isFilled: true,
      });
      // What it has asked today outlives the process: the budget is in the catalog.
      const before = (await world.catalog.background.list()).find(({ tenantId }) => tenantId === plain);
      expect(before?.spent?.questions).toBeGreaterThan(0);
    },
  );

  it(
    'keeps what it has learnt where the network goes in the middle of a turn, and asks for the rest alone when it is back',
    { timeout: 120_000 },
    async () => {
      emulator = await startEmulatorProcess('--units', '900', '--tenants', '1', '--seed', '14', '--now', NOW);
      let isReachable = true;
      let searches = 0;
      const asked = new Map<string, number>();
      const started = await backgroundOnEmulator(emulator, settings, {
        isReachable: () => isReachable,
        onRequest: (path, body) => {
          const batch = searchesIn(path, body).filter(
            ({ protectionTimePeriod }) => protectionTimePeriod?.endDateTime === undefined,
          );
          if (batch.length === 0) return;
          searches += 1;
          for (const unitId of batch.flatMap(({ protectionUnitIds }) => protectionUnitIds))
            asked.set(unitId, (asked.get(unitId) ?? 0) + 1);
        },
        onEvent: event => {
          // After the first answers, before the next questions.
          if (event.type === 'askProgressed' && event.progress.questions > 0 && searches === 1) isReachable = false;
        },
      });
      console_ = started;
      const { background, live, world } = started;
      await live(MINUTE);
      expect(isReachable).toBe(false);
      await world.connectivity.tryNow();
      const offline = await background.state();
      expect(offline).toMatchObject({ is: 'offline', tenants: [{ isFilled: false, isRunning: false }] });
      const learnt = asked.size;
      expect(learnt).toBeGreaterThan(0);
      expect(learnt).toBeLessThan(900);
      await live(MINUTE);
      expect(asked.size).toBe(learnt);

      isReachable = true;
      searches = 2;
      expect(await world.connectivity.tryNow()).toEqual({ state: 'online' });
      expect((await background.state()).tenants[0]?.pause).toBeUndefined();
      await live(MINUTE);
      expect((await background.state()).tenants).toMatchObject([{ isFilled: true }]);
      expect(asked.size).toBe(900);
      expect(Math.max(...asked.values())).toBe(1);
    },
  );

  it('ends in a tenant at once where a technician syncs it, keeps what it has learnt, and the sync asks for the rest alone', async () => {
    emulator = await startEmulatorProcess('--units', '900', '--tenants', '1', '--seed', '13', '--now', NOW);
    const started = await backgroundOnEmulator(emulator, settings);
    console_ = started;
    const { sync, tenantId } = started.world;
    let counted = 0;
    const allowance = {
      take: async (questions: number) => {
        counted += questions;
        return questions;
      },
    };
    const begun = Promise.withResolvers<void>();
    const turn = sync.inBackground(tenantId, { signal: new AbortController().signal, allowance }, async tools => {
      await tools.read();
      const unitIds = (await started.world.unitIds()).slice(0, 400);
      await tools.ask({ type: 'heads', units: { type: 'these', unitIds }, fast: false });
      begun.resolve();
      // Longer than anybody would wait.
      await new Promise((_, reject) => {
        tools.signal.addEventListener('abort', () => reject(new AppFailure({ code: 'ABORTED' })));
      });
    });
    const ended = expect(turn).rejects.toMatchObject({ error: { code: 'ABORTED' } });
    await begun.promise;
    expect(counted).toBe(20);
    const { questions, units } = await sync.syncTenant(tenantId, { evenIfFresh: false });
    await ended;
    expect({ questions, units }).toEqual({ questions: 25, units: 900 });
    // A technician's questions count, too.
    expect((await started.background.state()).tenants).toMatchObject([{ questionsToday: 25 }]);
  });
});

/** The newest living and told point strictly before a second; `undefined` where there is none. */
async function newestOf(
  emulator: EmulatorProcess,
  tenantId: string,
  unitId: string,
  before: number,
  now: number,
): Promise<number | undefined> {
  for (const days of [2, 15, 400]) {
    const from = new Date((before - days * DAY) * 1_000).toISOString();
    const query = new URLSearchParams({ tenantId, unitId, from, to: new Date(before * 1_000).toISOString() });
    const { value } = await emulator.control<{
      value: { protectionDateTime: string; expirationDateTime: string; visibleDateTime: string }[];
    }>('GET', `/points?${query.toString()}`);
    const times = value
      .filter(
        point => Date.parse(point.expirationDateTime) > now * 1_000 && Date.parse(point.visibleDateTime) <= now * 1_000,
      )
      .map(point => Math.floor(Date.parse(point.protectionDateTime) / 1_000))
      .filter(at => at < before);
    if (times.length > 0) return Math.max(...times);
  }
  return undefined;
}

const said = ({ all, close, exact, share }: { all: number; close: number; exact: number; share: number }): string =>
  `${Math.round(share * 100)} % (${exact} exact, ${close} close, of ${all})`;
