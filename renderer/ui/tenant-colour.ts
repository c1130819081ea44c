/** Eight colours for eight tenants side by side; dark enough for white initials (4.5:1) in both themes. Identity only, never state. */
export const tenantColours = [
  '#5c2e91',
  '#0b6a0b',
  '#8e562e',
  '#a4262c',
  '#00666d',
  '#3b5bab',
  '#9b0062',
  '#5d5a58',
] as const;

/** The colour of an index of `Tenant.colour`. */
export function tenantColour(index: number): string {
  return tenantColours[Math.abs(Math.trunc(index)) % tenantColours.length] ?? tenantColours[0];
}

const legalForms = new Set([
  'gmbh',
  'ltd',
  'llp',
  'oy',
  'bv',
  'ab',
  'ag',
  'inc',
  'sa',
  'sarl',
  's.à',
  'r.l.',
  'plc',
  'llc',
]);

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const lettersOf = (word: string) => Array.from(segmenter.segment(word), ({ segment }) => segment);

/** Two letters for the square: those of the first two words that are no legal form. `Contoso Nordics Oy` → `CN`. */
export function initialsOf(name: string): string {
  const words = name.split(/[^\p{L}\p{N}.]+/u).filter(word => word !== '' && !legalForms.has(word.toLowerCase()));
  const [first, second] = words;
  if (first === undefined) return '?';
  const letters =
    second === undefined ? lettersOf(first).slice(0, 2) : [lettersOf(first)[0] ?? '', lettersOf(second)[0] ?? ''];
  return letters.join('').toUpperCase();
}
