import type { ConsoleEvent } from '../../shared/contract/console.ts';
import type { AppError } from '../../shared/contract/errors.ts';
import type { GapFilter, GapOrder, GapPart, GapRow, GapSelection, GapsSummary } from '../../shared/contract/gaps.ts';
import { gapParts } from '../../shared/contract/gaps.ts';
import type { SelectionSummary } from '../../shared/contract/units.ts';
import type { TenantId } from '../../shared/domain/protection-unit.ts';
import { inPieces, type ReportPiece, toFileName } from '../reports/index.ts';
import { findGaps } from './find-gaps.ts';
import { GapReader } from './gap-reader.ts';
import { GapSelections, toGapSelection, type UnitsOfGaps, unitsOfGaps } from './gap-selections.ts';
import { GapSnapshots } from './gap-snapshots.ts';
import { gapsToCsv } from './gaps-csv.ts';
import { gapsToHtml } from './gaps-html.ts';
import type { GapsOptions } from './gaps-options.ts';
import { type KnownGap, ownerOfGap } from './known-gaps.ts';
import { countGaps } from './count-gaps.ts';

type SelectionChange =
  | { readonly type: 'add' | 'remove'; readonly gapIds: readonly string[] }
  | { readonly type: 'addMatching' | 'removeMatching'; readonly filter: GapFilter }
  | { readonly type: 'clear' };

type Export =
  | { readonly tenantId: TenantId; readonly format: 'csv'; readonly filter: GapFilter; readonly order: GapOrder }
  | { readonly tenantId: TenantId; readonly format: 'html' };

interface Found {
  readonly asked: string;
  readonly found: readonly KnownGap[];
}

const everything: GapOrder = { by: 'worst', descending: false };
const UNITS_A_CALL = 1_000;

/** Gaps in protection, tenant by tenant: listed from the catalog, read anew when asked, exported. Failures are AppFailures. */
export class GapsService {
  readonly #options: GapsOptions;
  readonly #reader: GapReader;
  readonly #snapshots: GapSnapshots;
  readonly #selections = new GapSelections();
  /** Why parts could not be read when that was last tried. */
  readonly #failed = new Map<TenantId, ReadonlyMap<GapPart, AppError>>();
  readonly #reading = new Map<TenantId, AbortController>();
  /** The last list made of a tenant's gaps, let go with them: pages of one list follow one another. */
  readonly #found = new WeakMap<readonly KnownGap[], Found>();
  readonly #recounting = new Map<TenantId, Promise<void>>();
  readonly #recountAgain = new Set<TenantId>();

  constructor(options: GapsOptions) {
    this.#options = options;
    this.#reader = new GapReader(options);
    this.#snapshots = new GapSnapshots(options.catalog, options.now);
  }

  /** To be told of every event before anyone else: what it makes untrue is dropped at once. */
  note(event: ConsoleEvent): void {
    switch (event.type) {
      case 'unitsChanged':
        this.#snapshots.drop(event.tenantId, 'directory', 'units');
        this.#recount(event.tenantId);
        break;
      case 'policiesChanged':
        this.#snapshots.drop(event.tenantId, 'directory', 'units', 'additions');
        break;
      case 'pointsChanged':
      case 'askEnded':
        this.#snapshots.drop(event.tenantId, 'units');
        break;
      default:
    }
  }

  async summary(tenantId: TenantId): Promise<GapsSummary> {
    const { catalog } = this.#options;
    const [tenant, gaps, reads, notAsked] = await Promise.all([
      catalog.tenants.get(tenantId),
      this.#snapshots.of(tenantId),
      catalog.gaps.reads(tenantId),
      this.#notAsked(tenantId),
    ]);
    const failed = this.#failed.get(tenantId);
    const partOf = (part: GapPart): GapsSummary['parts'][GapPart] => {
      const read = reads[part];
      const error = failed?.get(part);
      return {
        count: read?.count ?? 0,
        ...(read === undefined ? {} : { readAt: read.readAt }),
        ...(error === undefined ? {} : { error }),
      };
    };
    const [users, sites, additions] = gapParts.map(partOf);
    const none = { count: 0 };
    return {
      tenantId,
      ...countGaps(gaps.map(({ gap }) => gap)),
      notAsked,
      parts: { users: users ?? none, sites: sites ?? none, additions: additions ?? none },
      ...(tenant.syncedAt === undefined ? {} : { unitsReadAt: tenant.syncedAt }),
      isReading: this.#reading.has(tenantId),
    };
  }

