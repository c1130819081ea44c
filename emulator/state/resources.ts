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
import type { UnitStore } from './unit-store.ts';

export interface Resource {
  /** Object id of a person, or a site's id of three parts. */
  readonly id: string;
  readonly displayName: string;
  /** E-mail address, or the site's address. */
  readonly address: string;
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
        return { id: guid(seed, tenantId, 'person', place), displayName, address: email };
      }
      const { name, path } = siteOf(organisation, key, place);
      const host = sharePointHostOf(organisation);
      const id = `${host},${guid(seed, tenantId, 'site', place)},${guid(seed, tenantId, 'web', place)}`;
      return { id, displayName: name, address: `https://${host}/sites/${path}` };
    });
  };

  const known = new Map<'site' | 'person', { readonly version: number; readonly byName: Map<string, Resource> }>();
  let placedVersion = 0;
  /** By id and by address, in lower case; made anew after a change of the units. */
  const indexOf = (side: 'site' | 'person'): Map<string, Resource> => {
    const version = units.version + placedVersion * 1e9;
    const before = known.get(side);
    if (before?.version === version) return before.byName;
    const byName = new Map<string, Resource>();
    const take = (resource: Resource): void => {
      byName.set(resource.id.toLowerCase(), resource);
      if (resource.address !== '') byName.set(resource.address.toLowerCase().replace(/\/$/, ''), resource);
    };
    for (const kind of side === 'site' ? (['site'] as const) : (['drive', 'mailbox'] as const)) {
      for (const unit of units.list(kind)) {
        if (unit.isUnresolved === true) continue;
        const id = unit.siteId ?? unit.directoryObjectId;
        if (id === undefined) continue;
        take({
          id,
          displayName: unit.siteName ?? unit.displayName ?? '',
          address: unit.siteWebUrl ?? unit.email ?? '',
        });
      }
    }
    for (const resource of beyond(side)) take(resource);
    for (const resource of placed[side].values()) take(resource);
    known.set(side, { version, byName });
    return byName;
  };
  const list = (kind: UnitKind): readonly Resource[] => [...new Set(indexOf(sideOf(kind)).values())];
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
    find: (kind, idOrAddress) => indexOf(sideOf(kind)).get(idOrAddress.toLowerCase().replace(/\/$/, '')),
    listGroups,
    findGroup: id => listGroups().find(group => group.id.toLowerCase() === id.toLowerCase()),
    putResource: (side, resource) => {
      placed[side].set(resource.id, resource);
      journal.put(keptAs[side], resource.id, resource);
      placedVersion += 1;
    },
    putGroup: group => {
      placedGroups.set(group.id, group);
      journal.put(keptAs.group, group.id, group);
    },
  };
};
