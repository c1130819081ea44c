import type { AskProgress, ConsoleEvent } from '../../shared/contract/console.ts';
import { AppFailure } from '../../shared/contract/errors.ts';
import type { Cost, Wanted } from '../../shared/contract/sync.ts';
import type { TenantId, UnitId } from '../../shared/domain/protection-unit.ts';
import type { Want } from '../../shared/domain/planner/index.ts';
import type { Catalog, CatalogWanted } from '../catalog/index.ts';
import type { GraphClient, Timing } from '../graph/index.ts';
import type { Log } from '../host.ts';
import type { BeforeWanted, PlanAsking } from '../restore/index.ts';
import { AskLanes, type AskPriority } from './ask-lanes.ts';
import { toError } from './ask-questions.ts';
import { AskRuns } from './ask-runs.ts';
import { type Allowance, type AskEnd, Asker, type AskOf } from './asker.ts';
import type { ServiceClocks } from './service-clock.ts';
import { type ServiceStanding, StandingReader } from './service-standing.ts';
import { SharedRuns } from './shared-runs.ts';
import { TenantReader } from './tenant-reader.ts';
import { TenantWork } from './tenant-work.ts';
import type { Throttling } from './throttling.ts';
import { inCatalogParts, UNITS_A_CALL, wantsBefore } from './wants-before.ts';

export interface SyncParts {
  readonly catalog: Catalog;
  readonly graph: GraphClient;
  readonly clocks: ServiceClocks;
  /** Told when the network seems to have failed. */
  readonly connectivity: { suspect(): unknown };
  readonly throttling: Throttling;
  /** Our own application in a tenant, as Graph's service apps name it. */
  readonly clientIdIn: (tenantId: TenantId) => string;
  readonly timing: Pick<Timing, 'now' | 'timeScale'>;
  readonly log: Log;
  readonly emit: (event: ConsoleEvent) => void;
  /** Reads the tenant's restore sessions from the service into the catalog. */
  readonly refreshSessions: (tenantId: TenantId, signal: AbortSignal) => Promise<unknown>;
}

export interface SyncOptions {
  readonly signal?: AbortSignal;
}

/** What a background turn may do in its tenant. Both throw as syncs do; what was learnt before stays. */
export interface BackgroundTools {
  /** Reads service status, controller, policies, units and sessions. `lacks`: what of these, beside the units, could not be read. */
  read(): Promise<{ readonly mayAsk: boolean; readonly lacks?: Error }>;
  /** Asks what is wanted and not known, as far as the allowance goes and until a person wants to ask. */
  ask(wanted: CatalogWanted): Promise<AskEnd>;
  /** Aborts when the turn has to end. */
  readonly signal: AbortSignal;
}

/**
 * Brings what the service knows into the catalog: whole tenants, and answers to what a technician wants to know. Failures are
 * AppFailures; whatever was learnt before one stays.
 */
export class SyncService implements PlanAsking {
  readonly #parts: SyncParts;
  readonly #asker: Asker;
  readonly #reader: TenantReader;
  readonly #standing: StandingReader;
  readonly #work = new TenantWork();
  readonly #runs: AskRuns;
  /** Two reads of a tenant's units must not overlap: the later would take the earlier's pages for the old state. */
  readonly #syncLanes = new AskLanes();
  readonly #syncs = new SharedRuns<{ units: number; questions: number }>();
  /** What the console does by itself, by tenant: it ends when a person syncs the tenant. */
  readonly #background = new Map<string, AbortController>();
  /** How much of persons is under way, by tenant. */
  readonly #ofPersons = new Map<string, number>();

