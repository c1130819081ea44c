import { z } from 'zod';
import { RuleForm } from '../domain/inclusion-rule.ts';
import { AppError } from './errors.ts';
import { procedure } from './procedure.ts';
import { Count, SelectionId, TenantId, UnitId, UnitIds, UnitKind, UtcSeconds, Window } from './values.ts';

/*
 * Protection policies of a tenant: read from the catalog or asked afresh, and changed by documents. A change is first prepared (nothing is
 * sent; the answer says what it will do), then sent by its id. Long lists live in main: units that are there are named by a selection
 * (`units.openSelection`), units that are to come by an import (`policies.openImport`).
 */

const PolicyId = z.string().min(1).max(256);
const RuleId = z.string().min(1).max(256);
const JobId = z.string().min(1).max(256);
const ChangeId = z.guid();
const ImportId = z.guid();
/** A site id, or the owner's directory object id: what a policy takes units by. */
const OwnerKey = z.string().min(1).max(512);

/** How long points are kept, as the service answers it: ISO 8601, interval `R/PT10M`, period `P2W`. v1.0 documents it in answers alone: it can't be set. */
const Retention = z.object({ interval: z.string(), period: z.string() });
const ServiceError = z.object({ code: z.string(), message: z.string() });

export const PolicySummary = z.object({
  id: PolicyId,
  /** Absent where the service names a kind that this version does not know: shown, never changed. */
  kind: UnitKind.optional(),
  name: z.string(),
  /** `protectionPolicyStatus`: inactive, updating, active, activeWithErrors; or the service's own new word. */
  status: z.string(),
  retention: z.array(Retention),
  createdAt: UtcSeconds.optional(),
  modifiedAt: UtcSeconds.optional(),
  error: ServiceError.optional(),
  /** Of the catalog's units, as old as `unitsReadAt`. */
  units: z.object({
    total: Count,
    protected: Count,
    inError: Count,
  }),
});
export type PolicySummary = z.infer<typeof PolicySummary>;

export const PolicyList = z.object({
  policies: z.array(PolicySummary),
  /** When the policies were read last; absent before the first read. Service time, as all times here. */
  readAt: UtcSeconds.optional(),
  /** When the tenant's units were read last. */
  unitsReadAt: UtcSeconds.optional(),
  /** Units that the catalog knows and no policy holds: their points stay until they expire, and they can be offboarded. */
  withoutPolicy: z.object({ site: Count, drive: Count, mailbox: Count }),
});
export type PolicyList = z.infer<typeof PolicyList>;

export const InclusionRule = z.object({
  id: RuleId,
  /** Dynamic rules are evaluated again and again and can be given other groups; static ones ran once and can be run again. */
  type: z.enum(['static', 'dynamic', 'unknown']),
  /** `protectionRuleStatus`: active, completed, completedWithErrors, updateRequested, deleteRequested; or the service's own new word. */
  status: z.string(),
  expression: z.string(),
  /** The expression as a form; absent where it is one that the form can't show: then it is shown as text and not changed. */
  form: RuleForm.optional(),
  createdAt: UtcSeconds.optional(),
  createdBy: z.string().optional(),
  modifiedAt: UtcSeconds.optional(),
  error: ServiceError.optional(),
});
export type InclusionRule = z.infer<typeof InclusionRule>;

export const AdditionJob = z.object({
  id: JobId,
  name: z.string(),
  /** `protectionUnitsBulkJobStatus`: active, completed, completedWithErrors, unknown (a passing trouble); or the service's own new word. */
  status: z.string(),
  createdAt: UtcSeconds.optional(),
  createdBy: z.string().optional(),
  error: ServiceError.optional(),
  /** How many entries the service could not find or add, and the first fifty. */
  failed: Count,
  firstFailed: z.array(z.object({ entry: z.string().optional(), code: z.string(), message: z.string() })).max(50),
});
export type AdditionJob = z.infer<typeof AdditionJob>;

