/**
 * What of a tenant can be protected: its people, sites and groups. Those behind the units, some beyond them, and what was
 * put in place by hand.
 */
import { guid, hash } from '../seeded-random.ts';
import type { Organisation } from '../world/organisations.ts';
import { personOf, sharePointHostOf, siteOf } from '../world/people-and-sites.ts';
import { countsOf } from '../world/units.ts';
import type { UnitKind } from '../world/units.ts';
import type { Journal } from './journal.ts';
import type { StoredUnit, UnitStore } from './unit-store.ts';

export interface Resource {
  /** Object id of a person, or a site's id of three parts. */
  readonly id: string;
  readonly displayName: string;
  /** E-mail address, or the site's address. */
  readonly address: string;
  /** Its protection fails for a reason that nobody tells, its mailbox's for want of room. */
  readonly isTroubled?: boolean;
  readonly isOverQuota?: boolean;
  /** People: `accountEnabled` is false; `userType` is Guest. */
  readonly isBlocked?: boolean;
  readonly isGuest?: boolean;
  /** People: services of their assigned plans, each with its `capabilityStatus`; Exchange and SharePoint, enabled, unless given. */
  readonly plans?: readonly { readonly service: string; readonly capabilityStatus: string }[];
  /** Sites: somebody's OneDrive. */
  readonly isPersonalSite?: boolean;
}

export interface Group {
  readonly id: string;
  readonly displayName: string;
  readonly memberIds: readonly string[];
}

export interface Resources {
  /** Sites, or people, who exist: protected or not. */
  list(kind: UnitKind): readonly Resource[];
  find(kind: UnitKind, idOrAddress: string): Resource | undefined;
  findGroup(id: string): Group | undefined;
  listGroups(): readonly Group[];
  putResource(kind: 'site' | 'person', resource: Resource): void;
  putGroup(group: Group): void;
}

/** People and sites beyond the units, that nobody protects yet. */
const unprotectedPeople = 12;
const unprotectedSites = 6;
const groupSize = 5;
/** Of the people beyond the units, the last: a directory has accounts that nobody means to protect. */
const lastPeople: readonly Partial<Resource>[] = [{ plans: [] }, { isGuest: true, plans: [] }, { isBlocked: true }];

export const createResources = (
  source: {
    readonly seed: number;
    readonly tenantId: string;
    readonly organisation: Organisation;
    readonly count: number;
  },
  units: UnitStore,
  journal: Journal,
): Resources => {
  const { seed, tenantId, organisation, count } = source;
  const keptAs = { site: `site ${tenantId}`, person: `person ${tenantId}`, group: `group ${tenantId}` } as const;
  const placed = {
    site: new Map<string, Resource>(journal.read<Resource>(keptAs.site)),
    person: new Map<string, Resource>(journal.read<Resource>(keptAs.person)),
  };
  const placedGroups = new Map<string, Group>(journal.read<Group>(keptAs.group));
  const sideOf = (kind: UnitKind): 'site' | 'person' => (kind === 'site' ? 'site' : 'person');

  const beyond = (side: 'site' | 'person'): readonly Resource[] => {
    if (count === 0) return [];
    const key = hash(seed, tenantId);
    const { site: sites, drive: people } = countsOf(count);
    const from = side === 'site' ? sites : people;
    return Array.from({ length: side === 'site' ? unprotectedSites : unprotectedPeople }, (_, offset): Resource => {
      const place = from + offset;
      if (side === 'person') {
        const { displayName, email } = personOf(organisation, key, place);
        const special = lastPeople[offset - (unprotectedPeople - lastPeople.length)];
        return { id: guid(seed, tenantId, 'person', place), displayName, address: email, ...special };
      }
      const { name, path } = siteOf(organisation, key, place);
      const host = sharePointHostOf(organisation);
      const id = `${host},${guid(seed, tenantId, 'site', place)},${guid(seed, tenantId, 'web', place)}`;
      return { id, displayName: name, address: `https://${host}/sites/${path}` };
    });
  };

  interface Index {
    version: number;
    readonly byId: Map<string, Resource>;
    /** Addresses in lower case, without a slash at the end. */
    readonly byAddress: Map<string, Resource>;
  }
  const addressKey = (address: string): string => address.toLowerCase().replace(/\/$/, '');
  const take = ({ byId, byAddress }: Index, resource: Resource): void => {
    const key = resource.id.toLowerCase();
    const before = byId.get(key);
    const oldAddress = before === undefined ? '' : addressKey(before.address);
    if (byAddress.get(oldAddress) === before) byAddress.delete(oldAddress);
    byId.set(key, resource);
    if (resource.address !== '') byAddress.set(addressKey(resource.address), resource);
  };
  const takeUnit = (index: Index, unit: StoredUnit): void => {
    const id = unit.siteId ?? unit.directoryObjectId;
    if (id === undefined || unit.isUnresolved === true) return;
    const displayName = unit.siteName ?? unit.displayName ?? '';
    take(index, { id, displayName, address: unit.siteWebUrl ?? unit.email ?? '' });
  };
  const newIndex = (side: 'site' | 'person'): Index => {
    const index: Index = { version: units.version, byId: new Map(), byAddress: new Map() };
    for (const kind of side === 'site' ? (['site'] as const) : (['drive', 'mailbox'] as const)) {
      for (const unit of units.list(kind)) takeUnit(index, unit);
    }
    for (const resource of beyond(side)) take(index, resource);
    for (const resource of placed[side].values()) take(index, resource);
    return index;
  };
  const indexes = new Map<'site' | 'person', Index>();
  /** Made when first needed; from then on it follows the changes of the units. */
  const indexOf = (side: 'site' | 'person'): Index => {
    const index = indexes.get(side) ?? newIndex(side);
    indexes.set(side, index);
    if (index.version < units.version) {
      for (const unit of units.changedSince(index.version)) if (sideOf(unit.kind) === side) takeUnit(index, unit);
      // What was put in place by hand says how it is, whatever a unit says of it.
      for (const resource of placed[side].values()) take(index, resource);
      index.version = units.version;
    }
    return index;
  };
  const list = (kind: UnitKind): readonly Resource[] => [...indexOf(sideOf(kind)).byId.values()];
  const seededGroups = (): readonly Group[] => {
    if (count === 0) return [];
    const people = beyond('person');
    return [0, 1, 2].map(number => ({
      id: guid(seed, tenantId, 'group', number),
      displayName: ['New starters', 'Board', 'Field staff'][number] ?? '',
      memberIds: people.slice(number * 4, number * 4 + groupSize).map(({ id }) => id),
    }));
  };
  const listGroups = (): readonly Group[] => [...seededGroups(), ...placedGroups.values()];
  return {
    list,
    find: (kind, idOrAddress) => {
      const { byId, byAddress } = indexOf(sideOf(kind));
      return byId.get(idOrAddress.toLowerCase()) ?? byAddress.get(addressKey(idOrAddress));
    },
    listGroups,
    findGroup: id => listGroups().find(group => group.id.toLowerCase() === id.toLowerCase()),
    putResource: (side, resource) => {
      placed[side].set(resource.id, resource);
      journal.put(keptAs[side], resource.id, resource);
      const index = indexes.get(side);
      if (index !== undefined) take(index, resource);
    },
    putGroup: group => {
      placedGroups.set(group.id, group);
      journal.put(keptAs.group, group.id, group);
    },
  };
};