  constructor(parts: SyncParts) {
    this.#parts = parts;
    this.#runs = new AskRuns({ ...parts, work: this.#work });
    this.#reader = new TenantReader(parts);
    this.#standing = new StandingReader({
      ...parts,
      onControllerChanged: (tenantId, change) => {
        parts.emit({ type: 'controllerChanged', tenantId, ...change });
        parts.emit({ type: 'tenantsChanged', tenantId });
      },
    });
    this.#asker = new Asker({
      catalog: parts.catalog,
      graph: parts.graph,
      clocks: parts.clocks,
      lanes: new AskLanes(),
      onPointsChanged: tenantId => parts.emit({ type: 'pointsChanged', tenantId }),
      onAsked: async (tenantId, questions) =>
        parts.catalog.background.spend({ tenantId, now: parts.clocks.now(tenantId), questions }),
    });
  }

  /**
   * Reads service status, controller, policies, units and sessions of the tenant, side by side, then asks for the heads that
   * are older than a cadence; with `evenIfFresh` for all heads. Several callers share one sync; it ends early once all of
   * them have given up.
   *
   * @returns units of the tenant, and the questions that were asked for their heads
   */
  async syncTenant(
    tenantId: TenantId,
    { evenIfFresh, signal }: SyncOptions & { readonly evenIfFresh: boolean },
  ): Promise<{ units: number; questions: number }> {
    return await this.#syncs.join(`${tenantId.toLowerCase()} ${evenIfFresh}`, signal, async shared => {
      // What it has learnt by now stays known, and is not asked again.
      this.#background.get(tenantId.toLowerCase())?.abort();
      return await this.#run(tenantId, shared, async of => this.#syncInTurn(of, evenIfFresh), 'sync');
    });
  }

  /**
   * Work that nobody waits for, in one tenant. A sync that a person starts there ends it; so does `signal`.
   *
   * @throws AppFailure ABORTED where it was ended, or a person's work is under way in the tenant
   */
  async inBackground<T>(
    tenantId: TenantId,
    { signal, allowance }: { readonly signal: AbortSignal; readonly allowance: Allowance },
    work: (tools: BackgroundTools) => Promise<T>,
  ): Promise<T> {
    const key = tenantId.toLowerCase();
    if (this.isBusy(tenantId) || this.#background.has(key)) throw new AppFailure({ code: 'ABORTED' });
    const end = new AbortController();
    this.#background.set(key, end);
    try {
      return await this.#run(
        tenantId,
        AbortSignal.any([signal, end.signal]),
        async of =>
          work({
            read: async () => this.#readInTurn(of),
            ask: async wanted => {
              of.reporter.begin(purposeOf(wanted));
              return await this.#asker.ask(wanted, { ...of, allowance });
            },
            signal: of.signal,
          }),
        'background',
      );
    } finally {
      this.#background.delete(key);
    }
  }

  /** Whether work that a person has asked for is under way in the tenant, or none may begin: it is being forgotten, or given to another account. */
  isBusy(tenantId: TenantId): boolean {
    return this.#ofPersons.has(tenantId.toLowerCase()) || this.#work.isClosed(tenantId);
  }

  /** Whether work that a person has asked for is under way in any tenant. */
  get personsAtWork(): boolean {
    return this.#ofPersons.size > 0;
  }

  /** Asks for what is wanted and not yet known, and resolves when all is settled that asking can settle. */
  async ask(
    tenantId: TenantId,
    wanted: Wanted,
    { signal }: SyncOptions = {},
  ): Promise<{ questions: number; unsettled: number }> {
    return await this.#run(tenantId, signal, async of => {
      await this.#mustBeAdded(tenantId);
      of.reporter.begin(purposeOf(wanted));
      const { unsettled } = await this.#asker.ask(wanted, of);
      return { questions: of.reporter.questions, unsettled };
    });
  }

  /** What `ask` would cost now, by the planner. Asks nothing. */
  async cost(tenantId: TenantId, wanted: Wanted): Promise<Cost> {
    return await this.#parts.catalog.knowledge.cost({ tenantId, wanted, now: this.#parts.clocks.now(tenantId) });
  }

  async costBefore(tenantId: TenantId, wanted: BeforeWanted): Promise<Cost> {
    const now = this.#parts.clocks.now(tenantId);
    const costs: Cost[] = [];
    for (const part of inCatalogParts(wanted))
      costs.push(await this.#parts.catalog.knowledge.cost({ tenantId, wanted: part, now }));
    return costs.reduce(
      (sum, cost) => ({
        units: sum.units + cost.units,
        questions: sum.questions + cost.questions,
        certain: sum.certain && cost.certain,
      }),
      { units: 0, questions: 0, certain: true },
    );
  }

  async askBefore(tenantId: TenantId, wanted: BeforeWanted, { signal }: SyncOptions = {}): Promise<void> {
    await this.#run(tenantId, signal, async of => {
      of.reporter.begin('incident');
      for (const part of inCatalogParts(wanted)) await this.#asker.ask(part, of);
    });
  }

  async recheckBefore(tenantId: TenantId, wanted: BeforeWanted, { signal }: SyncOptions = {}): Promise<void> {
    await this.#run(tenantId, signal, async of => {
      of.reporter.begin('incident');
      await this.#asker.recheck(await wantsBefore(this.#parts.catalog.units, tenantId, wanted), of);
      // What was heard may have voided what it did not speak of: that is asked too, and mostly nothing is.
      for (const part of inCatalogParts(wanted)) await this.#asker.ask(part, of);
    });
  }

  /** Reads the tenant's policies afresh into the catalog, without its units. */
  async readPolicies(tenantId: TenantId, { signal }: SyncOptions = {}): Promise<void> {
    await this.#work.run(tenantId, signal, async own => this.#reader.readPolicies(tenantId, own));
  }

  /**
   * Asks how Backup Storage stands in the tenant, and keeps the answer. What could not be asked stands in the result.
   *
   * @param isOwnChange true after a change of this console's own: that somebody else controls now is then no news
   */
  async readStanding(
    tenantId: TenantId,
    { signal, isOwnChange = false }: SyncOptions & { readonly isOwnChange?: boolean } = {},
  ): Promise<ServiceStanding> {
    return await this.#work.run(tenantId, signal, async own => this.#standing.read(tenantId, own, isOwnChange));
  }

  /** Says that this console itself changes who controls the tenant, so that a sync meanwhile does not take it for somebody else's doing. */
  noteOwnChange(tenantId: TenantId, is: 'underWay' | 'over' | 'undone'): void {
    this.#standing.noteOwnChange(tenantId, is);
  }

  /** Ends the tenant's syncs and asks, and lets none begin while `during` runs: so that nothing of it is written any more. */
  async closeTenantWhile<T>(tenantId: TenantId, during: () => Promise<T>): Promise<T> {
    return await this.#work.closeWhile(tenantId, during);
  }

  /** Ends everything under way, for good. */
  async stop(): Promise<void> {
    await this.#work.stop();
  }

  async #syncInTurn(of: AskOf, evenIfFresh: boolean): Promise<{ units: number; questions: number }> {
    const turn = await this.#syncLanes.take(of.tenantId, of.priority, of.signal);
    try {
      return await this.#sync(of, evenIfFresh);
    } finally {
      turn.release();
    }
  }

  async #readInTurn(of: AskOf): Promise<{ mayAsk: boolean; lacks?: Error }> {
    const turn = await this.#syncLanes.take(of.tenantId, of.priority, of.signal);
    try {
      const { mayAsk, failures } = await this.#read(of);
      const [lacks] = failures;
      return lacks === undefined ? { mayAsk } : { mayAsk, lacks };
    } finally {
      turn.release();
    }
  }

  async #sync(of: AskOf, evenIfFresh: boolean): Promise<{ units: number; questions: number }> {
    const { reporter } = of;
    const { units, mayAsk, failures } = await this.#read(of);
    reporter.begin('heads');
    if (!mayAsk) reporter.units(0, 0);
    else if (evenIfFresh) await this.#recheckHeads(of);
    else await this.#asker.ask({ type: 'heads', units: { type: 'all' }, fast: false }, of);
    const [failure] = failures;
    if (failure !== undefined) throw failure;
    return { units, questions: reporter.questions };
  }

  /** All that a sync reads before it asks for points. Throws where the units could not be read; what else failed stands in the result. */
  async #read(of: AskOf): Promise<{ units: number; mayAsk: boolean; failures: readonly Error[] }> {
    const { tenantId, signal, reporter } = of;
    const { emit, catalog } = this.#parts;
    const { units: unitsBefore } = await catalog.tenants.get(tenantId);
    reporter.begin('units');
    const policiesRead = this.#reader.readPolicies(tenantId, signal);
    const [standing, policies, units, sessions] = await Promise.allSettled([
      this.#standing.read(tenantId, signal),
      policiesRead,
      this.#reader.readUnits(tenantId, signal, policiesRead, read => reporter.units(read, unitsBefore)),
      this.#parts.refreshSessions(tenantId, signal),
    ]);
    emit({ type: 'tenantsChanged', tenantId });
    emit({ type: 'unitsChanged', tenantId });
    // Units come first: without them there is nothing to ask about. What else failed is said once all that can be had is there.
    if (units.status === 'rejected') throw units.reason;
    const failures = [standing, policies, sessions].flatMap(result =>
      result.status === 'rejected' ? [toError(result.reason)] : [],
    );
    if (standing.status === 'fulfilled') {
      for (const asked of [standing.value.status, standing.value.apps])
        if (!asked.ok) failures.push(toError(asked.error));
    }
    // An app that waits to take control may read policies and units, and nothing else.
    const mayAsk = standing.status !== 'fulfilled' || standing.value.controller?.by !== 'pending';
    return { units: units.value, mayAsk, failures };
  }

  async #recheckHeads(of: AskOf): Promise<void> {
    const { catalog, clocks } = this.#parts;
    const wants: Want[] = [];
    for (let after: UnitId | undefined; ;) {
      const ids = await catalog.units.idsMatching({
        tenantId: of.tenantId,
        filter: {},
        now: clocks.now(of.tenantId),
        limit: UNITS_A_CALL,
        ...(after === undefined ? {} : { after }),
      });
      wants.push(...ids.map((unitId): Want => ({ unitId, kind: 'any' })));
      after = ids.at(-1);
      if (ids.length < UNITS_A_CALL) break;
    }
    await this.#asker.recheck(wants, of);
  }

  async #mustBeAdded(tenantId: TenantId): Promise<void> {
    await this.#parts.catalog.tenants.get(tenantId);
  }

  async #run<T>(
    tenantId: TenantId,
    signal: AbortSignal | undefined,
    work: (of: AskOf) => Promise<T>,
    priority: AskPriority = 'person',
  ): Promise<T> {
    if (priority === 'background') return await this.#runs.run(tenantId, { signal, priority }, work);
    const key = tenantId.toLowerCase();
    this.#ofPersons.set(key, (this.#ofPersons.get(key) ?? 0) + 1);
    try {
      return await this.#runs.run(tenantId, { signal, priority }, work);
    } finally {
      const left = (this.#ofPersons.get(key) ?? 1) - 1;
      if (left === 0) this.#ofPersons.delete(key);
      else this.#ofPersons.set(key, left);
    }
  }
}

function purposeOf({ type }: Pick<Wanted, 'type'>): AskProgress['purpose'] {
  switch (type) {
    case 'heads':
      return 'heads';
    case 'before':
      return 'incident';
    case 'window':
      return 'window';
  }
}