export const PolicyDetail = z.object({
  policy: PolicySummary,
  readAt: UtcSeconds.optional(),
  createdBy: z.string().optional(),
  modifiedBy: z.string().optional(),
  /** The service's own counts, where it told them at `readAt`. */
  serviceCounts: z.object({ total: Count, completed: Count, failed: Count, inProgress: Count }).optional(),
  /** Absent where they were never asked for since the console started: ask `fetch`. */
  rules: z.array(InclusionRule).optional(),
  jobs: z.array(AdditionJob).optional(),
  /** What could not be read along with it; the rest stands. */
  unread: z.array(z.object({ part: z.enum(['rules', 'jobs', 'units']), error: AppError })),
});
export type PolicyDetail = z.infer<typeof PolicyDetail>;

// ---- What a change is

/** Something that isn't protected yet, as the directory knows it. */
export const OwnerToAdd = z.object({
  key: OwnerKey,
  name: z.string().max(1024),
  address: z.string().max(2048).optional(),
});
export type OwnerToAdd = z.infer<typeof OwnerToAdd>;

/** Which sites, OneDrive accounts or mailboxes are to come into a policy. */
export const UnitsToAdd = z.discriminatedUnion('type', [
  /** Picked in the directory. */
  z.object({ type: z.literal('owners'), owners: z.array(OwnerToAdd).min(1).max(200) }),
  /** Pasted or from a CSV: its right lines. */
  z.object({ type: z.literal('import'), importId: ImportId }),
  /** Found to be without protection (`gaps.toOwnerList`): those of the policy's kind. */
  z.object({ type: z.literal('ownerList'), ownerListId: z.guid() }),
  /** Units that the catalog knows, such as those without a policy; those of another kind are named as a problem. */
  z.object({ type: z.literal('selection'), selectionId: SelectionId }),
]);
export type UnitsToAdd = z.infer<typeof UnitsToAdd>;

/** Units that are there already. */
export const UnitsMeant = z.discriminatedUnion('type', [
  z.object({ type: z.literal('these'), unitIds: UnitIds }),
  z.object({ type: z.literal('selection'), selectionId: SelectionId }),
]);
export type UnitsMeant = z.infer<typeof UnitsMeant>;

const PolicyName = z.string().trim().min(1).max(1024);
const ofPolicy = { policyId: PolicyId };

export const PolicyChange = z.discriminatedUnion('type', [
  /** A new policy is inactive; `activate` sets it to work once it has its units. */
  z.object({
    type: z.literal('create'),
    kind: UnitKind,
    name: PolicyName,
    units: UnitsToAdd.optional(),
    activate: z.boolean(),
  }),
  z.object({ type: z.literal('rename'), ...ofPolicy, name: PolicyName }),
  z.object({ type: z.literal('activate'), ...ofPolicy }),
  z.object({ type: z.literal('deactivate'), ...ofPolicy }),
  z.object({ type: z.literal('delete'), ...ofPolicy }),
  z.object({ type: z.literal('addUnits'), ...ofPolicy, units: UnitsToAdd }),
  z.object({ type: z.literal('removeUnits'), ...ofPolicy, units: UnitsMeant }),
  z.object({ type: z.literal('createRule'), ...ofPolicy, form: RuleForm, dynamic: z.boolean() }),
  /** Other groups for a dynamic rule; the service edits no other rule. */
  z.object({ type: z.literal('changeRule'), ...ofPolicy, ruleId: RuleId, form: RuleForm }),
  /** A static rule once more. */
  z.object({ type: z.literal('runRule'), ...ofPolicy, ruleId: RuleId }),
  /** The rule goes, its units stay. */
  z.object({ type: z.literal('deleteRule'), ...ofPolicy, ruleId: RuleId }),
  /** A dynamic rule goes, and with it the units that it alone holds. */
  z.object({ type: z.literal('deleteRuleAndUnprotect'), ...ofPolicy, ruleId: RuleId }),
  /** Asks the service to delete the backups of units without a policy: 90 days' grace. */
  z.object({ type: z.literal('offboard'), units: UnitsMeant }),
  z.object({ type: z.literal('cancelOffboard'), units: UnitsMeant }),
]);
export type PolicyChange = z.infer<typeof PolicyChange>;

