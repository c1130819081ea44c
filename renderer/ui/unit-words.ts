import type { UnitKind } from '../../shared/domain/protection-unit.ts';

/** What a kind of unit is called on screen, in a row, and in the plural. */
export const kindWords: { readonly [K in UnitKind]: { one: string; many: string } } = {
  site: { one: 'Site', many: 'Sites' },
  drive: { one: 'OneDrive', many: 'OneDrive' },
  mailbox: { one: 'Mailbox', many: 'Mailboxes' },
};

/** `1 site, 2 OneDrive, 3 mailboxes`: only the kinds that there are. */
export function countKinds(counts: { sites: number; drives: number; mailboxes: number }): string {
  const parts = [
    [counts.sites, counts.sites === 1 ? 'site' : 'sites'],
    [counts.drives, 'OneDrive'],
    [counts.mailboxes, counts.mailboxes === 1 ? 'mailbox' : 'mailboxes'],
  ] as const;
  return parts
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${new Intl.NumberFormat('en-GB').format(count)} ${word}`)
    .join(', ');
}

/** How a state looks: which icon, and so which colour. */
export type Tone = 'good' | 'bad' | 'warning' | 'waiting' | 'neutral';

const statusWords: { readonly [status: string]: { word: string; tone: Tone } } = {
  protectrequested: { word: 'Being added', tone: 'waiting' },
  protected: { word: 'Protected', tone: 'good' },
  unprotectrequested: { word: 'Being removed', tone: 'waiting' },
  unprotected: { word: 'Not protected', tone: 'neutral' },
  removerequested: { word: 'Being removed', tone: 'waiting' },
  offboardrequested: { word: 'Offboarding', tone: 'warning' },
  offboarded: { word: 'Offboarded', tone: 'neutral' },
  canceloffboardrequested: { word: 'Offboarding being cancelled', tone: 'waiting' },
};

/** A unit's state in a word. A status that this version does not know is shown as the service sent it. */
export function unitState(unit: { status: string; error?: unknown }): { word: string; tone: Tone } {
  if (unit.error !== undefined && unit.error !== null) return { word: 'In error', tone: 'bad' };
  return statusWords[unit.status.toLowerCase()] ?? { word: unit.status, tone: 'neutral' };
}

const sourceWords: { readonly [source: string]: string } = { manual: 'hand', dynamicRule: 'dynamic rule' };

/** How a unit came under its policy: `hand and dynamic rule`. */
export function sourcesInWords(sources: readonly string[]): string {
  const known = sources.filter(source => source !== 'none').map(source => sourceWords[source] ?? source);
  return known.length === 0 ? 'not said' : known.join(' and ');
}
