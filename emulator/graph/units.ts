/** Protection units: all of the tenant by OData cast, those of a policy, one by id. */
import { neverText, toText } from '../instant.ts';
import type { StoredUnit } from '../state/unit-store.ts';
import type { UnitKind } from '../world/units.ts';
import { page, selected } from './collection.ts';
import type { Collection, ListOptions } from './collection.ts';
import { member } from './enum-members.ts';
import { isDelegated, json } from './exchange.ts';
import type { GraphAnswer, GraphContext } from './exchange.ts';
import { badRequest, GraphError } from './graph-error.ts';
import { identityJson } from './identity.ts';
import { findPolicy } from './policies.ts';
import { isGuid } from './request-body.ts';
import type { JsonObject } from './request-body.ts';

const unitTypes: Readonly<Record<UnitKind, string>> = {
  site: '#microsoft.graph.siteProtectionUnit',
  drive: '#microsoft.graph.driveProtectionUnit',
  mailbox: '#microsoft.graph.mailboxProtectionUnit',
};

/** What names the protected thing, as far as it is known. People's and sites' names are told to signed-in people only. */
const namesJson = (context: GraphContext, unit: StoredUnit): JsonObject => {
  const ids = unit.kind === 'site' ? (['siteId'] as const) : (['directoryObjectId'] as const);
  const names = unit.kind === 'site' ? (['siteName', 'siteWebUrl'] as const) : (['displayName', 'email'] as const);
  const told = isDelegated(context) ? [...ids, ...names] : ids;
  return Object.fromEntries(told.flatMap(name => (unit[name] === undefined ? [] : [[name, unit[name]]])));
};

export const unitJson = (context: GraphContext, unit: StoredUnit): JsonObject => {
  return {
    '@odata.type': unitTypes[unit.kind],
    id: unit.id,
    ...(unit.policyId === undefined ? {} : { policyId: unit.policyId }),
    ...namesJson(context, unit),
    status: member(context, 'protectionUnitStatus', unit.status),
    protectionSources: unit.protectionSources,
    createdBy: identityJson(context, unit.createdBy ?? context.tenant.administrator),
    createdDateTime: toText(unit.createdAt),
    lastModifiedBy: identityJson(context, unit.lastModifiedBy ?? context.tenant.administrator),
    lastModifiedDateTime: toText(unit.lastModifiedAt),
    error: unit.error ?? null,
    offboardRequestedDateTime: unit.offboardRequestedAt === undefined ? neverText : toText(unit.offboardRequestedAt),
  };
};

/** As a restore point names its unit: enough to know it by. */
export const unitReferenceJson = (context: GraphContext, unit: StoredUnit): JsonObject => ({
  '@odata.type': unitTypes[unit.kind],
  id: unit.id,
  ...namesJson(context, unit),
  ...(unit.policyId === undefined ? {} : { policyId: unit.policyId }),
});

/** Throws 400 for what is no id; there is no documented code for an id that nothing has, so Graph's general 404. */
export const findUnit = (context: GraphContext, id: string): StoredUnit => {
  const unit = context.tenant.units.find(id);
  if (unit !== undefined) return unit;
  if (!isGuid(id)) throw badRequest('Invalid Protection Unit ID.', 'InvalidProtectionUnitId');
  throw new GraphError(404, 'ProtectionUnitNotFound', 'Requested Protection Unit does not exist.');
};

const unitsOf = (context: GraphContext, kind: UnitKind, policyId?: string): Collection<StoredUnit> => {
  const { units } = context.tenant;
  const all = function* (from: number): Generator<StoredUnit> {
    for (const unit of units.list(kind, from)) {
      if (policyId === undefined || unit.policyId === policyId) yield unit;
    }
  };
  return {
    after: key => all(key === undefined ? 0 : Number(key) + 1),
    keyOf: unit => String(unit.number),
    count: () => [...all(0)].length,
  };
};

/** A unit that a filter names by what is no id of one is refused as such. */
const optionsOf = (context: GraphContext, type: string): ListOptions => ({
  filteredType: type,
  judge: ({ conditions }) => {
    for (const { path, values } of conditions) {
      if (path !== 'id') continue;
      const isUnit = (value: unknown): boolean =>
        typeof value === 'string' && (isGuid(value) || context.tenant.units.find(value) !== undefined);
      if (!values.every(isUnit)) throw badRequest('Invalid Protection Unit ID.', 'InvalidProtectionUnitId');
    }
  },
});

const typeOfKind = (kind: UnitKind): string => unitTypes[kind].slice(1);

export const listUnits =
  (kind: UnitKind) =>
  (context: GraphContext): GraphAnswer => {
    const options = optionsOf(context, typeOfKind(kind));
    return page(context, unitsOf(context, kind), (unit, how) => unitJson(how, unit), options);
  };

export const listUnitsOfPolicy =
  (kind: UnitKind) =>
  (context: GraphContext): GraphAnswer => {
    const policy = findPolicy(context, context.id, kind);
    const options = optionsOf(context, typeOfKind(kind));
    return page(context, unitsOf(context, kind, policy.id), (unit, how) => unitJson(how, unit), options);
  };

export const getUnit = (context: GraphContext): GraphAnswer =>
  json(200, selected(context, unitJson(context, findUnit(context, context.id))));

/** All kinds: what the collection without a cast answers. */
export const listAllUnits = (context: GraphContext): GraphAnswer => {
  const { units } = context.tenant;
  const all = function* (from: number): Generator<StoredUnit> {
    for (let number = from; number < units.count; number += 1) {
      const unit = units.at(number);
      if (unit !== undefined) yield unit;
    }
  };
  const everyUnit: Collection<StoredUnit> = {
    after: key => all(key === undefined ? 0 : Number(key) + 1),
    keyOf: unit => String(unit.number),
    count: () => units.count,
  };
  const options = optionsOf(context, 'microsoft.graph.protectionUnitBase');
  return page(context, everyUnit, (unit, how) => unitJson(how, unit), options);
};

export const getUnitOfKind =
  (kind: UnitKind, ofPolicy: boolean) =>
  (context: GraphContext): GraphAnswer => {
    const unit = findUnit(context, context.id);
    const policy = ofPolicy ? findPolicy(context, context.parentId, kind) : undefined;
    if (unit.kind !== kind || (policy !== undefined && unit.policyId !== policy.id)) {
      throw new GraphError(404, 'ProtectionUnitNotFound', 'Requested Protection Unit does not exist.');
    }
    return json(200, selected(context, unitJson(context, unit)));
  };
