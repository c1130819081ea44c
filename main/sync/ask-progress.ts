import type { AskProgress, ConsoleEvent } from '../../shared/contract/console.ts';
import { type Question, unitsAsked } from '../../shared/domain/knowledge/index.ts';
import type { TenantId, UnitId } from '../../shared/domain/protection-unit.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';

export interface AskReporterParts {
  readonly tenantId: TenantId;
  readonly askId: string;
  /** The console asks by itself. */
  readonly inBackground?: boolean;
  readonly emit: (event: ConsoleEvent) => void;
  /** Until when the service wants to be left alone, in the tenant's service time. */
  readonly throttledUntil: () => UtcSeconds | undefined;
}

/** Tells how far one ask has come. */
export class AskReporter {
  readonly #parts: AskReporterParts;
  #purpose: AskProgress['purpose'] = 'units';
  #unitsDone = 0;
  #unitsTotal = 0;
  #questions = 0;
  /** Questions of the round that still speak of a unit. */
  #openOf = new Map<UnitId, number>();

  constructor(parts: AskReporterParts) {
    this.#parts = parts;
  }

  /** Questions asked so far. */
  get questions(): number {
    return this.#questions;
  }

  begin(purpose: AskProgress['purpose']): void {
    this.#purpose = purpose;
    this.#unitsDone = 0;
    this.#unitsTotal = 0;
    this.tell();
  }

  /** Units read or settled so far, of so many. */
  units(done: number, total: number): void {
    this.#unitsDone = done;
    this.#unitsTotal = Math.max(done, total);
    this.tell();
  }

  /** A round begins: these questions will be asked. */
  round(questions: readonly Question[], done: number, total: number): void {
    this.#openOf = new Map();
    for (const unitId of questions.flatMap(unitsAsked)) this.#openOf.set(unitId, (this.#openOf.get(unitId) ?? 0) + 1);
    this.units(done, total);
  }

  /** These questions were asked. */
  asked(questions: readonly Question[]): void {
    this.#questions += questions.length;
    let done = this.#unitsDone;
    for (const unitId of questions.flatMap(unitsAsked)) {
      const left = (this.#openOf.get(unitId) ?? 0) - 1;
      this.#openOf.set(unitId, left);
      if (left === 0) done++;
    }
    this.units(Math.min(done, this.#unitsTotal), this.#unitsTotal);
  }

  tell(): void {
    const throttledUntil = this.#parts.throttledUntil();
    this.#parts.emit({
      type: 'askProgressed',
      progress: {
        tenantId: this.#parts.tenantId,
        askId: this.#parts.askId,
        purpose: this.#purpose,
        unitsDone: this.#unitsDone,
        unitsTotal: this.#unitsTotal,
        questions: this.#questions,
        ...(this.#parts.inBackground === true ? { inBackground: true } : {}),
        ...(throttledUntil === undefined ? {} : { throttledUntil }),
      },
    });
  }
}
