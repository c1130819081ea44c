import type { Intent, NewIntent, NewOutcome, Outcome } from '../api/intents.ts';
import type { WritableDb } from '../worker/database.ts';
import { toFacts, toJson } from './columns.ts';

interface IntentRow {
  readonly seq: number;
  readonly outcomeOf: number | null;
  readonly tenantId: string;
  readonly planId: string;
  readonly step: string;
  readonly about: string;
  readonly at: number;
  readonly facts: string;
}

const SELECT =
  'SELECT seq, outcome_of AS outcomeOf, tenant AS tenantId, plan AS planId, step, about, at, facts FROM intent';

const outcomes: readonly string[] = ['done', 'refused', 'unknown', 'undone'] satisfies NewOutcome['outcome'][];
const isOutcome = (word: string): word is NewOutcome['outcome'] => outcomes.includes(word);

const toIntents = (rows: readonly IntentRow[]): Intent[] => {
  const intents = new Map<number, Omit<Intent, 'outcomes'> & { outcomes: Outcome[] }>();
  for (const row of rows) {
    if (row.outcomeOf === null) {
      const { seq, planId, tenantId, step, about, at } = row;
      intents.set(seq, { seq, planId, tenantId, step, about, at, facts: toFacts(row.facts), outcomes: [] });
    } else if (isOutcome(row.step)) {
      intents.get(row.outcomeOf)?.outcomes.push({
        seq: row.seq,
        intent: row.outcomeOf,
        outcome: row.step,
        at: row.at,
        facts: toFacts(row.facts),
      });
    }
  }
  return [...intents.values()];
};

/** `intent` of `work`: what was about to be done, and what came of it. Rows are added, never changed. */
export const intentsRepository = (db: WritableDb) => {
  const insert = db.write<[string, string, string, string, number, string]>(
    'INSERT INTO intent (tenant, plan, step, about, at, facts) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const conclude = db.write<[string, number, string, number]>(`
    INSERT INTO intent (outcome_of, tenant, plan, step, about, at, facts)
    SELECT seq, tenant, plan, ?1, about, ?2, ?3 FROM intent WHERE seq = ?4 AND outcome_of IS NULL`);
  const ofPlan = db.read<[string], IntentRow>(`${SELECT} WHERE plan = ? ORDER BY seq`);
  const unfinished = db.read<[], IntentRow>(`
    WITH open AS (
      SELECT i.seq FROM intent i WHERE i.outcome_of IS NULL
        AND coalesce((SELECT o.step FROM intent o WHERE o.outcome_of = i.seq ORDER BY o.seq DESC LIMIT 1), 'unknown') = 'unknown')
    ${SELECT} WHERE seq IN (SELECT seq FROM open) OR outcome_of IN (SELECT seq FROM open) ORDER BY seq`);
  const planOf = db.read<[number], { planId: string }>('SELECT plan AS planId FROM intent WHERE seq = ?');

  return {
    append: (intent: NewIntent): number =>
      insert.run(intent.tenantId, intent.planId, intent.step, intent.about, intent.at, toJson(intent.facts))
        .lastInsertRowid,
    /** @throws RangeError where there is no such intent */
    conclude: (outcome: NewOutcome) => {
      const { changes } = conclude.run(outcome.outcome, outcome.at, toJson(outcome.facts), outcome.intent);
      if (changes !== 1) throw new RangeError(`There is no intent ${outcome.intent} to conclude`);
    },
    planOf: (seq: number): string | undefined => planOf.get(seq)?.planId,
    list: (planId: string): Intent[] => toIntents(ofPlan.all(planId)),
    listUnfinishedAcrossTenants: (): Intent[] => toIntents(unfinished.all()),
  };
};
