import { FLOOR_TEXT } from '../../../shared/domain/knowledge/index.ts';
import type { Answer } from '../../../shared/domain/knowledge/index.ts';
import { openCatalog } from '../open-catalog.ts';
import { anAddedTenant, aUnit, TENANT } from './units.ts';

/** A process that writes into a profile for ever, and says on a line what is surely written: to be killed in the middle. */
const [, , profile = ''] = process.argv;
const NOW = 1_790_000_000;
const UNITS = 400;
const unitIds = Array.from({ length: UNITS }, (_, index) => `unit-${index}`);

const answerOf = (round: number): Answer => ({
  question: { form: 'search', unitIds, start: FLOOR_TEXT, prefer: 'newest', kind: 'any' },
  askedAt: NOW + round * 600,
  points: unitIds.map(unitId => ({
    unitId,
    id: `${unitId}-${round}`,
    at: NOW + round * 600 - 7_200,
    ticks: 0,
    expiresAt: NOW * 2,
    fast: true,
  })),
  noResultUnitIds: [],
});

const catalog = await openCatalog({ profile, worker: new URL('../worker/main.ts', import.meta.url), now: () => NOW });
await catalog.tenants.add(anAddedTenant());
const plan = {
  id: TENANT,
  tenantId: TENANT,
  name: 'Plan',
  createdAt: NOW,
  createdBy: 'me',
  preference: 'newest',
} as const;
await catalog.plans.create(plan, { type: 'units', unitIds: [] });
for (let round = 1; ; round += 1) {
  const read = await catalog.units.beginRead({ tenantId: TENANT, kind: 'site', at: NOW + round });
  const page = unitIds.map(id => aUnit(id, { name: `${id} in round ${round}` }));
  await catalog.units.putPage(read, page.slice(0, UNITS / 2));
  await catalog.units.putPage(read, page.slice(UNITS / 2));
  await catalog.units.endRead(read);
  const intent = await catalog.intents.append({
    planId: TENANT,
    tenantId: TENANT,
    step: 'round',
    about: `${round}`,
    at: NOW + round,
    facts: null,
  });
  process.stdout.write(`round ${round}\n`);
  await catalog.knowledge.apply({ tenantId: TENANT, answers: [answerOf(round)], now: NOW + round * 600 });
  await catalog.intents.conclude({ intent, outcome: 'done', at: NOW + round, facts: null });
}
