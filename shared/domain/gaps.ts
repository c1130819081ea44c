import type { UnitId, UnitKind } from './protection-unit.ts';
import type { UtcSeconds } from './time.ts';

/*
 * Gaps in protection: what of the directory no policy protects. Pure. What a directory object is and what of it should be protected is told by
 * what Graph says of it (user: userType, accountEnabled, assignedPlans; site: isPersonalSite and its address), never by its name.
 */

/** A user as the directory tells it; what it does not tell is absent, and then nothing is held against the account. */
export interface DirectoryUser {
  readonly type: 'user';
  /** Directory object id. */
  readonly id: string;
  readonly name: string;
  /** E-mail address, else the user principal name. */
  readonly address?: string;
  readonly isEnabled?: boolean;
  /** `userType`: Member or Guest. */
  readonly userType?: string;
  /** Services of the assigned plans whose data is kept (Enabled, Warning, Suspended), as Graph spells them: `exchange`, `SharePoint`. */
  readonly services?: readonly string[];
}

export interface DirectorySite {
  readonly type: 'site';
  /** Site id: host, collection and web, joined by commas. */
  readonly id: string;
  readonly name: string;
  readonly address?: string;
  readonly isPersonal?: boolean;
}

export type DirectoryMember = DirectoryUser | DirectorySite;

/** Why a directory object is listed apart from the gaps: it may well need no protection, and somebody should know why it has none. */
export const leftOutClasses = [
  'guest',
  'blocked',
  'unlicensed',
  'personalSite',
  'systemSite',
  'partOfProtectedSite',
] as const;
export type LeftOutClass = (typeof leftOutClasses)[number];
/** What a directory object is. Each is exactly one of these. */
export type DirectoryClass = 'user' | 'site' | LeftOutClass;

/** Addresses of sites that SharePoint keeps for itself in every tenant. */
const SYSTEM_PATHS: ReadonlySet<string> = new Set([
  '/search',
  '/sites/search',
  '/sites/appcatalog',
  '/sites/contenttypehub',
  '/portals/hub',
  '/portals/community',
]);

/** What the object is, by the first of these that holds: guest, blocked, unlicensed; for sites personal, system. */
export function classOf(member: DirectoryMember): Exclude<DirectoryClass, 'partOfProtectedSite'> {
  if (member.type === 'user') {
    if (member.userType?.toLowerCase() === 'guest') return 'guest';
    if (member.isEnabled === false) return 'blocked';
    return member.services !== undefined && licensedFor(member.services).length === 0 ? 'unlicensed' : 'user';
  }
  const address = splitAddress(member.address);
  if (member.isPersonal === true || address?.path.startsWith('/personal/') === true) return 'personalSite';
  const isMySiteHost = address !== undefined && /^[^.]+-my\./.test(address.host) && address.path === '';
  return address !== undefined && (SYSTEM_PATHS.has(address.path) || isMySiteHost) ? 'systemSite' : 'site';
}

