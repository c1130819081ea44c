import type { BackgroundSettings } from '../../shared/contract/console.ts';
import { AppFailure } from '../../shared/contract/errors.ts';
import { afterHeads, afterLandmark, type Pace, sharesOf, type Turn } from '../../shared/domain/background/index.ts';
import { QUESTIONS_A_BATCH, UNITS_A_SEARCH } from '../../shared/domain/knowledge/index.ts';
import type { TenantId, UnitId } from '../../shared/domain/protection-unit.ts';
import type { Catalog, CatalogWanted } from '../catalog/index.ts';
import type { Allowance, BackgroundTools, ServiceClocks, SyncService } from '../sync/index.ts';

/** Questions of one turn: then another tenant may have its place. */
const QUESTIONS_A_TURN = 200;
/** Units asked about in one go: one `$batch` of full searches. Where a turn ends, it goes on at such a step. */
const UNITS_A_STEP = UNITS_A_SEARCH * QUESTIONS_A_BATCH;

export interface TurnParts {
  readonly catalog: Pick<Catalog, 'units' | 'background'>;
  readonly sync: Pick<SyncService, 'inBackground'>;
  readonly clocks: Pick<ServiceClocks, 'now'>;
  /** The least seconds of service time from one round over the newest points to the next. */
  readonly cadence: number;
}

export interface TurnEnd {
  /** What the read of the tenant left out. */
  readonly lacks?: Error;
}

/** Where a walk over the units has come to: the last unit asked about, or its end. */
type Reached = { readonly after: UnitId } | 'end';

/** What is asked of each step's units. */
type WantedOf = (unitIds: readonly UnitId[]) => CatalogWanted;

/**
 * Carries out one turn of a tenant, and keeps in the catalog how far it came, also where it fails: what was asked is not asked again.
 * Throws as syncs do.
 */
export async function runTurn(
  parts: TurnParts,
  turn: Turn,
  pace: Pace,
  settings: BackgroundSettings,
  signal: AbortSignal,
): Promise<TurnEnd> {
  const { tenantId } = turn;
  const allowance = new TurnAllowance(parts, tenantId, settings.questionsADay);
  const shares = sharesOf(settings.questionsADay, settings.landmarks);
  const begunAt = parts.clocks.now(tenantId);
  return await parts.sync.inBackground(tenantId, { signal, allowance }, async tools => {
    const walk = new UnitWalk(parts, tenantId, tools, allowance);
    if (turn.for === 'heads') {
      const read = pace.headsAfter === undefined ? await tools.read() : undefined;
      const keep = async (reached: Reached): Promise<void> => {
        const questions = allowance.taken;
        const after = reached === 'end' ? undefined : reached.after;
        const kept = afterHeads(pace, { begunAt, questions, after }, shares, parts.cadence);
        await parts.catalog.background.keep({ tenantId, now: begunAt, pace: kept });
      };
      if (read?.mayAsk === false) await keep('end');
      else {
        const toWanted: WantedOf = unitIds => ({ type: 'heads', units: { type: 'these', unitIds }, fast: false });
        await walk.run(pace.headsAfter ?? '', toWanted, keep);
      }
      return read?.lacks === undefined ? {} : { lacks: read.lacks };
    }
    const { landmark } = turn;
    const { openLandmark: open } = pace;
    const goesOn = open?.before === landmark.before && open.every === landmark.every;
    await walk.run(
      goesOn ? open.after : '',
      unitIds => ({ type: 'before', units: { type: 'these', unitIds }, incidentAt: landmark.before, fast: false }),
      async reached => {
        const questions = allowance.taken;
        const left = reached === 'end' ? {} : { open: { ...landmark, after: reached.after } };
        const kept = afterLandmark(pace, { begunAt, questions, ...left }, shares);
        const asked = reached === 'end' ? { asked: landmark } : {};
        await parts.catalog.background.keep({ tenantId, now: begunAt, pace: kept, ...asked });
      },
    );
    return {};
  });
}

/** Walks over a tenant's units in steps, asking about each, until the allowance ends. */
class UnitWalk {
  readonly #parts: TurnParts;
  readonly #tenantId: TenantId;
  readonly #tools: BackgroundTools;
  readonly #allowance: TurnAllowance;

  constructor(parts: TurnParts, tenantId: TenantId, tools: BackgroundTools, allowance: TurnAllowance) {
    this.#parts = parts;
    this.#tenantId = tenantId;
    this.#tools = tools;
    this.#allowance = allowance;
  }

  /** @param keep called once, at the end or where it failed */
  async run(from: UnitId, toWanted: WantedOf, keep: (reached: Reached) => Promise<void>): Promise<void> {
    let after = from;
    try {
      for (;;) {
        if (this.#tools.signal.aborted) throw new AppFailure({ code: 'ABORTED' });
        const unitIds = await this.#parts.catalog.units.idsMatching({
          tenantId: this.#tenantId,
          filter: {},
          now: this.#parts.clocks.now(this.#tenantId),
          limit: UNITS_A_STEP,
          ...(after === '' ? {} : { after }),
        });
        const last = unitIds.at(-1);
        if (last === undefined) break;
        const { isCut } = await this.#tools.ask(toWanted(unitIds));
        // The step is begun again in another turn: what was answered is known then, and not asked.
        if (isCut) return await keep({ after });
        after = last;
        if (unitIds.length < UNITS_A_STEP) break;
        if (this.#allowance.isUsedUp) return await keep({ after });
      }
    } catch (error) {
      // Why it failed is what counts; where how far it came can't be kept either, it begins where it began now.
      await keep({ after }).catch(() => undefined);
      throw error;
    }
    await keep('end');
  }
}

/** So many questions a turn, and none that the day's budget has no room for. */
class TurnAllowance implements Allowance {
  readonly #parts: Pick<TurnParts, 'catalog' | 'clocks'>;
  readonly #tenantId: TenantId;
  readonly #budget: number;
  #taken = 0;
  #isRefused = false;

  constructor(parts: Pick<TurnParts, 'catalog' | 'clocks'>, tenantId: TenantId, budget: number) {
    this.#parts = parts;
    this.#tenantId = tenantId;
    this.#budget = budget;
  }

  get taken(): number {
    return this.#taken;
  }

  get isUsedUp(): boolean {
    return this.#isRefused || this.#taken >= QUESTIONS_A_TURN;
  }

  async take(questions: number): Promise<number> {
    const wanted = Math.min(questions, QUESTIONS_A_TURN - this.#taken);
    const { catalog, clocks } = this.#parts;
    const tenantId = this.#tenantId;
    const granted = await catalog.background.reserve({
      tenantId,
      now: clocks.now(tenantId),
      questions: wanted,
      budget: this.#budget,
    });
    this.#taken += granted;
    this.#isRefused ||= granted < wanted;
    return granted;
  }
}
