/** Entities of an example as the emulator's seeding takes them. */
import { createHash } from 'node:crypto';
import { isJson, textAt } from '../example.ts';
import type { Json } from '../example.ts';

export type Kind = 'site' | 'drive' | 'mailbox';

export const never = '2044-01-01T00:00:00Z';
export const idOf = (...parts: readonly (string | number)[]): string => {
  const hex = createHash('sha256').update(parts.join(' ')).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

/** From `@odata.type`, or from what only one kind has. */
export const kindOf = (value: Json | undefined, otherwise: Kind): Kind => {
  const text = `${textAt(value, '@odata.type') ?? ''} ${Object.keys(value ?? {}).join(' ')}`.toLowerCase();
  if (/\bmicrosoft\.graph\.(site|sharepoint)|siteid|siteexpression|siterestore/.test(text)) return 'site';
  if (/\bmicrosoft\.graph\.(drive|onedrive)|driveexpression/.test(text)) return 'drive';
  if (/\bmicrosoft\.graph\.(mailbox|exchange)|directoryobjectid|mailboxexpression/.test(text)) return 'mailbox';
  return otherwise;
};

/** Entities whose ids repeat, as examples have them, get ids of their own. */
export const distinct = (entities: readonly Json[]): readonly Json[] => {
  const seen = new Set<string>();
  return entities.map((entity, number) => {
    const id = textAt(entity, 'id') ?? idOf('entity', number);
    const own = seen.has(id) ? idOf(id, number) : id;
    seen.add(own);
    return { ...entity, id: own };
  });
};

/** Older pages have hyphens in times, some have texts for people; what is no time and nobody is left out. */
export const withTimes = (entity: Json): Json =>
  Object.fromEntries(
    Object.entries(entity).flatMap(([name, value]) => {
      if ((name === 'createdBy' || name === 'lastModifiedBy') && !isJson(value)) return [];
      if (isJson(value)) return [[name, withTimes(value)]];
      if (!name.endsWith('DateTime') || typeof value !== 'string') return [[name, value]];
      const mended = value.replace(/T(\d{2})-(\d{2})-(\d{2})/, 'T$1:$2:$3');
      return /^\d{4}-\d{2}-\d{2}T/.test(mended) ? [[name, mended]] : [];
    }),
  );

/** An error that has details only gets the code that belongs to it. */
export const mendedError = (entity: Json): Json => {
  const error = entity['error'];
  if (Array.isArray(error)) return { ...entity, error: isJson(error[0]) ? error[0] : null };
  return isJson(error) && error['code'] === undefined
    ? { ...entity, error: { code: 'ProtectionResourcesNotFound', ...error } }
    : entity;
};

/** Everything that a page of a list shows, and one more, so that another page follows. */
export const spare = (documented: Json | undefined, entities: readonly Json[]): readonly Json[] => {
  if (documented?.['@odata.nextLink'] === undefined) return entities;
  const last = entities.at(-1);
  return last === undefined ? [] : [...entities, { ...last, id: idOf('one more', textAt(last, 'id') ?? '') }];
};
