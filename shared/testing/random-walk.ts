import {
  FLOOR_TEXT,
  settlingSeconds,
  toInstantText,
  TICKS_A_SECOND,
  verdictOfOwner,
} from '../domain/knowledge/index.ts';
import type { Certainty, Instant, PointKind, Question } from '../domain/knowledge/index.ts';
import {
  afterRound,
  afterWindowRound,
  nextRound,
  nextWindowRound,
  startAsking,
  startWindow,
} from '../domain/planner/index.ts';
import type { Want } from '../domain/planner/index.ts';
import { DAY, HOUR, MINUTE } from '../domain/time.ts';
import type { UtcSeconds } from '../domain/time.ts';
import { MemoryCatalog } from './memory-catalog.ts';
import { seededRandom } from './seeded-random.ts';
import type { SeededRandom } from './seeded-random.ts';
import { ServiceModel } from './service-model.ts';
import type { ServiceHabits, TruePoint } from './service-model.ts';
import { TruthOracle } from './truth-oracle.ts';

const START: UtcSeconds = 1_790_000_000;

/** A wrong claim, with all that is needed to see it again. */
class WrongClaim extends Error {}

interface Unit {
  readonly id: string;
  /** Seconds between its points; now and then many come at once, or none for long. */
  readonly cadence: number;
  readonly fastShare: number;
  retention: number;
  protectedFrom: UtcSeconds;
  protectedTo: UtcSeconds;
  /** When its next point is taken. */
  nextAt: UtcSeconds;
}

/**
 * A service with random habits and histories, a client with a wrong clock, and a catalog between them; after each step what the
 * catalog claims is held against the whole truth. The truth is taken from the model's own points by filtering all of them.
 */
export class RandomWalk {
  readonly #seed: number;
  readonly #random: SeededRandom;
  readonly #habits: ServiceHabits;
  readonly #service: ServiceModel;
  readonly #catalog = new MemoryCatalog();
  /** Each owner's units: more than one after a removal and a new protection. */
  readonly #owners: Unit[][] = [];
  readonly #oracle: TruthOracle;
  readonly #clientSkew: number;
  readonly #wholeSeconds: boolean;
  #offset: number;
  #step = 0;
  /** How often each claim was made: a walk that claims nothing proves nothing. */
  readonly claims = { exact: 0, atLeast: 0, none: 0, notAsked: 0, shownAt: 0 };

