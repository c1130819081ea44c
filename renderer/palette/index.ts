export type { NamedView } from './found.ts';
export { Palette } from './palette.tsx';
export { SearchBox } from './search-box.tsx';
