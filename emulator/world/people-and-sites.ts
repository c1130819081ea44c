/** Names of the n-th person and the n-th site of an organisation: computed when asked, never stored. */
import { mix } from '../seeded-random.ts';
import { languages } from './names.ts';
import type { Language } from './names.ts';
import type { Organisation } from './organisations.ts';

export interface Person {
  readonly displayName: string;
  readonly email: string;
}

export interface Site {
  readonly name: string;
  /** Last part of the address. */
  readonly path: string;
}

const domainOf = (organisation: Organisation): string => `${organisation.label}.example`;

/** Addresses never repeat within an organisation; display names do, as in life. */
export const personOf = (organisation: Organisation, seed: number, number: number): Person => {
  const own: Language = languages[organisation.language];
  // One in eight has come from elsewhere. The pair of names still follows from the number, so it comes once a round.
  const elsewhere = mix(seed, number) % 8 === 0 && organisation.language !== 'english';
  const language: Language = elsewhere ? languages.english : own;
  const { given, family } = language;
  const shifted = number + (seed % 97);
  const first = given[shifted % given.length];
  const last = family[shifted % family.length];
  if (first === undefined || last === undefined) throw new Error('A language without names.');
  const round = Math.floor(number / (given.length * family.length));
  const suffix = round === 0 ? '' : String(round + 1);
  const displayName = language.familyFirst ? `${last.written} ${first.written}` : `${first.written} ${last.written}`;
  return { displayName, email: `${first.spelled}.${last.spelled}${suffix}@${domainOf(organisation)}` };
};

export const siteOf = (organisation: Organisation, seed: number, number: number): Site => {
  const { departments, topics }: Language = languages[organisation.language];
  const shifted = number + (seed % 89);
  const department = departments[shifted % departments.length] ?? '';
  const topic = topics[shifted % topics.length] ?? '';
  const round = Math.floor(number / (departments.length * topics.length));
  const suffix = round === 0 ? '' : ` ${round + 1}`;
  return { name: `${department} – ${topic}${suffix}`, path: `team-${String(number + 1).padStart(4, '0')}` };
};

export const sharePointHostOf = (organisation: Organisation): string => `${organisation.label}.sharepoint.example`;

export const mailDomainOf = domainOf;
