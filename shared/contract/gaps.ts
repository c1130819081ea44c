import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { leftOutClasses, missingReasons } from '../domain/gaps.ts';
import { HeadCertainty } from './certainty.ts';
import { AppError } from './errors.ts';
import { procedure } from './procedure.ts';
import { Count, SelectionId, TenantId, UnitId, UnitKind, UtcSeconds, Window } from './values.ts';
import { SelectionSummary } from './units.ts';

/*
 * Gaps in protection of a tenant: what of its directory no policy protects, units that are late, without a point or in error, and rules and bulk
 * jobs that failed. All from the catalog, with its age; `read` asks Graph for the directory, the rules and the jobs.
 */

/**
 * `unprotected`: users and sites that no policy protects. `late`, `withoutPoint`: units whose newest point was over an hour old when it was
 * asked for, and those surely without one though protected for over an hour, by the rule of the list of all tenants. `leftOut`: users and sites
 * without protection that may well be meant to have none; they are no gaps, and listed only where they are asked for.
 */
export const gapSorts = ['unprotected', 'late', 'withoutPoint', 'inError', 'rule', 'job', 'leftOut'] as const;
export const GapSort = z.enum(gapSorts);
export type GapSort = z.infer<typeof GapSort>;

export const GapFilter = z.object({
  /** Part of a name or address, as typed; compared without regard to case and accents. */
  text: z.string().max(200).optional(),
  /** Absent: all but `leftOut`. */
  sort: GapSort.optional(),
  /** Only gaps of this kind of unit. */
  kind: UnitKind.optional(),
  selectionId: SelectionId.optional(),
});
export type GapFilter = z.infer<typeof GapFilter>;

/** `worst`, not descending, begins with the worst: in error, without a point, late (longest first), unprotected, rules, jobs. */
export const GapOrder = z.object({ by: z.enum(['worst', 'name', 'kind', 'gap', 'policy']), descending: z.boolean() });
export type GapOrder = z.infer<typeof GapOrder>;

/** `unprotected user 0f…`, `late <unit id>`: the same as long as the gap is. */
const GapId = z.string().min(1).max(1_100);

const ServiceError = z.object({ code: z.string(), message: z.string() });
const Policy = z.object({ id: z.string(), name: z.string().optional() });
const common = {
  id: GapId,
  name: z.string(),
  address: z.string().optional(),
  /** Kinds of unit that it is about. Empty where nothing could be added: a guest, a personal site. */
  kinds: z.array(UnitKind).max(3),
  selected: z.boolean(),
};
const ofDirectory = {
  ...common,
  type: z.enum(['user', 'site']),
  missing: z
    .array(
      z.object({
        kind: UnitKind,
        why: z.enum(missingReasons),
        unitId: UnitId.optional(),
        policy: Policy.optional(),
        deletionAskedAt: UtcSeconds.optional(),
      }),
    )
    .max(3),
};
const ofUnit = {
  ...common,
  unitId: UnitId,
  status: z.string(),
  policy: Policy.optional(),
  newest: HeadCertainty,
  protectedSinceAt: UtcSeconds.optional(),
  error: ServiceError.optional(),
};

export const GapRow = z.discriminatedUnion('sort', [
  z.object({ sort: z.literal('unprotected'), ...ofDirectory }),
  z.object({ sort: z.literal('leftOut'), ...ofDirectory, because: z.enum(leftOutClasses) }),
  z.object({ sort: z.literal('late'), ...ofUnit }),
  z.object({ sort: z.literal('withoutPoint'), ...ofUnit }),
  z.object({ sort: z.literal('inError'), ...ofUnit }),
  z.object({
    sort: z.literal('rule'),
    ...common,
    ruleId: z.string(),
    type: z.enum(['static', 'dynamic', 'unknown']),
    status: z.string(),
    policy: Policy,
    error: ServiceError.optional(),
  }),
  z.object({
    sort: z.literal('job'),
    ...common,
    jobId: z.string(),
    status: z.string(),
    policy: Policy,
    error: ServiceError.optional(),
    failed: Count,
    firstFailed: z.array(z.object({ entry: z.string().optional(), code: z.string(), message: z.string() })).max(50),
  }),
]);
export type GapRow = z.infer<typeof GapRow>;

/** What a reading is made of: the directory's users and sites; the policies' rules and bulk jobs. */
export const gapParts = ['users', 'sites', 'additions'] as const;
export const GapPart = z.enum(gapParts);
export type GapPart = z.infer<typeof GapPart>;

const PartRead = z.object({
  /** When it was read last, whole; absent before the first time. Service time. */
  readAt: UtcSeconds.optional(),
  /** Users, sites, or policies looked into. */
  count: Count,
  /** Why the last try of this session of the console did not come through. */
  error: AppError.optional(),
});

