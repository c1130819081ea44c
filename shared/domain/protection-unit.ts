import type { UtcSeconds } from './time.ts';

/** A customer's directory, by its GUID. */
export type TenantId = string;
/** Graph's `protectionUnitBase.id`. */
export type UnitId = string;
/** Graph's `restorePoint.id`: opaque, never parsed. */
export type RestorePointId = string;

/** The three kinds of protection unit, each with a workload of its own. */
export const unitKinds = ['site', 'drive', 'mailbox'] as const;
export type UnitKind = (typeof unitKinds)[number];

/** Known members of `protectionUnitStatus`; another member of the service is kept and shown as it came. */
export const protectionUnitStatuses = [
  'protectRequested',
  'protected',
  'unprotectRequested',
  'unprotected',
  'removeRequested',
  'offboardRequested',
  'offboarded',
  'cancelOffboardRequested',
] as const;
export type ProtectionUnitStatus = (typeof protectionUnitStatuses)[number];

/** What the service said went wrong with an entity (`publicError`), cut to what a technician reads. */
export interface ServiceError {
  readonly code: string;
  readonly message: string;
}

/** A site, OneDrive account or mailbox under protection, or once under it. */
export interface ProtectionUnit {
  readonly id: UnitId;
  readonly kind: UnitKind;
  /** Site name, or the owner's display name; the last known one where Graph has forgotten it; else the address or id. */
  readonly name: string;
  /** Site address, or the owner's e-mail address. */
  readonly address?: string;
  /** Site id, or the owner's directory object id: finds a unit again that was removed and protected under another id. */
  readonly ownerKey: string;
  readonly policyId?: string;
  /** A `ProtectionUnitStatus`, or the service's own word where it is a new one. */
  readonly status: string;
  /** Flags of `protectionSource`: `manual`, `dynamicRule`. */
  readonly sources: readonly string[];
  readonly protectedSinceAt?: UtcSeconds;
  readonly offboardRequestedAt?: UtcSeconds;
  readonly error?: ServiceError;
}