// ---- What it will do

/** Units that something happens to, of one kind: how many, and the first names (at most ten). `count` absent: the service decides, and tells nobody before. */
export const Affected = z.object({ kind: UnitKind, count: Count.optional(), names: z.array(z.string()).max(10) });
export type Affected = z.infer<typeof Affected>;

export const ChangeEffect = z.discriminatedUnion('effect', [
  /** Protection begins; the first points come within the hour, and none goes back further. */
  z.object({ effect: z.literal('gainsProtection'), units: Affected }),
  /** They come into a policy that is inactive: protected once it is activated. */
  z.object({ effect: z.literal('waitsInPolicy'), units: Affected }),
  /** No further points; those that are there stay until they expire (`retention`) and can be restored. */
  z.object({ effect: z.literal('losesProtection'), units: Affected, retention: z.array(Retention) }),
  /** They leave the policy, which did not protect them (it is inactive). */
  z.object({ effect: z.literal('leavesPolicy'), units: Affected }),
  /** Their backups are deleted for good at about `deletedAt`, 90 days (7 with two-person approval) from the request, unless it is cancelled. */
  z.object({ effect: z.literal('backupsDeleted'), units: Affected, deletedAt: UtcSeconds }),
  /** Their backups stay; they stay without a policy. */
  z.object({ effect: z.literal('backupsKept'), units: Affected }),
  /** Nothing but a name or a rule changes. */
  z.object({ effect: z.literal('noUnits') }),
]);
export type ChangeEffect = z.infer<typeof ChangeEffect>;

const problem = <const C extends string, F extends z.core.$ZodLooseShape>(code: C, facts: F) =>
  z.object({
    code: z.literal(code),
    /**
     * `stop`: it can't be sent. `leftOut`: the named units are not sent, the rest is. `warning`: it can be sent, and may be refused or be
     * regretted. `note`: worth knowing.
     */
    severity: z.enum(['stop', 'leftOut', 'warning', 'note']),
    ...facts,
  });
const Some = { units: Count, names: z.array(z.string()).max(10) };

export const ChangeProblem = z.discriminatedUnion('code', [
  problem('OFFLINE', {}),
  problem('SIGN_IN_NEEDED', {}),
  /** Short names of scopes; `account.signInToTenant` with the set `policies` asks for them. */
  problem('CONSENT_MISSING', { scopes: z.array(z.string()) }),
  problem('TENANT_READ_ONLY', { sinceAt: UtcSeconds, by: z.string() }),
  /** As in the wizard's review. */
  problem('NOT_CONTROLLER', { controller: z.string() }),
  problem('SERVICE_LOCKED', { status: z.string() }),
  problem('STANDING_UNKNOWN', {}),
  /** Its last change is still being carried out; the service may refuse another. */
  problem('POLICY_UPDATING', {}),
  /** Activate, deactivate and delete need another state than this one. */
  problem('POLICY_STATE', { status: z.string() }),
  /** The service knows the policy no more. */
  problem('POLICY_GONE', {}),
  problem('NAME_UNCHANGED', {}),
  /** Another policy of the kind has this name; the service allows it. */
  problem('NAME_TAKEN', {}),
  /** Nothing is left to send. */
  problem('NOTHING_TO_DO', {}),
  problem('UNITS_IN_OTHER_POLICY', { ...Some, policyNames: z.array(z.string()).max(10) }),
  problem('UNITS_IN_THIS_POLICY', Some),
  problem('UNITS_OF_OTHER_KIND', Some),
  /** A dynamic rule holds them: they leave with the rule or with the group. */
  problem('UNITS_HELD_BY_RULE', Some),
  problem('UNITS_NOT_IN_POLICY', Some),
  /** Named to be offboarded while a policy holds them, or to be kept while nobody asked to delete them. */
  problem('UNITS_STATE', Some),
  /** Lines of the import that are wrong and are not sent. */
  problem('LINES_WRONG', { lines: Count }),
  problem('TOO_MANY_UNITS', { units: Count, limit: Count }),
  problem('TOO_MANY_POLICIES', { policies: Count, limit: Count }),
  problem('RULE_GONE', {}),
  problem('RULE_STATE', { status: z.string() }),
  /** Static rules can't be changed and dynamic ones can't be run; sites know no dynamic rules. */
  problem('RULE_TYPE', { type: z.enum(['static', 'dynamic', 'unknown']) }),
  /** What is wrong with the form, a code of `shared/domain/inclusion-rule.ts`. */
  problem('RULE_INVALID', { fault: z.string() }),
  problem('DYNAMIC_RULE_EXISTS', {}),
  /** Which units a rule takes in is the service's to say, once it has run; a policy or the group decides. */
  problem('RULE_UNITS_UNTOLD', {}),
  /** Prices are by protected gigabyte and month, paid by the app's owner; sizes are not told, so only the number of units is. */
  problem('COST_GROWS', { units: Count.optional() }),
  /** Kept points of units without protection are still paid for until they expire or are offboarded. */
  problem('COST_GOES_ON', { units: Count.optional() }),
  /** The units were last read then, and may have changed. */
  problem('UNITS_AGED', { readAt: UtcSeconds.optional() }),
  problem('RETENTION_NOT_SETTABLE', {}),
]);
export type ChangeProblem = z.infer<typeof ChangeProblem>;

