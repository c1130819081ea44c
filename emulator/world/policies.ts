/** The protection policies that a made-up tenant starts with. */
import { days } from '../instant.ts';
import type { Ticks } from '../instant.ts';
import { guid, hash } from '../seeded-random.ts';
import type { UnitKind, UnitPolicy } from './units.ts';

interface RetentionSetting {
  readonly interval: string;
  readonly period: string;
}

interface PolicyPerson {
  readonly id: string;
  readonly displayName?: string;
  readonly email?: string;
}

interface PolicyAuthor {
  readonly application?: PolicyPerson;
  readonly user?: PolicyPerson;
}

export interface Policy {
  readonly id: string;
  readonly kind: UnitKind;
  readonly displayName: string;
  readonly createdAt: Ticks;
  readonly lastModifiedAt: Ticks;
  readonly retentionSettings: readonly RetentionSetting[];
  /** False until it is activated, and after it is deactivated. */
  readonly isInactive?: boolean;
  /** Being saved until then, after its creation. */
  readonly savedAt?: Ticks;
  /** A policy without units is busy until then, after a change. */
  readonly busyUntil?: Ticks;
  readonly createdBy?: PolicyAuthor;
  readonly lastModifiedBy?: PolicyAuthor;
  /** Set only on policies put in place by hand: the others' follows from their units. */
  readonly status?: string;
}

const year = { period: 'P1Y', retention: days(365) };
const halfYear = { period: 'P180D', retention: days(180) };

interface Template {
  readonly kind: UnitKind;
  readonly displayName: string;
  readonly kept: typeof year;
}

const templates: readonly Template[] = [
  { kind: 'site', displayName: 'All team sites', kept: year },
  { kind: 'site', displayName: 'Project sites, half a year', kept: halfYear },
  { kind: 'drive', displayName: 'OneDrive – everyone', kept: year },
  { kind: 'mailbox', displayName: 'Mailboxes – everyone', kept: year },
];

const settingsOf = (kind: UnitKind, period: string): readonly RetentionSetting[] =>
  kind === 'mailbox'
    ? [{ interval: 'R/PT10M', period }]
    : [
        { interval: 'R/PT10M', period: 'P2W' },
        { interval: 'R/P1W', period },
      ];

/** Policies and what units need to know of them. */
export const policiesOf = (
  seed: number,
  tenantId: string,
  worldStart: Ticks,
): readonly { readonly policy: Policy; readonly unitPolicy: UnitPolicy }[] =>
  templates.map(({ kind, displayName, kept }, number) => {
    const id = guid(seed, tenantId, 'policy', number);
    const createdAt = worldStart - days(430) - days(hash(seed, tenantId, number) % 90);
    return {
      policy: {
        id,
        kind,
        displayName,
        createdAt,
        lastModifiedAt: createdAt + days(3),
        retentionSettings: settingsOf(kind, kept.period),
      },
      unitPolicy: { id, kind, retention: kept.retention },
    };
  });
