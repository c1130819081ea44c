import type { UnitKind } from '../shared/domain/protection-unit.ts';

const FIRST = [
  ...['Aino', 'Björn', 'Carla', 'Dmitri', 'Élodie', 'Fatima', 'Grzegorz', 'Hanna', 'Ingrid', 'Jürgen', 'Katarzyna'],
  ...['Lars', 'María', 'Niamh', 'Olu', 'Priya', 'Quentin', 'Ravi', 'Søren', 'Tomás', 'Ursula', 'Václav', 'Wen', 'Yuki'],
  ...['Zoë', 'Anders', 'Beatriz', 'Chloé', 'Daan', 'Emeka', 'Frida', 'Giulia', 'Håkon', 'Isla', 'Jonas'],
];
const LAST = [
  ...[
    'Virtanen',
    'Åkesson',
    'Bianchi',
    'Castillo',
    'Dubois',
    'Eriksen',
    'Fernández',
    'Grabowski',
    'Hofmann',
    'Ibrahim',
  ],
  ...['Jansen', 'Kowalski', 'Lindqvist', 'Müller', 'Nakamura', 'Okafor', 'Petrov', 'Quinn', 'Rossi', 'Sørensen'],
  ...['Tanaka', 'Urbański', 'van Dijk', 'Weiß', 'Xu', 'Yılmaz', 'Zieliński', 'Ahlgren', 'Brennan', 'Chaudhry'],
  ...['de la Cruz', 'Engström', 'Fischer', 'Galvão', 'Haugen', 'Iyer', 'Jørgensen', 'Kaya', 'Laurent', 'Moreau'],
];
const TEAMS = [
  ...['Finance', 'Human Resources', 'Legal', 'Marketing', 'Sales', 'Engineering', 'Support', 'Procurement', 'Research'],
  ...['Facilities', 'Quality', 'Logistics', 'Board', 'Training', 'Security', 'Data Platform', 'Customer Success'],
];
const TOPICS = [
  'Projects',
  'Archive',
  'Handbook',
  'Contracts',
  'Planning',
  'Reviews',
  'Onboarding',
  'Budget',
  'Migration',
];

const pick = (list: readonly string[], number: number): string => list[number % list.length] ?? '';
const slug = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/[^A-Za-z0-9]+/g, '')
    .toLowerCase();

/** What a unit is called, told from its number alone: people for drives and mailboxes, teams' sites for sites. */
export function nameOf(kind: UnitKind, number: number, domain: string): { name: string; address: string } {
  // Stepping by primes, so that first and last names don't repeat in step.
  if (kind === 'site') {
    const name = `${pick(TEAMS, number * 7)} ${pick(TOPICS, Math.floor(number / 17) * 5)} ${number}`;
    return { name, address: `https://${domain.split('.')[0]}.sharepoint.example/sites/${slug(name)}` };
  }
  const first = pick(FIRST, number * 11);
  const last = pick(LAST, Math.floor(number / 35) * 13 + number);
  return { name: `${first} ${last}`, address: `${slug(first)}.${slug(last)}${number}@${domain}` };
}