export const GapsSummary = z.object({
  tenantId: TenantId,
  /** Gaps of each sort; `leftOut` is no gap. */
  counts: z.record(GapSort, Count),
  /** All gaps. */
  total: Count,
  /** Of the unprotected: users, sites, and how many OneDrives and mailboxes these users are without. */
  unprotected: z.object({ users: Count, sites: Count, drives: Count, mailboxes: Count }),
  leftOut: z.record(z.enum(leftOutClasses), Count),
  /** Units whose newest point was never asked for: nobody knows whether these are gaps. */
  notAsked: Count,
  parts: z.record(GapPart, PartRead),
  /** When the tenant's units were read last. */
  unitsReadAt: UtcSeconds.optional(),
  /** True while a reading runs. */
  isReading: z.boolean(),
});
export type GapsSummary = z.infer<typeof GapsSummary>;

export const GapSelection = z.object({
  id: SelectionId,
  count: Count,
  /** Selected users and sites, by the kind of policy that could take them in. */
  owners: z.object({ site: Count, drive: Count, mailbox: Count }),
  /** Units of each sort that something can be done about. */
  units: z.object({
    /** Late, without a point, in error: the service can be asked about them. */
    troubled: Count,
    /** In error, while a policy holds them. */
    inError: Count,
    /** Without a policy, with backups that stay until they expire. */
    removed: Count,
    /** Whose backups somebody asked to delete. */
    deletionAsked: Count,
  }),
  /** Set where nothing but one rule, or gaps of one policy, are selected. */
  rule: z
    .object({ policyId: z.string(), ruleId: z.string(), type: z.enum(['static', 'dynamic', 'unknown']) })
    .optional(),
  policyId: z.string().optional(),
});
export type GapSelection = z.infer<typeof GapSelection>;

const OfTenant = z.object({ tenantId: TenantId });
const GapIds = z.array(GapId).min(1).max(200);

export const gaps = {
  /** How many gaps of each sort, and how old what they are told from is. Asks nothing; works offline. */
  summary: procedure.input(OfTenant).output(GapsSummary),
  /** A window of the gaps. `selectionId` marks rows as selected. */
  list: procedure
    .input(
      z.object({
        tenantId: TenantId,
        filter: GapFilter,
        order: GapOrder,
        window: Window,
        selectionId: SelectionId.optional(),
      }),
    )
    .output(z.object({ total: Count, offset: Count, rows: z.array(GapRow) })),
  /**
   * Reads the directory's users and sites, and the policies' rules and bulk jobs. Resolves when each part was read or could not be; what could
   * not stands in `parts` with its error, and what was known of it stays. Progress comes as `gapsReading` events; aborting the call ends it.
   * Fails with OFFLINE and SIGNED_OUT before anything was asked.
   */
  read: procedure.input(OfTenant).output(GapsSummary),
  /** Ends a reading, whoever began it; what was read stays known. */
  stopReading: procedure.input(OfTenant).output(z.void()),
  /** A new, empty selection of a tenant's gaps. It lives in main as long as the console runs. */
  openSelection: procedure.input(OfTenant).output(GapSelection),
  changeSelection: procedure
    .input(
      z.object({
        selectionId: SelectionId,
        change: z.discriminatedUnion('type', [
          z.object({ type: z.literal('add'), gapIds: GapIds }),
          z.object({ type: z.literal('remove'), gapIds: GapIds }),
          z.object({ type: z.literal('addMatching'), filter: GapFilter }),
          z.object({ type: z.literal('removeMatching'), filter: GapFilter }),
          z.object({ type: z.literal('clear') }),
        ]),
      }),
    )
    .output(GapSelection),
  selection: procedure.input(z.object({ selectionId: SelectionId })).output(GapSelection),
  /** The selected users and sites as a list of owners that a change of a policy can name (`ownerList` of `UnitsToAdd`). */
  toOwnerList: procedure.input(z.object({ selectionId: SelectionId })).output(z.object({ ownerListId: z.guid() })),
  /** Selected units of one sort as a selection of units. */
  toUnitSelection: procedure
    .input(z.object({ selectionId: SelectionId, which: z.enum(['troubled', 'inError', 'removed', 'deletionAsked']) }))
    .output(SelectionSummary),
  /**
   * A stream of pieces of text below 32 KB that make one file when joined: the gaps of a filter as CSV that a spreadsheet opens without running
   * anything, or all of the tenant as a report in HTML that can be handed to a customer.
   */
  export: procedure
    .input(
      z.discriminatedUnion('format', [
        z.object({ tenantId: TenantId, format: z.literal('csv'), filter: GapFilter, order: GapOrder }),
        z.object({ tenantId: TenantId, format: z.literal('html') }),
      ]),
    )
    .output(eventIterator(z.object({ fileName: z.string(), text: z.string() }))),
};
