import type { Catalog, UnitCertainty } from '../main/catalog/index.ts';
import { DAY, HOUR } from '../shared/domain/time.ts';
import type { BareDatabase } from './bare-database.ts';
import { openBare } from './bare-database.ts';
import type { Figures } from './figures.ts';
import { NOW } from './sample-profile.ts';
import type { Sample } from './sample-profile.ts';
import { alternately, median } from './timing.ts';

const WANTED = 10_000;
const UNITS_A_CALL = 1_000;
const RUNS = 7;

/** Every so-manieth of the units, in no order that the file has. */
function someUnits(unitIds: readonly string[], count: number): readonly string[] {
  const step = Math.max(1, Math.floor(unitIds.length / count));
  return unitIds
    .filter((_, index) => index % step === 0)
    .slice(0, count)
    .toSorted();
}

/** The rows at which the verdict of most units is clear: the newest before T, of any points and of fast ones. */
const bareJoin = `
  SELECT w.value, k.t, k.id, k.exp, k.any_to, k.flags, f.t, f.id, f.exp, f.fast_to
  FROM json_each(?2) w CROSS JOIN unit u ON u.tenant = ?1 AND u.id = w.value
  LEFT JOIN know k ON k.unit = u.key AND k.t = (SELECT max(t) FROM know WHERE unit = u.key AND t < ?3)
  LEFT JOIN know f ON f.unit = u.key AND u.kind <> 'mailbox'
    AND f.t = (SELECT max(t) FROM know INDEXED BY know_fast WHERE unit = u.key AND flags & 1 AND t < ?3)`;

function bareNewestBefore(
  db: BareDatabase,
  tenant: number,
  unitIds: readonly string[],
  incidentAt: number,
): () => number {
  const statement = db.prepare(bareJoin).raw();
  const list = JSON.stringify(unitIds);
  // The driver takes `?1` by its name.
  return () => statement.all({ 1: tenant, 2: list, 3: incidentAt }).length;
}

/** As the wizard asks: the newest point before an incident for each of 10,000 units, of any kind and fast, with its certainty. */
export async function benchNewestBefore(catalog: Catalog, sample: Sample, figures: Figures): Promise<void> {
  const { tenantId } = sample.largest;
  const unitIds = someUnits(sample.largest.unitIds, WANTED);
  const incidentAt = NOW - DAY - 24 * HOUR - 1_000;
  const ask = async (): Promise<UnitCertainty[]> => {
    const found: UnitCertainty[] = [];
    for (let first = 0; first < unitIds.length; first += UNITS_A_CALL) {
      const these = unitIds.slice(first, first + UNITS_A_CALL);
      found.push(...(await catalog.knowledge.newestBefore({ tenantId, unitIds: these, incidentAt, now: NOW })));
    }
    return found;
  };
  const db = openBare(sample.cachePath);
  try {
    const tenant = db.prepare<[string], { key: number }>('SELECT key FROM tenant WHERE id = ?').get(tenantId)?.key ?? 0;
    const bare = bareNewestBefore(db, tenant, unitIds, incidentAt);
    const answers = await ask();
    if (answers.length !== unitIds.length || bare() !== unitIds.length)
      throw new Error('Not every unit was answered for');
    const times = await alternately(RUNS, ask, bare);
    figures.add(
      'newest_before_10k_units_ms',
      median(times.ours),
      `newest before T with certainty, any and fast, of ${unitIds.length} of ${sample.units} units, over the worker's line`,
    );
    figures.add(
      'newest_before_bare_join_ms',
      median(times.bare),
      'the deciding rows of the same units by one joined statement, in this thread, without a verdict',
    );
    figures.add('newest_before_ratio', median(times.ours) / median(times.bare), 'the one over the other');
    figures.add(
      'newest_before_exact_share',
      answers.filter(each => each.any.is === 'exact').length / answers.length,
      'share of the verdicts that are exact',
    );
  } finally {
    db.close();
  }
}