function splitAddress(address: string | undefined): { host: string; path: string } | undefined {
  const parts = /^https?:\/\/([^/?#]+)([^?#]*)/i.exec(address ?? '');
  return parts === null
    ? undefined
    : { host: (parts[1] ?? '').toLowerCase(), path: (parts[2] ?? '').toLowerCase().replace(/\/+$/, '') };
}

/** The kinds of unit that a user's assigned plans hold data of. */
function licensedFor(services: readonly string[]): UnitKind[] {
  const told = new Set(services.map(service => service.toLowerCase()));
  return [...(told.has('sharepoint') ? ['drive' as const] : []), ...(told.has('exchange') ? ['mailbox' as const] : [])];
}

/**
 * Which units would protect the object. A blocked account without a plan may be a shared mailbox or a room, an unlicensed one may still have
 * what it had: for both either kind is thinkable, and one is enough. A guest has its mailbox and OneDrive elsewhere, and a personal site is
 * its owner's OneDrive.
 */
export function kindsOf(member: DirectoryMember): readonly UnitKind[] {
  switch (classOf(member)) {
    case 'guest':
    case 'personalSite':
      return [];
    case 'site':
    case 'systemSite':
      return ['site'];
    default: {
      const licensed = member.type === 'user' && member.services !== undefined ? licensedFor(member.services) : [];
      return licensed.length > 0 ? licensed : ['drive', 'mailbox'];
    }
  }
}

/** A unit that has the object for its owner, by `directoryObjectId` or `siteId`. */
export interface OwnedUnit {
  readonly id: UnitId;
  readonly kind: UnitKind;
  readonly status: string;
  readonly policyId?: string | undefined;
  readonly offboardRequestedAt?: UtcSeconds | undefined;
  readonly isInError: boolean;
}

/**
 * Why a kind is not protected: `neverAdded`: there is no unit; `removed`: taken out of its policy, its points stay until they expire;
 * `beingRemoved`; `deletionAsked`: its backups will be deleted; `deleted`; `policyInactive`: it is in a policy that protects nothing.
 */
export const missingReasons = [
  'neverAdded',
  'removed',
  'beingRemoved',
  'deletionAsked',
  'deleted',
  'policyInactive',
] as const;
export type MissingReason = (typeof missingReasons)[number];

export interface Missing {
  readonly kind: UnitKind;
  readonly why: MissingReason;
  /** The unit that was, or is waiting. */
  readonly unitId?: UnitId;
  readonly policyId?: string;
  readonly deletionAskedAt?: UtcSeconds;
}

/**
 * How one directory object stands: `protected`: each kind that it should have is; `gap`: some are missing; `leftOut`: some are missing, and
 * its class says why that may be meant.
 */
export interface Judged {
  readonly is: 'protected' | 'gap' | 'leftOut';
  readonly class: DirectoryClass;
  readonly missing: readonly Missing[];
}

/**
 * Judges one directory object by the units that its id owns.
 *
 * @param isCollectionHeld sites: another web of the same site collection is in a policy
 */
export function judge(member: DirectoryMember, units: readonly OwnedUnit[], isCollectionHeld: boolean): Judged {
  const ownClass = classOf(member);
  const isGuessed = (ownClass === 'blocked' || ownClass === 'unlicensed') && !isLicensed(member);
  const isEnough = isGuessed && units.some(unit => isHeld(unit) && !waits(unit));
  const missing = isEnough ? [] : kindsOf(member).flatMap(kind => toMissing(kind, units));
  if (missing.length === 0 && (kindsOf(member).length > 0 || units.some(isHeld)))
    return { is: 'protected', class: ownClass, missing };
  const asClass = ownClass === 'site' && isCollectionHeld ? 'partOfProtectedSite' : ownClass;
  return { is: asClass === 'user' || asClass === 'site' ? 'gap' : 'leftOut', class: asClass, missing };
}

function isLicensed(member: DirectoryMember): boolean {
  return member.type === 'user' && member.services !== undefined && licensedFor(member.services).length > 0;
}

/** In a policy, and not on its way out of it. */
function isHeld({ policyId, status }: OwnedUnit): boolean {
  return policyId !== undefined && status !== 'removeRequested';
}

/** Held, but by a policy that is inactive or being deactivated. A unit that could not be protected is in error, which is a gap of its own. */
function waits({ status, isInError }: OwnedUnit): boolean {
  return !isInError && (status === 'unprotected' || status === 'unprotectRequested');
}

function toMissing(kind: UnitKind, units: readonly OwnedUnit[]): Missing[] {
  const ofKind = units.filter(unit => unit.kind === kind);
  const held = ofKind.filter(isHeld);
  if (held.some(unit => !waits(unit))) return [];
  const [waiting] = held;
  if (waiting !== undefined)
    return [{ kind, why: 'policyInactive', unitId: waiting.id, ...optional('policyId', waiting.policyId) }];
  const [last] = ofKind.toSorted((a, b) => rankOf(a.status) - rankOf(b.status));
  if (last === undefined) return [{ kind, why: 'neverAdded' }];
  return [
    {
      kind,
      why: whyOf(last.status),
      unitId: last.id,
      ...(last.status === 'offboardRequested' ? optional('deletionAskedAt', last.offboardRequestedAt) : {}),
    },
  ];
}

function optional<K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [P in K]?: V });
}

const whyByStatus: { readonly [status: string]: MissingReason } = {
  removeRequested: 'beingRemoved',
  offboardRequested: 'deletionAsked',
  offboarded: 'deleted',
};
const whyOf = (status: string): MissingReason => whyByStatus[status] ?? 'removed';
/** Of several units of one owner the one with the most left of its backups speaks. */
const rankOf = (status: string): number =>
  ['removed', 'beingRemoved', 'deletionAsked', 'deleted'].indexOf(whyOf(status));

/** The rule of the list in words: said on screen and in the report. */
export const DIRECTORY_RULE =
  'Counted are member accounts that are enabled and have a plan of Exchange or SharePoint, and sites. Listed apart, with the reason, are guests, blocked accounts (shared mailboxes and rooms are blocked accounts, too: look through them), accounts without a plan, personal sites (they are protected as OneDrives), SharePoint’s own sites, and webs of a site collection of which another web is protected. Accounts and sites are matched with units by their ids alone.';

/** What a reading of sites can’t tell. */
export const SITES_NOTE =
  'Sites are those that Graph’s search shows to the account that read them; a site that it may not see is not in this list.';