export const PreparedChange = z.object({
  id: ChangeId,
  tenantId: TenantId,
  tenantName: z.string(),
  type: z.enum([
    'create',
    'rename',
    'activate',
    'deactivate',
    'delete',
    'addUnits',
    'removeUnits',
    'createRule',
    'changeRule',
    'runRule',
    'deleteRule',
    'deleteRuleAndUnprotect',
    'offboard',
    'cancelOffboard',
  ]),
  policy: z.object({ id: PolicyId.optional(), name: z.string(), kind: UnitKind.optional() }).optional(),
  /** Text of the rule's expression, as it will be sent or stands. */
  expression: z.string().optional(),
  preparedAt: UtcSeconds,
  effects: z.array(ChangeEffect),
  /** Worst first. `send` fails with CHANGE_BLOCKED while one is a `stop`. */
  problems: z.array(ChangeProblem),
  canSend: z.boolean(),
  /** True where something is lost for good or stops being protected: the tenant's name is to be typed. */
  needsTypedName: z.boolean(),
  /** Requests that change something. */
  requests: Count,
  /** How units are added: named in requests of fifty, each with its own answer, or by a bulk addition job of the service. */
  by: z.enum(['requests', 'job']).optional(),
});
export type PreparedChange = z.infer<typeof PreparedChange>;

// ---- What came of it

export const ChangeResult = z.object({
  /** A unit's, line's or rule's name; the policy's where the change is about the policy. */
  name: z.string(),
  address: z.string().optional(),
  /** The line of the import, from 1 on. */
  line: z.int().min(1).optional(),
  unitId: UnitId.optional(),
  /**
   * `accepted`: the service took it. `refused`: it said no to this item, with `error`. `leftOut`: not sent (see the problem).
   * `waiting`: in a bulk addition job that goes on. `unknown`: the answer was lost and reading did not settle it. `notSent`: the change ended before.
   */
  outcome: z.enum(['accepted', 'refused', 'leftOut', 'waiting', 'unknown', 'notSent']),
  /** The unit's status after it, as the service says (`protectRequested`). */
  status: z.string().optional(),
  error: z.object({ code: z.string(), message: z.string() }).optional(),
});
export type ChangeResult = z.infer<typeof ChangeResult>;

