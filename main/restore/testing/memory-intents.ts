import type {
  Intent,
  IntentsCatalog,
  NewIntent,
  NewOutcome,
  Outcome,
  PlanSession,
  Together,
} from '../../catalog/index.ts';

/** The write-ahead record in memory: outlives a "process" of a test, as the disk does. */
export class MemoryIntents implements IntentsCatalog {
  readonly #intents: (NewIntent & { seq: number; outcomes: Outcome[] })[] = [];
  readonly links: PlanSession[] = [];
  readonly audit: NonNullable<Together['audit']>[number][] = [];
  #seq = 0;

  async append(intent: NewIntent, together?: Together): Promise<number> {
    this.#seq += 1;
    this.#intents.push({ ...intent, seq: this.#seq, outcomes: [] });
    this.#together(together);
    return this.#seq;
  }

  async appendChange(intent: NewIntent, audit: NonNullable<Together['audit']> = []): Promise<number> {
    return await this.append(intent, { audit });
  }

  async conclude(outcome: NewOutcome, together?: Together): Promise<void> {
    const intent = this.#intents.find(({ seq }) => seq === outcome.intent);
    if (intent === undefined) throw new Error(`There is no intent ${outcome.intent}.`);
    this.#seq += 1;
    intent.outcomes.push({ ...outcome, seq: this.#seq });
    this.#together(together);
  }

  async list(planId: string): Promise<Intent[]> {
    return structuredClone(this.#intents.filter(intent => intent.planId === planId));
  }

  async listUnfinishedAcrossTenants(): Promise<Intent[]> {
    return structuredClone(
      this.#intents.filter(({ outcomes }) => outcomes.length === 0 || outcomes.at(-1)?.outcome === 'unknown'),
    );
  }

  #together(together: Together | undefined): void {
    this.audit.push(...(together?.audit ?? []));
    if (together?.link !== undefined) this.links.push(together.link);
    const unlink = together?.unlink;
    if (unlink !== undefined) {
      const index = this.links.findIndex(({ sessionId }) => sessionId === unlink.sessionId);
      if (index >= 0) this.links.splice(index, 1);
    }
  }
}
