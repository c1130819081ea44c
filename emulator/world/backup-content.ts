/** What lies in the backup of a site or drive: libraries, folders and files, the same for the same unit whenever asked. */
import { guid, hash } from '../seeded-random.ts';

export interface ContentItem {
  /** Joined by commas: two parts for a site, three for a library, four for a folder or file. */
  readonly itemKey: string;
  readonly name: string;
  readonly type: 'site' | 'documentLibrary' | 'folder' | 'file';
  readonly webUrl: string;
  readonly itemsCount: number;
  readonly sizeInBytes: number;
}

export interface ContentSource {
  readonly unitId: string;
  readonly name: string;
  readonly webUrl: string;
}

const words = [
  'Budget',
  'Minutes',
  'Übergabe',
  '議事録',
  'Contract',
  'Offer',
  'Plan',
  'Photo',
  'Report',
  'Notes',
  'Архив',
];
const endings = ['docx', 'xlsx', 'pptx', 'pdf', 'jpg', 'txt'];
const libraryNames = ['Documents', 'Site Assets'];

export const siteItem = ({ unitId, name, webUrl }: ContentSource): ContentItem => ({
  itemKey: `${guid(unitId, 'collection')},${guid(unitId, 'root web')}`,
  name,
  type: 'site',
  webUrl,
  itemsCount: libraryNames.length,
  sizeInBytes: 0,
});

const childCount = (item: ContentItem, depth: number): number => {
  if (item.type === 'file') return 0;
  return item.type === 'folder' ? 3 + (hash(item.itemKey) % (depth > 2 ? 6 : 12)) : 14 + (hash(item.itemKey) % 20);
};

const child = (parent: ContentItem, number: number, depth: number): ContentItem => {
  const prefix = parent.itemKey.split(',').slice(0, 3).join(',');
  const chance = hash(parent.itemKey, number);
  const isFolder = depth < 4 && chance % 5 === 0;
  const word = words[chance % words.length] ?? 'File';
  const name = isFolder
    ? `${word} ${2015 + number}`
    : `${word} ${number + 1}.${endings[chance % endings.length] ?? 'txt'}`;
  const item: ContentItem = {
    itemKey: `${prefix},${guid(parent.itemKey, number)}`,
    name,
    type: isFolder ? 'folder' : 'file',
    webUrl: `${parent.webUrl}/${name}`,
    itemsCount: 0,
    sizeInBytes: isFolder ? 0 : 900 + (chance % 4_000_000),
  };
  return isFolder ? { ...item, itemsCount: childCount(item, depth + 1) } : item;
};

export const childrenOf = (source: ContentSource, parent: ContentItem, depth: number): readonly ContentItem[] => {
  if (parent.type === 'site') {
    return libraryNames.map(name => {
      const library: ContentItem = {
        itemKey: `${parent.itemKey},${guid(source.unitId, 'library', name)}`,
        name,
        type: 'documentLibrary',
        webUrl: `${source.webUrl}/${name}`,
        itemsCount: 0,
        sizeInBytes: 0,
      };
      return { ...library, itemsCount: childCount(library, 1) };
    });
  }
  return Array.from({ length: childCount(parent, depth) }, (_, number) => child(parent, number, depth));
};

export interface PlacedContent {
  readonly item: ContentItem;
  readonly depth: number;
}

/** The item of this key, found by walking down. */
export const findContent = (source: ContentSource, itemKey: string): PlacedContent | undefined => {
  const walk = (item: ContentItem, depth: number): PlacedContent | undefined => {
    if (item.itemKey === itemKey) return { item, depth };
    for (const inner of childrenOf(source, item, depth)) {
      if (inner.itemKey === itemKey) return { item: inner, depth: depth + 1 };
      // A key tells its library: the others need no walk.
      const isAbove = inner.type === 'folder' || itemKey.startsWith(`${inner.itemKey},`);
      const found = inner.type === 'file' || !isAbove ? undefined : walk(inner, depth + 1);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return walk(siteItem(source), 0);
};