export const SentChange = z.object({
  change: PreparedChange,
  /** `prepared`: not sent. `sending`: requests go out, or the service works at a job. `ended`: nothing more comes of this change here. */
  state: z.enum(['prepared', 'sending', 'ended']),
  startedAt: UtcSeconds.optional(),
  endedAt: UtcSeconds.optional(),
  requestsDone: Count,
  counts: z.object({
    accepted: Count,
    refused: Count,
    leftOut: Count,
    waiting: Count,
    unknown: Count,
    notSent: Count,
  }),
  /** What ended it before its end: OFFLINE, CONSENT_MISSING, GRAPH_REFUSED, OUTCOME_UNKNOWN … */
  error: AppError.optional(),
  /** The policy that was made or changed. */
  policyId: PolicyId.optional(),
  /** A job that the service still works at: `change` asks for it again. */
  jobIds: z.array(JobId),
});
export type SentChange = z.infer<typeof SentChange>;

// ---- The directory

export const DirectoryEntry = z.object({
  type: z.enum(['user', 'group', 'site']),
  /** Directory object id, or site id: the `key` of an `OwnerToAdd`, or a group's id in a rule. */
  id: OwnerKey,
  name: z.string(),
  /** User principal name or e-mail address, group's e-mail address, or site's address. */
  address: z.string().optional(),
  /** False for a blocked account. */
  enabled: z.boolean().optional(),
  /** The unit that protects it or did, for each kind asked about, as the catalog knows it. */
  units: z.array(
    z.object({
      unitId: UnitId,
      kind: UnitKind,
      status: z.string(),
      policyId: PolicyId.optional(),
      policyName: z.string().optional(),
    }),
  ),
});
export type DirectoryEntry = z.infer<typeof DirectoryEntry>;

// ---- Import

/** At most this many bytes of a file cross in one call. */
export const IMPORT_CHUNK_BYTES = 64 * 1024;
/** Longest file: 50,000 lines of 400 bytes. */
export const IMPORT_MAX_BYTES = 20 * 1024 * 1024;

export const ImportLine = z.object({
  /** From 1 on, as an editor counts them. */
  line: z.int().min(1),
  /** What stands in the column, cut to 200 characters. */
  text: z.string(),
  /** Absent where the line is right. */
  fault: z
    .enum([
      /** Nothing in the column. */
      'empty',
      /** Not an e-mail address or object id (drives, mailboxes). */
      'notAnAddress',
      /** Not an https address of a site, or a site id. */
      'notASite',
      /** Begins as a formula would (`=`, `+`, `-`, `@`). */
      'formula',
      /** The same as an earlier line (`sameAs`). */
      'duplicate',
      /** A quote that is never closed, or text after a closing one. */
      'quotes',
      /** Longer than any address. */
      'tooLong',
      /** Characters that the file's encoding can't mean. */
      'encoding',
      /** Beyond the 50,000 lines that one job takes. */
      'overLimit',
    ])
    .optional(),
  sameAs: z.int().min(1).optional(),
});
export type ImportLine = z.infer<typeof ImportLine>;

export const ImportSummary = z.object({
  id: ImportId,
  tenantId: TenantId,
  kind: UnitKind,
  encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252']),
  hasByteOrderMark: z.boolean(),
  separator: z.enum([',', ';', 'tab', 'none']),
  /** The names of the first line, where it is one of names; the column that is read, from 0 on. */
  columns: z.array(z.string().max(200)).max(200),
  hasHeader: z.boolean(),
  column: Count,
  /** Lines with something in them, the header left out. */
  lines: Count,
  right: Count,
  wrong: Count,
  /** The first two hundred wrong ones; `listImportLines` has them all. */
  firstWrong: z.array(ImportLine).max(200),
});
export type ImportSummary = z.infer<typeof ImportSummary>;

const OfTenant = z.object({ tenantId: TenantId });
const OnePolicy = z.object({ tenantId: TenantId, policyId: PolicyId });
const OneChange = z.object({ changeId: ChangeId });
const OneImport = z.object({ importId: ImportId });

