/** Entities put in place by hand, with the ids given, in Graph's own form: in any state, checked only for their shape. */
import type { Tenant } from '../state/tenant.ts';
import type { World } from '../state/world.ts';
import type { UnitKind } from '../world/units.ts';
import { ControlRefusal } from './control-refusal.ts';
import { putPoint, putPolicy, putServiceApp, putUnit } from './placed-protection.ts';
import {
  putBrowseSession,
  putBulkRequest,
  putEmailSettings,
  putGroup,
  putJob,
  putPerson,
  putRule,
  putSearch,
  putSite,
} from './placed-work.ts';
import { putSession } from './placed-sessions.ts';
import type { Entity, Placer } from './placed-shapes.ts';

interface CollectionRule {
  readonly put: Placer;
  readonly kind?: UnitKind;
}

/** Graph's collections, in lower case, that can be put in place, and what the emulator knows besides. */
const collections: Readonly<Record<string, CollectionRule>> = {
  protectionunits: { put: putUnit },
  siteprotectionunits: { put: putUnit, kind: 'site' },
  driveprotectionunits: { put: putUnit, kind: 'drive' },
  mailboxprotectionunits: { put: putUnit, kind: 'mailbox' },
  protectionpolicies: { put: putPolicy },
  sharepointprotectionpolicies: { put: putPolicy, kind: 'site' },
  onedriveforbusinessprotectionpolicies: { put: putPolicy, kind: 'drive' },
  exchangeprotectionpolicies: { put: putPolicy, kind: 'mailbox' },
  restorepoints: { put: putPoint },
  restoresessions: { put: putSession },
  sharepointrestoresessions: { put: putSession, kind: 'site' },
  onedriveforbusinessrestoresessions: { put: putSession, kind: 'drive' },
  exchangerestoresessions: { put: putSession, kind: 'mailbox' },
  serviceapps: { put: putServiceApp },
  siteinclusionrules: { put: putRule, kind: 'site' },
  driveinclusionrules: { put: putRule, kind: 'drive' },
  mailboxinclusionrules: { put: putRule, kind: 'mailbox' },
  siteprotectionunitsbulkadditionjobs: { put: putJob, kind: 'site' },
  driveprotectionunitsbulkadditionjobs: { put: putJob, kind: 'drive' },
  mailboxprotectionunitsbulkadditionjobs: { put: putJob, kind: 'mailbox' },
  siterestoreartifactsbulkadditionrequests: { put: putBulkRequest, kind: 'site' },
  driverestoreartifactsbulkadditionrequests: { put: putBulkRequest, kind: 'drive' },
  mailboxrestoreartifactsbulkadditionrequests: { put: putBulkRequest, kind: 'mailbox' },
  browsesessions: { put: putBrowseSession },
  sharepointbrowsesessions: { put: putBrowseSession, kind: 'site' },
  onedriveforbusinessbrowsesessions: { put: putBrowseSession, kind: 'drive' },
  emailnotificationssetting: { put: putEmailSettings },
  restorepointsearches: { put: putSearch },
  users: { put: putPerson },
  sites: { put: putSite },
  groups: { put: putGroup },
};

/** From `#microsoft.graph.siteProtectionUnit`, `…sharePointRestoreSession` and so on, in any letter case. */
const kindOfType = (type: unknown): UnitKind | undefined => {
  const name = typeof type === 'string' ? type.toLowerCase().replace(/^#?microsoft\.graph\./, '') : '';
  if (name.startsWith('site') || name.startsWith('sharepoint')) return 'site';
  if (name.startsWith('drive') || name.startsWith('onedrive')) return 'drive';
  return name.startsWith('mailbox') || name.startsWith('exchange') ? 'mailbox' : undefined;
};

/** Throws {@link ControlRefusal} or zod's error; what came before the refused one is in place. */
export const putEntities = (world: World, tenant: Tenant, collection: string, entities: readonly Entity[]): void => {
  // `exchangeProtectionPolicies/{id}/mailboxInclusionRules` names the parent too.
  const parts = collection.split('/').filter(part => part !== '');
  const name = (parts.at(-1) ?? '').toLowerCase();
  const parentId = parts.length === 3 ? parts[1] : undefined;
  const rule = Object.hasOwn(collections, name) ? collections[name] : undefined;
  if (rule === undefined) {
    throw new ControlRefusal(
      400,
      `${collection} can't be put in place; these can: ${Object.keys(collections).join(', ')}.`,
    );
  }
  for (const entity of entities) {
    rule.put({ world, tenant }, entity, rule.kind ?? kindOfType(entity['@odata.type']), parentId);
  }
};
