/** What the service keeps about rules, jobs, bulk requests, browse sessions and searches of one tenant. */
import type { Ticks } from '../instant.ts';
import type { UnitKind } from '../world/units.ts';
import type { IdentitySet } from './session-store.ts';

export interface ErrorDetail {
  readonly code: string;
  readonly message: string;
  readonly target?: string;
}

export interface RecordError {
  readonly code: string;
  readonly message: string;
  readonly details?: readonly ErrorDetail[];
}

interface Authored {
  readonly createdAt: Ticks;
  readonly createdBy: IdentitySet;
  readonly lastModifiedAt: Ticks;
  readonly lastModifiedBy: IdentitySet;
}

export interface RuleRecord extends Authored {
  readonly id: string;
  readonly kind: UnitKind;
  readonly policyId: string;
  readonly expression: string;
  /** Dynamic: evaluated again and again. */
  readonly isAutoApplyEnabled: boolean;
  /** Moves as `rule-machine.ts` says; a rule put in place may have any. */
  readonly status: string;
  readonly error?: RecordError;
}

export interface JobRecord extends Authored {
  readonly id: string;
  readonly kind: UnitKind;
  readonly policyId: string;
  readonly displayName: string;
  /** Addresses of sites, or e-mail addresses. */
  readonly addresses: readonly string[];
  /** Ids of sites or of people. */
  readonly ids: readonly string[];
  readonly status: string;
  readonly error?: RecordError;
}

export interface BulkRequestRecord extends Authored {
  readonly id: string;
  readonly kind: UnitKind;
  readonly sessionId: string;
  readonly displayName: string;
  readonly addresses: readonly string[];
  readonly ids: readonly string[];
  readonly from: Ticks;
  readonly to?: Ticks;
  readonly preference: 'latest' | 'oldest';
  readonly fastOnly: boolean;
  readonly destinationType: 'new' | 'inPlace';
  readonly status: string;
  readonly error?: RecordError;
}

/** An item put in place by hand, in place of the content that the seed gives. */
export interface PlacedItem {
  readonly itemKey: string;
  readonly parentKey?: string;
  readonly name: string;
  readonly type: string;
  readonly webUrl: string;
  readonly itemsCount?: number;
  readonly sizeInBytes?: string;
}

export interface BrowseSessionRecord {
  readonly id: string;
  readonly kind: 'site' | 'drive';
  readonly unitId: string;
  readonly pointId: string;
  readonly pointAt: Ticks;
  readonly createdAt: Ticks;
  readonly readyAt: Ticks;
  readonly fails: boolean;
  readonly expiresAt: Ticks;
  readonly sizeInBytes: string;
  readonly items?: readonly PlacedItem[];
  /** Skip tokens put in place by hand. */
  readonly tokens?: readonly string[];
}

export interface SearchRecord {
  readonly id: string;
  readonly pointId: string;
  readonly hits: number;
}

export interface EmailSettings {
  readonly isEnabled: boolean;
  readonly additionalEvents: string;
  readonly customRecipients: readonly { readonly email: string; readonly displayName?: string; readonly id?: string }[];
}