  constructor(seed: number) {
    this.#seed = seed;
    this.#random = seededRandom(seed * 2_654_435_761 + 17);
    const random = this.#random;
    this.#habits = {
      closedEnd: random.chance(0.5),
      closedStart: random.chance(0.5),
      fivePointsInAll: random.chance(0.25),
      listLimitsFirst: random.chance(0.5),
      roundTrip: random.int(0, 4),
    };
    this.#wholeSeconds = random.chance(0.3);
    this.#service = new ServiceModel(START, this.#habits, random);
    this.#oracle = new TruthOracle(this.#service);
    this.#clientSkew = random.chance(0.5) ? 0 : random.int(-3 * HOUR, 3 * HOUR);
    this.#offset = 0;
    const owners = random.int(1, 8);
    for (let owner = 0; owner < owners; owner += 1) {
      const unit = this.#makeUnit(`unit-${owner}`, START - random.int(HOUR, DAY));
      this.#owners.push([unit]);
      this.#grow(unit, START);
    }
    // The first request of a client is for the units; from its Date header it learns the service's time.
    this.#learnTime(START);
  }

  /** Runs some steps and returns how many it made. */
  run(steps: number): number {
    const end = this.#step + steps;
    while (this.#step < end) {
      this.#step += 1;
      this.#takeStep();
    }
    return steps;
  }

  #takeStep(): void {
    const random = this.#random;
    const what = random.next();
    if (what < 0.42) this.#check(this.#anyUnit(), random.pick(['any', 'fast']), this.#someTime());
    else if (what < 0.47) this.#checkOwner(random.pick(this.#owners), random.pick(['any', 'fast']), this.#someTime());
    else if (what < 0.52) this.#checkNow(this.#anyUnit(), random.pick(['any', 'fast']));
    else if (what < 0.57) this.#checkSpans(this.#anyUnit(), random.pick(['any', 'fast']));
    else if (what < 0.76) this.#ask(this.#someQuestion());
    else if (what < 0.84) this.#plan();
    else if (what < 0.86) this.#window();
    else if (what < 0.97) this.#advance(random.pick([1, 30, 5 * MINUTE, 10 * MINUTE, 40 * MINUTE, 2 * HOUR]));
    else if (what < 0.99) this.#changePolicy();
    else this.#protectAgain();
  }

  // --- the world

  #makeUnit(id: string, from: UtcSeconds): Unit {
    const random = this.#random;
    return {
      id,
      cadence: random.pick([10 * MINUTE, 10 * MINUTE, 30 * MINUTE, 3 * HOUR, 2 * DAY]),
      fastShare: random.pick([0, 0.2, 0.6]),
      retention: random.pick([90 * MINUTE, 8 * HOUR, DAY, 30 * DAY]),
      protectedFrom: from,
      protectedTo: Infinity,
      nextAt: from + random.int(1, HOUR),
    };
  }

  /** Takes the unit's points up to a time, that second included. */
  #grow(unit: Unit, to: UtcSeconds): void {
    const random = this.#random;
    while (unit.nextAt <= Math.min(to, unit.protectedTo)) {
      const at = unit.nextAt;
      // Bursts within a few seconds, gaps of hours, else the cadence with some scatter.
      const shape = random.next();
      const pause =
        shape < 0.12
          ? random.int(0, 1)
          : shape < 0.17
            ? random.int(HOUR, 5 * HOUR)
            : unit.cadence + random.int(-30, 30);
      unit.nextAt = at + pause;
      const settling = settlingSeconds(this.#catalog.traits, 'any');
      const tagSettling = settlingSeconds(this.#catalog.traits, 'fast');
      const late = random.chance(0.6) ? random.int(0, 60) : random.chance(0.3) ? settling : random.int(0, settling);
      const isFast = random.chance(unit.fastShare);
      const tagLate = isFast
        ? random.chance(0.5)
          ? late
          : random.chance(0.3)
            ? tagSettling
            : random.int(late, tagSettling)
        : Infinity;
      const ticks = this.#wholeSeconds || random.chance(0.3) ? 0 : random.pick([1, 5_000_000, TICKS_A_SECOND - 2]);
      this.#service.addPoint(unit.id, { at, ticks }, unit.retention, late, tagLate, random.pick([0, HOUR, DAY]));
    }
  }

  #advance(seconds: number): void {
    const from = this.#service.now;
    for (const unit of this.#owners.flat()) this.#grow(unit, from + seconds);
    this.#service.now = from + seconds;
  }

  #changePolicy(): void {
    const unit = this.#anyUnit();
    unit.retention = this.#random.pick([90 * MINUTE, 8 * HOUR, DAY, 30 * DAY]);
    this.#service.setRetention(unit.id, unit.retention);
    this.#catalog.setRetention(unit.id, unit.retention);
    // Two answers a second apart can be in the wrong order by their round trips; what lies between them must not be a whole policy.
    this.#advance(10);
  }

  #protectAgain(): void {
    const units = this.#random.pick(this.#owners);
    const last = units.at(-1);
    if (last === undefined || units.length > 2) return;
    last.protectedTo = this.#service.now;
    units.push(this.#makeUnit(`${last.id}+`, this.#service.now));
  }

  #anyUnit(): Unit {
    return this.#random.pick(this.#random.pick(this.#owners));
  }

  // --- the client

  #learnTime(date: UtcSeconds): void {
    this.#offset = date - (this.#service.now + this.#clientSkew);
  }

  /** The client's idea of service time: its own wrong clock and the offset learnt. */
  #now(): UtcSeconds {
    return this.#service.now + this.#clientSkew + this.#offset;
  }

  #ask(question: Question): ReturnType<ServiceModel['ask']>['answer'] {
    const served = this.#service.ask(question);
    for (const unit of this.#owners.flat()) this.#grow(unit, this.#service.now);
    this.#learnTime(served.date);
    this.#oracle.noteLook(served);
    this.#catalog.apply(served.answer, this.#now());
    if (this.#catalog.traits.settlingDoublings + this.#catalog.traits.fastSettlingDoublings > 0) {
      this.#fail(`the self-check found a point too late, but none was: ${JSON.stringify(served)}`);
    }
    if (this.#catalog.traits.closedEnd && !this.#habits.closedEnd) this.#fail('an open end was taken for closed');
    return served.answer;
  }

  #someTime(): UtcSeconds {
    const random = this.#random;
    const { now, points } = this.#service;
    const settling = settlingSeconds(this.#catalog.traits, random.pick(['any', 'fast']));
    switch (random.int(0, 9)) {
      case 0:
        return now - random.int(0, 2 * DAY);
      case 1:
        return now - settling + random.int(-5, 5);
      case 2:
        return now + random.pick([-3, -1, 0, 1, DAY]);
      case 3:
        return START - 10 * DAY;
      default: {
        if (points.length === 0) return now;
        return random.pick(points).at + random.int(-1, 2);
      }
    }
  }

  #someInstant(): Instant {
    return { at: this.#someTime(), ticks: this.#random.pick([0, 0, 1, 5_000_000]) };
  }

  #someQuestion(): Question {
    const random = this.#random;
    const what = random.next();
    if (what < 0.35) return { form: 'list', unitId: this.#anyUnit().id, before: toInstantText(this.#someInstant()) };
    const unitIds = [...new Set(Array.from({ length: random.int(1, 4) }, () => this.#anyUnit().id))];
    const kind: PointKind = random.pick(['any', 'any', 'fast']);
    const start = random.chance(0.6) ? FLOOR_TEXT : toInstantText(this.#someInstant());
    const end = random.chance(0.4) ? {} : { end: toInstantText(this.#someInstant()) };
    const prefer = random.pick(['newest', 'newest', 'oldest'] as const);
    const mail = what > 0.95 ? { hasArtifactQuery: true } : {};
    return { form: 'search', unitIds, start, ...end, prefer, kind, ...mail };
  }

  // --- the planner

  #plan(): void {
    const random = this.#random;
    const units = this.#owners.flat().filter(() => random.chance(0.7));
    const oneTime = random.chance(0.5) ? this.#someTime() : undefined;
    const kind: PointKind = random.pick(['any', 'fast']);
    const wants: Want[] = units.flatMap(unit =>
      Array.from({ length: oneTime === undefined ? random.int(1, 2) : 1 }, (): Want => {
        if (oneTime !== undefined) return { unitId: unit.id, kind, before: oneTime };
        const own = random.pick(['any', 'fast'] as const);
        return random.chance(0.3)
          ? { unitId: unit.id, kind: own }
          : { unitId: unit.id, kind: own, before: this.#someTime() };
      }),
    );
    let asking = startAsking(wants);
    for (let rounds = 0; ; rounds += 1) {
      if (rounds > 40) this.#fail(`planning does not end: ${JSON.stringify(asking)}`);
      const now = this.#now();
      const { traits } = this.#catalog;
      const open = asking.wants.filter(
        (want, index) => asking.standings[index]?.state === 'open' && !this.#catalog.view(now)(want).settled,
      );
      const round = nextRound(asking, this.#catalog.view(now), traits, now);
      if (round.questions.length === 0) {
        asking = round.asking;
        break;
      }
      if (rounds === 0 && oneTime !== undefined) {
        const least = Math.ceil(open.length / (traits.answersPerSearch ?? 20));
        if (round.questions.length !== least)
          this.#fail(`${round.questions.length} questions for ${open.length} units at one time`);
      }
      for (const { question, wants: places } of round.questions) {
        const unitIds = question.form === 'list' ? [question.unitId] : question.unitIds;
        for (const unitId of unitIds) {
          const isOpen = places.some(place => {
            const want = wants[place];
            return want?.unitId === unitId && !this.#catalog.view(now)(want).settled;
          });
          if (!isOpen) this.#fail(`asked what is known: ${JSON.stringify(question)}`);
        }
      }
      asking = afterRound(
        round,
        round.questions.map(({ question }) => this.#ask(question)),
      );
    }
    const now = this.#now();
    for (const [index, want] of wants.entries()) {
      const before = want.before ?? Infinity;
      this.#judge(want.unitId, want.kind, before);
      const { settled, verdict } = this.#catalog.view(now)(want);
      // What was settled when its round began may have aged beyond a cadence since.
      if (settled || asking.standings[index]?.state === 'settled' || this.#isExpiringAround(want.unitId)) continue;
      this.#fail('a want is left open', { now, want, verdict, standing: asking.standings[index] }, [want.unitId]);
    }
  }

  /** A point at its very expiry is shown by the service and counts as expired for us; no asking settles that until it is gone. */
  #isExpiringAround(unitId: string): boolean {
    return this.#service.points.some(
      point => point.unitId === unitId && Math.abs(point.expiresAt - this.#service.now) < 4 * MINUTE,
    );
  }

  #window(): void {
    const random = this.#random;
    const unit = this.#anyUnit();
    const to = Math.min(this.#someTime(), this.#service.now);
    const window = { from: to - random.pick([HOUR, 6 * HOUR, DAY]), to };
    const proven = this.#catalog.spans(unit.id, 'any', window, this.#now()).filter(span => span.state === 'proven');
    const options = random.chance(0.5) ? { spacing: unit.cadence } : {};
    const settled = this.#now() - settlingSeconds(this.#catalog.traits, 'any') - 1;
    let asking = startWindow(unit.id, window, proven, { ...options, inOneRound: random.chance(0.3) });
    for (let rounds = 0; ; rounds += 1) {
      if (rounds > 600)
        this.#fail(`a window's asking does not end: ${JSON.stringify({ ...asking, tops: [...asking.tops] })}`);
      const round = nextWindowRound(asking, this.#catalog.traits);
      if (round.questions.length === 0) break;
      asking = afterWindowRound(
        round,
        round.questions.map(({ question }) => this.#ask(question)),
      );
    }
    // Every living point of the window that had settled when the asking began is known now.
    const known = new Set(this.#catalog.rowsOf(unit.id).map(row => row.id));
    const missing = this.#service
      .truth(unit.id, 'any', Math.min(window.to, settled))
      .filter(point => point.at >= window.from && !known.has(point.id) && !this.#isHiddenTwin(point));
    if (missing.length > 0) this.#fail(`a window misses points: ${JSON.stringify({ missing, window })}`);
    this.#checkSpans(unit, 'any');
  }

  /** Points of one second may hide behind each other where a list tells fewer than five; that second then stays unproven. */
  #isHiddenTwin(point: TruePoint): boolean {
    return this.#service.points.some(
      other => other !== point && other.unitId === point.unitId && Math.abs(other.at - point.at) <= 1,
    );
  }

  // --- the claims

  #check(unit: Unit, kind: PointKind, before: UtcSeconds): void {
    this.#judge(unit.id, kind, before);
  }

  #judge(unitId: string, kind: PointKind, before: UtcSeconds): void {
    const { verdict } = this.#catalog.assess(unitId, kind, before, this.#now());
    this.claims[verdict.certainty] += 1;
    this.#holdAgainst(verdict, [unitId], kind, before);
  }

  #checkOwner(units: readonly Unit[], kind: PointKind, before: UtcSeconds): void {
    const verdicts = units.map(unit => ({
      unitId: unit.id,
      verdict: this.#catalog.assess(unit.id, kind, before, this.#now()).verdict,
    }));
    const { verdict } = verdictOfOwner(verdicts, before);
    if (units.length > 1 && verdict.certainty === 'shownAt') return;
    this.#holdAgainst(
      verdict,
      units.map(unit => unit.id),
      kind,
      before,
    );
  }

  #holdAgainst(verdict: Certainty, unitIds: readonly string[], kind: PointKind, before: UtcSeconds): void {
    const claim = { verdict, unitIds, kind, before, now: this.#now() };
    const fault = this.#oracle.faultOf(claim);
    if (fault !== undefined)
      this.#fail(fault, { ...claim, truth: unitIds.map(id => this.#service.truth(id, kind, before)[0]) }, unitIds);
  }

  #checkNow(unit: Unit, kind: PointKind): void {
    const said = this.#catalog.newestNow(unit.id, kind, this.#now());
    const fault = this.#oracle.faultOfNow(said, unit.id, kind, this.#now());
    if (fault !== undefined) this.#fail(fault, { said, kind }, [unit.id]);
  }

  #checkSpans(unit: Unit, kind: PointKind): void {
    const to = this.#someTime();
    const window = { from: to - this.#random.pick([HOUR, DAY]), to };
    const spans = this.#catalog.spans(unit.id, kind, window, this.#now());
    const truth = this.#service.truth(unit.id, kind, Infinity);
    const rows = this.#catalog.rowsOf(unit.id);
    let at = window.from;
    for (const span of spans) {
      if (span.from !== at) this.#fail(`spans leave a gap at ${at}`);
      at = span.to;
      const really = truth.filter(point => point.at >= span.from && point.at < span.to);
      if (span.points > really.length) this.#fail(`a span counts more points than there are: ${JSON.stringify(span)}`);
      if (span.state !== 'proven') continue;
      const known = new Set(rows.filter(row => kind === 'any' || row.fast).map(row => row.id));
      const missing = really.filter(point => !known.has(point.id));
      if (missing.length > 0)
        this.#fail(`a proven span misses points: ${JSON.stringify({ span, missing, kind, rows })}`);
    }
    if (at !== window.to) this.#fail('spans end before the window');
  }

  #fail(why: string, facts: object = {}, unitIds: readonly string[] = []): never {
    const knowledge = unitIds.map(id => ({ id, rows: this.#catalog.rowsOf(id), shown: this.#catalog.shownOf(id) }));
    throw new WrongClaim(
      `${why} (seed ${this.#seed}, step ${this.#step})\n${JSON.stringify({ facts, serviceTime: this.#service.now, habits: this.#habits, knowledge })}`,
    );
  }
}