  async #notAsked(tenantId: TenantId): Promise<number> {
    const { catalog, now } = this.#options;
    return (await catalog.tenants.overview({ tenantId, now: now(tenantId) })).counts.notAsked;
  }

  async list(
    tenantId: TenantId,
    filter: GapFilter,
    order: GapOrder,
    window: { readonly offset: number; readonly limit: number },
    selectionId?: string,
  ): Promise<{ total: number; offset: number; rows: GapRow[] }> {
    const marked = selectionId === undefined ? undefined : this.#selections.get(selectionId).gapIds;
    const found = await this.#find(tenantId, filter, order);
    return {
      total: found.length,
      offset: window.offset,
      rows: found
        .slice(window.offset, window.offset + window.limit)
        .map(({ gap }) => ({ ...gap, selected: marked?.has(gap.id) === true })),
    };
  }

  /**
   * Reads what gaps are told from beside units; what could not be read stands in the summary.
   *
   * @throws AppFailure OFFLINE, SIGNED_OUT, ABORTED, TENANT_NOT_ADDED
   */
  async read(tenantId: TenantId, signal?: AbortSignal): Promise<GapsSummary> {
    const { emit } = this.#options;
    // The one that began first reads for nobody any more where a second one begins.
    this.#reading.get(tenantId)?.abort();
    const own = new AbortController();
    this.#reading.set(tenantId, own);
    try {
      const failed = await this.#reader.read(
        tenantId,
        signal === undefined ? own.signal : AbortSignal.any([own.signal, signal]),
      );
      this.#failed.set(tenantId, failed);
    } finally {
      if (this.#reading.get(tenantId) === own) this.#reading.delete(tenantId);
      // Pages that were written are known, also where the reading was ended.
      this.#snapshots.drop(tenantId, 'directory', 'additions');
      emit({ type: 'gapsChanged', tenantId });
    }
    this.#recount(tenantId);
    return await this.summary(tenantId);
  }

  stopReading(tenantId: TenantId): void {
    this.#reading.get(tenantId)?.abort();
  }

  openSelection(tenantId: TenantId): GapSelection {
    return toGapSelection(this.#selections.open(tenantId), []);
  }

  /** @throws AppFailure SELECTION_NOT_FOUND */
  async changeSelection(selectionId: string, change: SelectionChange): Promise<GapSelection> {
    const { tenantId, gapIds } = this.#selections.get(selectionId);
    switch (change.type) {
      case 'add':
        for (const id of change.gapIds) gapIds.add(id);
        break;
      case 'remove':
        for (const id of change.gapIds) gapIds.delete(id);
        break;
      case 'clear':
        gapIds.clear();
        break;
      default:
        for (const { gap } of await this.#find(tenantId, change.filter, everything))
          if (change.type === 'addMatching') gapIds.add(gap.id);
          else gapIds.delete(gap.id);
    }
    return await this.selection(selectionId);
  }

  /** @throws AppFailure SELECTION_NOT_FOUND */
  async selection(selectionId: string): Promise<GapSelection> {
    return toGapSelection(selectionId, await this.#chosen(selectionId));
  }

  /** @throws AppFailure SELECTION_NOT_FOUND */
  async toOwnerList(selectionId: string): Promise<{ ownerListId: string }> {
    const { tenantId } = this.#selections.get(selectionId);
    const owners = (await this.#chosen(selectionId)).flatMap(({ gap }) => ownerOfGap(gap) ?? []);
    return { ownerListId: this.#options.policies.ownerLists.open(tenantId, owners) };
  }

  /** @throws AppFailure SELECTION_NOT_FOUND */
  async toUnitSelection(selectionId: string, which: UnitsOfGaps): Promise<SelectionSummary> {
    const { catalog, now } = this.#options;
    const { tenantId } = this.#selections.get(selectionId);
    const chosen = (await this.#chosen(selectionId)).map(({ gap }) => gap);
    const unitIds = unitsOfGaps(chosen, which);
    const { id } = await catalog.selections.open(tenantId);
    for (let from = 0; from < unitIds.length; from += UNITS_A_CALL)
      await catalog.selections.change(
        id,
        { type: 'add', unitIds: unitIds.slice(from, from + UNITS_A_CALL) },
        now(tenantId),
      );
    return await catalog.selections.summary(id);
  }

  /** @throws AppFailure TENANT_NOT_ADDED, SELECTION_NOT_FOUND */
  async *export(wanted: Export): AsyncGenerator<ReportPiece> {
    const { tenantId, format } = wanted;
    const { catalog, now } = this.#options;
    const tenant = await catalog.tenants.get(tenantId);
    const madeAt = now(tenantId);
    const fileName = toFileName('protection-gaps', tenant.domain, madeAt, format);
    const summary = await this.summary(tenantId);
    if (wanted.format === 'csv') {
      const found = await this.#find(tenantId, wanted.filter, wanted.order);
      yield* inPieces(fileName, gapsToCsv({ tenant, summary, gaps: found.map(({ gap }) => gap) }));
      return;
    }
    const found = findGaps(await this.#snapshots.of(tenantId), {}, everything);
    yield* inPieces(fileName, gapsToHtml({ tenant, summary, madeAt, gaps: found.map(({ gap }) => gap) }));
  }

  /** Resolves once no count is being made any more. */
  async settled(): Promise<void> {
    while (this.#recounting.size > 0) await Promise.all(this.#recounting.values());
  }

  /** Ends what is read of a tenant that is to be forgotten, and drops what is kept of it. */
  async endTenant(tenantId: TenantId): Promise<void> {
    this.#reading.get(tenantId)?.abort();
    this.#recountAgain.delete(tenantId);
    await this.#recounting.get(tenantId);
    this.#snapshots.forget(tenantId);
    this.#selections.forget(tenantId);
    this.#failed.delete(tenantId);
  }

  async stop(): Promise<void> {
    for (const reading of this.#reading.values()) reading.abort();
    this.#recountAgain.clear();
    await this.settled();
  }

  async #find(tenantId: TenantId, filter: GapFilter, order: GapOrder): Promise<readonly KnownGap[]> {
    const gaps = await this.#snapshots.of(tenantId);
    // Which are chosen changes while the list stays the same.
    if (filter.selectionId !== undefined)
      return findGaps(gaps, filter, order, this.#selections.get(filter.selectionId).gapIds);
    const asked = JSON.stringify([filter, order]);
    const last = this.#found.get(gaps);
    if (last?.asked === asked) return last.found;
    const found = findGaps(gaps, filter, order);
    this.#found.set(gaps, { asked, found });
    return found;
  }

  async #chosen(selectionId: string): Promise<KnownGap[]> {
    const { tenantId, gapIds } = this.#selections.get(selectionId);
    return (await this.#snapshots.of(tenantId)).filter(({ gap }) => gapIds.has(gap.id));
  }

  /** Counts anew what no policy protects, for the list of all tenants; a second wish meanwhile is fulfilled after the first. */
  #recount(tenantId: TenantId): void {
    if (this.#recounting.has(tenantId)) {
      this.#recountAgain.add(tenantId);
      return;
    }
    const { emit, log } = this.#options;
    const counting = this.#count(tenantId)
      .then(
        isNews => {
          if (isNews) emit({ type: 'tenantsChanged', tenantId });
        },
        // The next change counts again; until then the list of all tenants says the count of before.
        (error: unknown) => {
          this.#snapshots.drop(tenantId, 'directory');
          log.warn('gaps.notCounted', { tenantId, reason: String(error) });
        },
      )
      .finally(() => {
        this.#recounting.delete(tenantId);
        if (this.#recountAgain.delete(tenantId)) this.#recount(tenantId);
      });
    this.#recounting.set(tenantId, counting);
  }

  async #count(tenantId: TenantId): Promise<boolean> {
    const { catalog } = this.#options;
    const { users, sites } = await catalog.gaps.reads(tenantId);
    if (users === undefined && sites === undefined) return false;
    const { unprotected } = countGaps((await this.#snapshots.directory(tenantId)).map(({ gap }) => gap));
    return await catalog.gaps.setCounted(tenantId, { users: unprotected.users, sites: unprotected.sites });
  }
}
