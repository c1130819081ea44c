/** What jobs and bulk requests name their units by: addresses, and ids. */
import type { UnitKind } from '../world/units.ts';
import { property } from './request-body.ts';
import type { JsonObject } from './request-body.ts';

export const addressProperty: Readonly<Record<UnitKind, string>> = {
  site: 'siteWebUrls',
  drive: 'drives',
  mailbox: 'mailboxes',
};

export const idProperty = (kind: UnitKind): string => (kind === 'site' ? 'siteIds' : 'directoryObjectIds');

export interface AddressLists {
  readonly addresses: readonly string[];
  readonly ids: readonly string[];
}

/** Undefined when one of them is no list of texts. */
export const readAddressLists = (kind: UnitKind, body: JsonObject): AddressLists | undefined => {
  const textsOf = (name: string): readonly string[] | undefined => {
    const value = property(body, name) ?? [];
    if (!Array.isArray(value)) return undefined;
    const texts = value.flatMap((entry: unknown) => (typeof entry === 'string' && entry.trim() !== '' ? [entry] : []));
    return texts.length < value.length ? undefined : texts;
  };
  const addresses = textsOf(addressProperty[kind]);
  const ids = textsOf(idProperty(kind));
  return addresses === undefined || ids === undefined ? undefined : { addresses, ids };
};
