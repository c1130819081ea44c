import type { AuditDetail, AuditFilter, AuditListRow, AuditVerification } from '../../shared/contract/audit.ts';
import { AppFailure } from '../../shared/contract/errors.ts';
import { auditCodes, auditWordsOf, toAuditResult } from '../../shared/domain/audit-words.ts';
import type { TenantId } from '../../shared/domain/protection-unit.ts';
import { toIso, type UtcSeconds } from '../../shared/domain/time.ts';
import type { AuditQuestion, AuditRow, Catalog, Json } from '../catalog/index.ts';
import type { Log, SecretStore } from '../host.ts';
import { type AuditFormat, type ExportPiece, exportAudit } from './export-audit.ts';
import { HeadWitness } from './head-witness.ts';
import { findTargets, readTargetNames, type TargetNameOf, type TargetSources } from './target-names.ts';

export interface AuditParts {
  readonly catalog: {
    readonly audit: Catalog['audit'];
    readonly tenants: Pick<Catalog['tenants'], 'list'>;
  } & TargetSources;
  readonly secrets: SecretStore;
  /** The host's clock. */
  readonly now: () => UtcSeconds;
  readonly log: Log;
}

/** A person reads no more of one value than this; the export has it whole. */
const LONGEST_SHOWN = 20_000;
/** The year 9999, the last that ISO 8601 writes in four digits. */
const LAST_SECOND = 253_402_300_799;

type Names = ReadonlyMap<TenantId, string>;

/** The record of every change made through Backstop: searched, exported, and checked for whether it is whole. */
export class AuditService {
  readonly #catalog: AuditParts['catalog'];
  readonly #now: () => UtcSeconds;
  readonly #log: Log;
  readonly #witness: HeadWitness;

  constructor({ catalog, secrets, now, log }: AuditParts) {
    this.#catalog = catalog;
    this.#now = now;
    this.#log = log;
    this.#witness = new HeadWitness({ audit: catalog.audit, secrets, now, log });
  }

