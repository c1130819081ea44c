/** The published metadata of Backup Storage (v1.0), as data: what its types, their properties and their enums are. */
import source from './backup-storage.json' with { type: 'json' };

interface Property {
  readonly name: string;
  /** `Edm.String`, `microsoft.graph.identitySet`, `Collection(…)`. */
  readonly type: string;
  readonly nullable: boolean;
}

interface StructuredType {
  readonly name: string;
  readonly baseType: string | undefined;
  readonly isAbstract: boolean;
  /** Takes properties that the metadata does not name. */
  readonly isOpen: boolean;
  /** Its own and those of its bases, navigation properties too. */
  readonly properties: ReadonlyMap<string, Property>;
}

interface EnumType {
  readonly isFlags: boolean;
  readonly members: readonly string[];
  /** Members after `unknownFutureValue`: sent only to callers who ask for them. */
  readonly later: readonly string[];
}

interface RawType {
  readonly baseType: string | null;
  readonly abstract?: boolean;
  readonly openType?: boolean;
  readonly properties: readonly Property[];
  readonly navigationProperties: readonly { readonly name: string; readonly type: string }[];
}

interface RawEnum {
  readonly isFlags: boolean;
  readonly members: readonly { readonly name: string }[];
}

const rawTypes: Readonly<Record<string, RawType>> = { ...source.entityTypes, ...source.complexTypes };
const rawEnums: Readonly<Record<string, RawEnum>> = source.enumTypes;

const propertiesOf = (name: string): Map<string, Property> => {
  const raw = rawTypes[name];
  if (raw === undefined) return new Map();
  const all = raw.baseType === null ? new Map<string, Property>() : propertiesOf(raw.baseType);
  for (const property of raw.properties) all.set(property.name, property);
  for (const { name: navigation, type } of raw.navigationProperties) {
    all.set(navigation, { name: navigation, type, nullable: true });
  }
  return all;
};

const types = new Map<string, StructuredType>(
  Object.entries(rawTypes).map(([name, raw]) => [
    name.toLowerCase(),
    {
      name,
      baseType: raw.baseType ?? undefined,
      isAbstract: raw.abstract === true,
      isOpen: raw.openType === true,
      properties: propertiesOf(name),
    },
  ]),
);

const enums = new Map<string, EnumType>(
  Object.entries(rawEnums).map(([name, { isFlags, members }]) => {
    const names = members.map(member => member.name);
    const sentinel = names.indexOf('unknownFutureValue');
    return [name.toLowerCase(), { isFlags, members: names, later: sentinel < 0 ? [] : names.slice(sentinel + 1) }];
  }),
);

/** By full name, with or without `#`, in any letter case. */
export const findType = (name: string): StructuredType | undefined => types.get(name.replace(/^#/, '').toLowerCase());

export const findEnum = (name: string): EnumType | undefined => enums.get(name.toLowerCase());

/** Is the first type the second, or made from it? */
export const isDerivedFrom = (name: string, base: string): boolean => {
  let type = findType(name);
  while (type !== undefined) {
    if (type.name.toLowerCase() === base.toLowerCase()) return true;
    type = type.baseType === undefined ? undefined : findType(type.baseType);
  }
  return false;
};

/** `Collection(x)` is x. */
export const elementOf = (type: string): string | undefined => /^Collection\((.+)\)$/.exec(type)?.[1];

export const navigationsOf = (name: string): readonly { readonly name: string; readonly type: string }[] =>
  rawTypes[name]?.navigationProperties ?? [];
export const actions: readonly { readonly name: string; readonly boundTo: string; readonly returns: string }[] =
  source.actions;