export const policies = {
  /** A tenant's policies from the catalog, with their age. Asks nothing. */
  list: procedure.input(OfTenant).output(PolicyList),
  /** The same, read afresh: one question. Fails with the sign-in errors, OFFLINE, GRAPH_REFUSED. */
  fetchList: procedure.input(OfTenant).output(PolicyList),
  /** One policy as known. Fails with POLICY_NOT_FOUND. */
  get: procedure.input(OnePolicy).output(PolicyDetail),
  /** One policy read afresh, with its units, rules and jobs. What can't be read stands in `unread`. */
  fetch: procedure.input(OnePolicy).output(PolicyDetail),
  // The units of a policy: `units.list` with the filter `policyId`, those of none with `withoutPolicy`.

  /**
   * Says what a change will do, and what stands in its way; changes nothing. Reads the policy afresh where it can. The prepared change
   * lives in main for as long as the console runs. Fails with POLICY_NOT_FOUND, SELECTION_NOT_FOUND, IMPORT_NOT_FOUND.
   */
  prepare: procedure.input(z.object({ tenantId: TenantId, change: PolicyChange })).output(PreparedChange),
  /**
   * Sends it, once: sent again it is answered as it stands. Resolves when all requests are answered and a job has ended or 2 minutes have
   * passed; meanwhile `policyChangeProgressed` events name it and `change` tells how far it is. What failed item by item is a result, not an
   * error. Fails with CHANGE_NOT_FOUND, CHANGE_BLOCKED, NAME_MISMATCH, TENANT_READ_ONLY, and before its first request with CONSENT_MISSING and
   * the sign-in errors; an error after the first request stands in the answer.
   */
  send: procedure.input(OneChange.extend({ typedName: z.string().max(300).optional() })).output(SentChange),
  /** How far it is. Asks the service about jobs that go on. */
  change: procedure.input(OneChange).output(SentChange),
  /** Items of a sent change in the order of the request; `only` those of one outcome. Before it was sent: what would be left out. */
  listResults: procedure
    .input(OneChange.extend({ only: ChangeResult.shape.outcome.optional(), window: Window }))
    .output(z.object({ total: Count, offset: Count, rows: z.array(ChangeResult) })),

  /**
   * Looks in the tenant's directory for users (drives, mailboxes), groups (rules) or sites whose name or address begins so (sites: holds the
   * words). At most 25. Fails with CONSENT_MISSING where User.Read.All, Group.Read.All or Sites.Read.All was never consented to:
   * `account.signInToTenant` with the set `directory` asks for them.
   */
  searchDirectory: procedure
    .input(
      z.object({
        tenantId: TenantId,
        type: DirectoryEntry.shape.type,
        text: z.string().trim().min(1).max(200),
      }),
    )
    .output(z.object({ entries: z.array(DirectoryEntry), more: z.boolean() })),
  /** The names of groups that a rule names by id; those that the directory does not know are left out. Same errors. */
  groups: procedure
    .input(z.object({ tenantId: TenantId, groupIds: z.array(z.guid()).min(1).max(100) }))
    .output(z.array(DirectoryEntry)),

  /** A new, empty import. Its bytes follow in chunks, then `readImport`. It lives in main as long as the console runs. */
  openImport: procedure
    .input(z.object({ tenantId: TenantId, kind: UnitKind }))
    .output(z.object({ importId: ImportId })),
  /** The next bytes of the file, or of what was pasted as UTF-8: base64, at most `IMPORT_CHUNK_BYTES`. Fails with IMPORT_NOT_FOUND, IMPORT_TOO_LARGE. */
  addToImport: procedure
    .input(OneImport.extend({ bytes: z.base64().max(Math.ceil(IMPORT_CHUNK_BYTES / 3) * 4) }))
    .output(z.object({ bytes: Count })),
  /** Reads and validates it, line by line; again with another column or without a header. Sends nothing. Fails with IMPORT_NOT_FOUND. */
  readImport: procedure
    .input(OneImport.extend({ column: Count.max(199).optional(), hasHeader: z.boolean().optional() }))
    .output(ImportSummary),
  listImportLines: procedure
    .input(OneImport.extend({ only: z.enum(['right', 'wrong']).optional(), window: Window }))
    .output(z.object({ total: Count, offset: Count, rows: z.array(ImportLine) })),
  closeImport: procedure.input(OneImport).output(z.void()),
};
