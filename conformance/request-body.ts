/** Reading what a documented request sends, so that the client can be asked for the same. */

type JsonObject = Readonly<Record<string, unknown>>;

export function objectOf(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

export function textsOf(value: unknown): readonly string[] {
  return listOf(value).filter(member => typeof member === 'string');
}

/** A key that the value has, in any letter case, by one of its possible names. */
export function propertyOf(value: unknown, ...names: readonly string[]): unknown {
  const wanted = new Set(names.map(name => name.toLowerCase()));
  return Object.entries(objectOf(value)).find(([key]) => wanted.has(key.toLowerCase()))?.[1];
}

/** The id of the point that an artifact names, in the newer or in the older form. */
export function pointIdOf(artifact: unknown): string | undefined {
  const point = objectOf(objectOf(artifact)['restorePoint']);
  return textOf(point['id']) ?? textOf(point['@odata.id']);
}

/** The additions of a delta, and the ids that it removes. */
export function deltaOf(members: unknown): { readonly add: readonly JsonObject[]; readonly remove: readonly string[] } {
  const all = listOf(members).map(objectOf);
  return {
    add: all.filter(member => member['@removed'] === undefined),
    remove: all.flatMap(member => (member['@removed'] === undefined ? [] : [textOf(member['id']) ?? 'missing'])),
  };
}

/** As many as the client takes, and never none: what is documented as refused for its number is refused by the client itself. */
export function within<T>(members: readonly T[], most: number, placeholder: T): readonly T[] {
  return members.length === 0 ? [placeholder] : members.slice(0, most);
}

/** Period, preference and tags, as a search and a bulk restore request take them. */
export function searchPeriodOf(body: unknown) {
  const { protectionTimePeriod, restorePointPreference, tags } = objectOf(body);
  const period = objectOf(protectionTimePeriod);
  const [startDateTime, endDateTime] = [textOf(period['startDateTime']), textOf(period['endDateTime'])];
  return {
    preference: restorePointPreference === 'oldest' ? ('oldest' as const) : ('latest' as const),
    ...(startDateTime === undefined ? {} : { startDateTime }),
    ...(endDateTime === undefined ? {} : { endDateTime }),
    ...(textOf(tags)?.toLowerCase() === 'fastrestore' ? { fastOnly: true } : {}),
  };
}

/** Where an artifact or a request goes. */
export function destinationOf(artifact: unknown): 'inPlace' | 'new' {
  return textOf(objectOf(artifact)['destinationType'])?.toLowerCase() === 'inplace' ? 'inPlace' : 'new';
}
