import type { UnitDetail, UnitFilter, UnitRow, UnitSort } from '../../../shared/contract/units.ts';
import type { ProtectionUnit, TenantId, UnitId, UnitKind } from '../../../shared/domain/protection-unit.ts';
import type { UtcSeconds } from '../../../shared/domain/time.ts';

/** A window of a long list, by position. */
export interface WindowOf {
  readonly offset: number;
  readonly limit: number;
}

/** A unit as just read; without a name where Graph has forgotten it, and then the remembered one is shown. */
export type ReadUnit = Omit<ProtectionUnit, 'name'> & { readonly name?: string };

interface UnitsRead {
  readonly tenantId: TenantId;
  readonly kind: UnitKind;
  /** When it began. */
  readonly at: UtcSeconds;
  /** Names the read; given by `beginRead`. */
  readonly read: number;
}

/** A unit, and all ids under which the catalog knows the same site, drive owner or mailbox owner. */
export interface UnitUnderAllIds {
  readonly unitId: UnitId;
  readonly kind: UnitKind;
  /** Its own among them; present ones first, then the lately gone. All are of the same kind. */
  readonly allIds: readonly UnitId[];
}

/** A unit of some tenant, as a search over all of them finds it. */
export interface UnitHit {
  readonly tenantId: TenantId;
  readonly unitId: UnitId;
  readonly kind: UnitKind;
  /** As read, or as remembered where Graph has forgotten it. */
  readonly name: string;
  readonly address?: string;
  readonly status: string;
  /** When a whole read of the tenant no longer saw it. */
  readonly goneAt?: UtcSeconds;
}

export interface UnitsFound {
  /** Those that are there first, then by how well they answer (the name begins so, a word begins so, it stands somewhere), then by name. */
  readonly hits: readonly UnitHit[];
  /** More units answer than are shown. */
  readonly more: boolean;
}

/** The units of one kind in one policy. */
export interface UnitsOfPolicy {
  readonly policyId?: string;
  readonly kind: UnitKind;
  readonly units: number;
  readonly protected: number;
  readonly inError: number;
}

interface UnitsQuestion {
  readonly tenantId: TenantId;
  readonly filter: UnitFilter;
  /** Service time of the tenant. */
  readonly now: UtcSeconds;
}

export interface UnitsCatalog {
  /**
   * Begins to read all units of a kind. Pages follow, then `endRead`. Until then nothing is taken away, so that a read that
   * breaks off loses nothing; the next read of the kind simply replaces it.
   */
  beginRead(read: {
    readonly tenantId: TenantId;
    readonly kind: UnitKind;
    readonly at: UtcSeconds;
  }): Promise<UnitsRead>;
  /**
   * Writes one page as read. Names are remembered in `work`, since Graph forgets those of deleted sites and users. What is
   * known of a unit's points follows it: under another policy they expire no later than that one keeps points (so policies
   * are to be written first), and with its offboarding all have expired.
   */
  putPage(read: UnitsRead, units: readonly ReadUnit[]): Promise<void>;
  /**
   * Ends the read: units of the kind that were in none of its pages are gone. What is known of them stays, and so do their
   * names; they are left out of lists, and come back with it when they are read again. Only where something was asked about
   * them in between is nothing proven of them any more: the service may not have counted their points.
   */
  endRead(read: UnitsRead): Promise<{ readonly units: number; readonly gone: number; readonly added: number }>;
  /** Writes single units that were read by id, without saying anything of others. */
  put(tenantId: TenantId, units: readonly ReadUnit[]): Promise<void>;

  /** A window of the units, as `units.list` of the contract. `selectionId` marks rows as selected. */
  list(
    question: UnitsQuestion & { readonly sort: UnitSort; readonly window: WindowOf; readonly selectionId?: string },
  ): Promise<{ total: number; offset: number; rows: UnitRow[] }>;
  /** Fails with UNIT_NOT_FOUND. Finds units that are gone, too. */
  get(question: {
    readonly tenantId: TenantId;
    readonly unitId: UnitId;
    readonly now: UtcSeconds;
  }): Promise<UnitDetail>;
  /** The units of these ids, in the order given, without those unknown. Finds units that are gone, too. At most 1,000. */
  byIds(tenantId: TenantId, unitIds: readonly UnitId[]): Promise<ProtectionUnit[]>;
  /** The units of a kind that protect these sites or owners (at most 1,000 keys, as the service writes them), in no order; without those gone. */
  byOwners(tenantId: TenantId, kind: UnitKind, ownerKeys: readonly string[]): Promise<ProtectionUnit[]>;
  /** How many units each policy holds, by kind; `policyId` is absent for those that none holds. */
  countsOfPolicies(tenantId: TenantId): Promise<UnitsOfPolicy[]>;
  /** Ids of the units that match, in the order of ids, `limit` (at most 1,000) after `after`. */
  idsMatching(question: UnitsQuestion & { readonly after?: UnitId; readonly limit: number }): Promise<UnitId[]>;
  /**
   * Under which ids these units (at most 1,000) are known, in the order given, without those unknown: one that was removed and
   * protected again may have another id, and its older points stay with the older one.
   */
  underAllIds(tenantId: TenantId, unitIds: readonly UnitId[]): Promise<UnitUnderAllIds[]>;
  /**
   * Units of all tenants whose name, e-mail address or URL holds every word typed, without regard to case and accents: of three letters or
   * more anywhere, of fewer at the beginning of a word. Meant to be asked with each letter typed; gone units are found, too.
   */
  searchAcrossTenants(question: { readonly text: string; readonly limit: number }): Promise<UnitsFound>;
}
