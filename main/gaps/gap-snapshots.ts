import type { TenantId } from '../../shared/domain/protection-unit.ts';
import { MINUTE, type UtcSeconds } from '../../shared/domain/time.ts';
import type { Catalog } from '../catalog/index.ts';
import { gapOfAddition, gapOfMember, gapsOfUnit, type KnownGap } from './known-gaps.ts';

/** Tenants whose gaps are kept at once. */
const TENANTS_KEPT = 3;
/** What is certain of newest points decays, and a unit without one becomes a gap, with time alone. */
const UNITS_KEPT_FOR = 5 * MINUTE;

interface Kept {
  directory?: Promise<readonly KnownGap[]> | undefined;
  units?: { readonly at: UtcSeconds; readonly gaps: Promise<readonly KnownGap[]> } | undefined;
  additions?: Promise<readonly KnownGap[]> | undefined;
  /** All of them in one, as long as its parts are the same. */
  whole?: { readonly parts: readonly unknown[]; readonly gaps: readonly KnownGap[] };
}

type Part = 'directory' | 'units' | 'additions';

/** The gaps of a few tenants as the catalog knows them, made anew once something that they are told from has changed. */
export class GapSnapshots {
  readonly #catalog: Pick<Catalog, 'gaps' | 'policies'>;
  readonly #now: (tenantId: TenantId) => UtcSeconds;
  readonly #kept = new Map<TenantId, Kept>();

  constructor(catalog: Pick<Catalog, 'gaps' | 'policies'>, now: (tenantId: TenantId) => UtcSeconds) {
    this.#catalog = catalog;
    this.#now = now;
  }

  /** Says that parts of what is kept of a tenant are no longer true. */
  drop(tenantId: TenantId, ...parts: readonly Part[]): void {
    const kept = this.#kept.get(tenantId);
    for (const part of parts) if (kept !== undefined) kept[part] = undefined;
  }

  forget(tenantId: TenantId): void {
    this.#kept.delete(tenantId);
  }

  /** All gaps of a tenant, those left out among them. The same list as long as nothing has changed. */
  async of(tenantId: TenantId): Promise<readonly KnownGap[]> {
    const kept = this.#keptOf(tenantId);
    const now = this.#now(tenantId);
    if (kept.units === undefined || Math.abs(now - kept.units.at) > UNITS_KEPT_FOR)
      kept.units = { at: now, gaps: this.#units(tenantId, now) };
    const parts = await Promise.all([
      this.directory(tenantId),
      kept.units.gaps,
      (kept.additions ??= this.#additions(tenantId)),
    ]).catch((error: unknown) => {
      // What failed is tried again by the next call.
      this.drop(tenantId, 'directory', 'units', 'additions');
      throw error;
    });
    if (kept.whole === undefined || kept.whole.parts.some((part, at) => part !== parts[at]))
      kept.whole = { parts, gaps: parts.flat() };
    return kept.whole.gaps;
  }

  /** Those of the directory alone. */
  async directory(tenantId: TenantId): Promise<readonly KnownGap[]> {
    const kept = this.#keptOf(tenantId);
    return await (kept.directory ??= this.#directory(tenantId));
  }

  #keptOf(tenantId: TenantId): Kept {
    const kept = this.#kept.get(tenantId) ?? {};
    // Asked for last, it goes last.
    this.#kept.delete(tenantId);
    this.#kept.set(tenantId, kept);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > TENANTS_KEPT && oldest !== undefined) this.#kept.delete(oldest);
    return kept;
  }

  async #names(tenantId: TenantId): Promise<ReadonlyMap<string, string>> {
    return new Map((await this.#catalog.policies.list(tenantId)).map(({ id, name }) => [id, name]));
  }

  async #directory(tenantId: TenantId): Promise<KnownGap[]> {
    const names = await this.#names(tenantId);
    const found: KnownGap[] = [];
    for (let after: string | undefined; ;) {
      const part = await this.#catalog.gaps.listJudged({ tenantId, ...(after === undefined ? {} : { after }) });
      for (const member of part.members) found.push(gapOfMember(member, names));
      after = part.next;
      if (after === undefined) return found;
    }
  }

  async #units(tenantId: TenantId, now: UtcSeconds): Promise<KnownGap[]> {
    const names = await this.#names(tenantId);
    const found: KnownGap[] = [];
    for (let after: number | undefined; ;) {
      const part = await this.#catalog.gaps.listUnits({ tenantId, now, ...(after === undefined ? {} : { after }) });
      for (const unit of part.units) found.push(...gapsOfUnit(unit, names));
      after = part.next;
      if (after === undefined) return found;
    }
  }

  async #additions(tenantId: TenantId): Promise<KnownGap[]> {
    const [names, failures] = await Promise.all([this.#names(tenantId), this.#catalog.gaps.listFailures(tenantId)]);
    return failures.map(failure => gapOfAddition(failure, names));
  }
}
