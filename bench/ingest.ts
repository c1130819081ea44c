import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Catalog } from '../main/catalog/index.ts';
import type { Answer } from '../shared/domain/knowledge/index.ts';
import { FLOOR_TEXT } from '../shared/domain/knowledge/index.ts';
import { DAY, HOUR } from '../shared/domain/time.ts';
import { openBare } from './bare-database.ts';
import type { Figures } from './figures.ts';
import { NOW } from './sample-profile.ts';
import type { Sample } from './sample-profile.ts';
import { percentile, timed } from './timing.ts';

const ANSWERS = 10_000;
const UNITS_A_SEARCH = 20;
/** As sync writes them: what a wave of batches brought. */
const SEARCHES_A_CALL = 80;
/** One, as it takes its time; the bare inserts are over at once. */
const ROUNDS = 1;
const BARE_ROUNDS = 5;

const hex = (number: number, digits: number): string => number.toString(16).padStart(digits, '0');

/** Searches for the newest of 10,000 units, each unit with a point that was not known before. */
function answersOf(sample: Sample, round: number): readonly Answer[] {
  const { unitIds } = sample.largest;
  const at = NOW - 12 * HOUR + round * HOUR;
  return Array.from({ length: Math.min(ANSWERS, unitIds.length) / UNITS_A_SEARCH }, (_, search) => {
    const these = unitIds.slice(search * UNITS_A_SEARCH, (search + 1) * UNITS_A_SEARCH);
    return {
      question: { form: 'search', unitIds: these, start: FLOOR_TEXT, prefer: 'newest', kind: 'any' },
      askedAt: at + 2 * HOUR,
      points: these.map((unitId, index) => ({
        unitId,
        id: `${hex(round, 8)}-7c0d-4b1e-8a2f-${hex(search * UNITS_A_SEARCH + index, 12)}`,
        at,
        ticks: 0,
        expiresAt: at + 365 * DAY,
        fast: false,
      })),
      noResultUnitIds: [],
    } satisfies Answer;
  });
}

/** Writing 10,000 answers, what that does to reads and to this thread's own loop meanwhile, and as many bare inserts. */
export async function benchIngest(catalog: Catalog, sample: Sample, figures: Figures): Promise<void> {
  const { tenantId, unitIds } = sample.largest;
  const ingests: number[] = [];
  const reads: number[] = [];
  const oneUnit = unitIds.slice(0, 1);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  for (let round = 0; round < ROUNDS; round += 1) {
    const answers = answersOf(sample, round);
    let isOver = false;
    const reading = (async (): Promise<void> => {
      // One read after another, as a view asks while sync writes.
      while (!isOver) {
        const read = catalog.units.byIds(tenantId, oneUnit);
        reads.push(await timed(() => read));
        await new Promise(resolve => setTimeout(resolve, 5));
      }
    })();
    delay.enable();
    ingests.push(
      await timed(async () => {
        for (let first = 0; first < answers.length; first += SEARCHES_A_CALL)
          await catalog.knowledge.apply({ tenantId, answers: answers.slice(first, first + SEARCHES_A_CALL), now: NOW });
      }),
    );
    delay.disable();
    isOver = true;
    await reading;
  }
  const count = Math.min(ANSWERS, unitIds.length);
  const bare = bareInserts(sample, count);
  figures.add(
    'ingest_10k_answers_ms',
    percentile(ingests, 50),
    `${count} answers about a unit each, judged and written`,
  );
  figures.add('ingest_bare_inserts_ms', bare, `${count} rows like those written, one by one, in one transaction`);
  figures.add('ingest_ratio', percentile(ingests, 50) / bare, 'the one over the other');
  figures.add(
    'read_while_ingesting_p95_ms',
    percentile(reads, 95),
    `${reads.length} reads of a unit while answers are written`,
  );
  figures.add(
    'main_loop_delay_p99_ms',
    delay.percentile(99) / 1e6,
    'delay of this event loop while answers are written',
  );
  figures.add('main_loop_delay_max_ms', delay.max / 1e6, 'the same, at most');
}

function bareInserts(sample: Sample, count: number): number {
  const db = openBare(sample.cachePath);
  try {
    const keys = db.prepare<[number], { key: number }>('SELECT key FROM unit ORDER BY key LIMIT ?').all(count);
    db.exec(
      'CREATE TABLE bare_know AS SELECT * FROM know LIMIT 0; CREATE UNIQUE INDEX bare_key ON bare_know (unit, t, id)',
    );
    const insert = db.prepare(
      'INSERT INTO bare_know (unit, t, id, exp, any_to, fast_to, flags, seen) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    );
    const times: number[] = [];
    for (let round = 0; round < BARE_ROUNDS; round += 1) {
      const at = NOW - 12 * HOUR + round * HOUR;
      const id = Buffer.alloc(17, round);
      const begun = performance.now();
      db.exec('BEGIN');
      for (const { key } of keys) insert.run(key, at, id, at + DAY, at + HOUR, at, 0, at);
      db.exec('COMMIT');
      times.push(performance.now() - begun);
    }
    return percentile(times, 50);
  } finally {
    db.exec('DROP TABLE IF EXISTS bare_know');
    db.close();
  }
}