  /** A window of the rows that a filter means, newest first. */
  async list(
    filter: FilterOf,
    window: { readonly offset: number; readonly limit: number },
  ): Promise<{ total: number; offset: number; rows: AuditListRow[] }> {
    const names = await this.#names();
    const found = await this.#catalog.audit.find(await this.#toQuestion(filter, names), window);
    const nameOf = await readTargetNames(this.#catalog, found.rows);
    return { ...found, rows: found.rows.map(row => toListRow(row, names, nameOf)) };
  }

  async choices(tenantId?: TenantId): Promise<{ who: string[]; what: string[] }> {
    return await this.#catalog.audit.choices(tenantId);
  }

  /** @throws AppFailure AUDIT_ROW_NOT_FOUND */
  async get(seq: number): Promise<AuditDetail> {
    const row = await this.#catalog.audit.findRow(seq);
    if (row === undefined) throw new AppFailure({ code: 'AUDIT_ROW_NOT_FOUND', seq });
    const before = toShown(row.before);
    const after = toShown(row.after);
    return {
      ...toListRow(row, await this.#names(), await readTargetNames(this.#catalog, [row])),
      ...(before === undefined ? {} : { before: before.text }),
      ...(after === undefined ? {} : { after: after.text }),
      isCut: before?.isCut === true || after?.isCut === true,
      previous: row.previous,
      hash: row.hash,
    };
  }

  /** Walks the whole chain and compares it with the head kept among the secrets; where all is well, that head moves on. */
  async verify(): Promise<AuditVerification> {
    const kept = await this.#witness.load();
    const walk = await this.#catalog.audit.verify(kept);
    if (walk.broken === undefined && walk.head !== undefined) await this.#witness.keep(walk.head);
    return {
      ...walk,
      verifiedAt: this.#now(),
      ...(kept === undefined ? {} : { witness: { seq: kept.seq, at: kept.at } }),
    };
  }

  /** The rows that a filter means, in the order written, as pieces of a file. */
  async *export(filter: FilterOf, format: AuditFormat): AsyncGenerator<ExportPiece> {
    const tenants = await this.#catalog.tenants.list();
    const names = toNames(tenants);
    const { tenantId } = filter;
    yield* exportAudit({
      audit: this.#catalog.audit,
      question: await this.#toQuestion(filter, names),
      names,
      format,
      of: tenantId === undefined ? 'all-tenants' : (tenants.find(({ id }) => id === tenantId)?.domain ?? tenantId),
      madeAt: this.#now(),
    });
    await this.#witness.moveOn();
  }

  /** Writes down, apart from the file, how far the audit has come: before the console ends. */
  async keepHead(): Promise<void> {
    try {
      await this.#witness.moveOn();
    } catch (error) {
      // A damaged `work` was told of when it was opened; it keeps nobody from ending.
      if (!(error instanceof AppFailure)) throw error;
      this.#log.warn('audit.headNotKept', { reason: error.error.code });
    }
  }

  /** The catalog knows codes and ids; which of them the typed text means, their words and names say. */
  async #toQuestion({ text, tenantId, who, what, fromAt, toAt }: FilterOf, names: Names): Promise<AuditQuestion> {
    const typed = text?.trim() ?? '';
    const isMeant = (words: string): boolean => plain(words).includes(plain(typed));
    const tenantIds = tenantId === undefined ? [...names.keys()] : [tenantId].filter(id => names.has(id));
    return {
      ...(tenantId === undefined ? {} : { tenantId }),
      ...(who === undefined ? {} : { who }),
      ...(what === undefined ? {} : { what }),
      ...(fromAt === undefined ? {} : { fromAt }),
      ...(toAt === undefined ? {} : { toAt }),
      ...(typed === ''
        ? {}
        : {
            text: {
              typed,
              codes: auditCodes.filter(code => isMeant(auditWordsOf(code))),
              tenantIds: [...names].filter(([, name]) => isMeant(name)).map(([id]) => id),
              targets: await findTargets(this.#catalog, tenantIds, isMeant),
            },
          }),
    };
  }

  async #names(): Promise<Names> {
    return toNames(await this.#catalog.tenants.list());
  }
}

/** What is left out or undefined does not filter. */
export type FilterOf = { readonly [K in keyof AuditFilter]?: AuditFilter[K] | undefined };

function toNames(tenants: readonly { readonly id: string; readonly displayName: string }[]): Names {
  return new Map(tenants.map(({ id, displayName }) => [id, displayName]));
}

const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/\p{Mn}/gu, '')
    .toLowerCase();

function toListRow(row: AuditRow, names: Names, nameOf: TargetNameOf): AuditListRow {
  const { seq, at, tenantId, who, what, target, before, after, requestId } = row;
  const tenantName = names.get(tenantId);
  const targetName = nameOf(row) ?? nameIn(after) ?? nameIn(before);
  return {
    seq,
    at,
    tenantId,
    ...(tenantName === undefined ? {} : { tenantName }),
    who,
    what,
    target,
    ...(targetName === undefined ? {} : { targetName }),
    result: toAuditResult(after),
    ...(requestId === undefined ? {} : { requestId }),
  };
}

/** What the changed thing is called, as Graph's entities say it. */
function nameIn(facts: Json | undefined): string | undefined {
  if (typeof facts !== 'object' || facts === null) return undefined;
  const name: unknown = Reflect.get(facts, 'displayName') ?? Reflect.get(facts, 'name');
  return typeof name === 'string' && name !== '' ? name : undefined;
}

/** Times stand in the row as seconds; nobody reads those. */
function inIsoTimes(name: string, value: unknown): unknown {
  return name.endsWith('At') &&
    typeof value === 'number' &&
    Number.isSafeInteger(value) &&
    Math.abs(value) < LAST_SECOND
    ? toIso(value)
    : value;
}

function toShown(facts: Json | undefined): { readonly text: string; readonly isCut: boolean } | undefined {
  if (facts === undefined) return undefined;
  const text = JSON.stringify(facts, inIsoTimes, 2);
  return { text: text.slice(0, LONGEST_SHOWN), isCut: text.length > LONGEST_SHOWN };
}
