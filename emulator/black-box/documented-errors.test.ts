/**
 * Every error that the documents name, provoked by doing what provokes it: one row for each code of each call. The list is
 * `metadata/documented-errors.json`; a code without a row fails, and so does a row without a code.
 */
import { expect, test } from 'vitest';
import { documentedErrors } from '../metadata/refusals.ts';
import type { DocumentedError } from '../metadata/refusals.ts';
import {
  codeOf,
  day,
  hour,
  idsNobodyHas,
  inGroups,
  nobody,
  policiesOf,
  removed,
  sessionsOf,
  startAdministrator,
} from './administrator.ts';
import type { Administrator, Kind } from './administrator.ts';
import { allScopes, entries, part, root, textOf } from './emulator-client.ts';
import type { Answer } from './emulator-client.ts';

type Provocation = (admin: Administrator) => Promise<Answer>;

const fiftyOne = <T>(entry: (number: number) => T): readonly T[] =>
  Array.from({ length: 51 }, (_, number) => entry(number));
const siteNobodyHas = (number: number) => ({ siteId: `host.example,${nobody},${number}` });
const createSites =
  (body: unknown): Provocation =>
  ({ ask }) =>
    ask('POST', `/${policiesOf.site}`, body);

const twoDrafts: Provocation = async admin => {
  const [first] = await admin.artifacts('site', 1);
  const one = await admin.draft('site', [first?.artifact ?? {}]);
  const other = await admin.draft('site', [first?.artifact ?? {}]);
  await admin.ask('POST', `/restoreSessions/${one}/activate`);
  await admin.advance(60);
  return admin.restored('site', other);
};

const siteSession =
  (list: (artifacts: readonly object[]) => readonly unknown[]): Provocation =>
  async admin => {
    const all = (await admin.artifacts('site', 2)).map(({ artifact }) => artifact);
    return admin.ask('POST', `/${sessionsOf.site}`, { siteRestoreArtifacts: list(all) });
  };
const patchedDraft =
  (list: (artifacts: readonly object[]) => unknown): Provocation =>
  async admin => {
    const all = (await admin.artifacts('site', 2)).map(({ artifact }) => artifact);
    const id = await admin.draft('site', all.slice(0, 1));
    return admin.ask('PATCH', `/${sessionsOf.site}/${id}`, list(all));
  };
const delta = (...list: readonly unknown[]) => ({ 'siteRestoreArtifacts@delta': list });

/** A restore of one unit after something was done to it. */
const restoreOf =
  (flags: object): Provocation =>
  async admin => {
    const [first] = await admin.artifacts('site', 1);
    await admin.change({ artifactFailures: 'seeded' });
    await admin.put('siteProtectionUnits', { id: first?.unitId, hold: false, gone: false, ...flags });
    return admin.restored('site', await admin.draft('site', [first?.artifact ?? {}]));
  };

/** A unit of a person who can't be protected, and why. */
const unitOf =
  (person: object): Provocation =>
  async admin => {
    await admin.put('users', { id: nobody, displayName: 'New', mail: 'new@customer.example', ...person });
    const policy = await admin.policy('mailbox', { resources: [nobody], isActive: true });
    const [unit] = await admin.unitsOf('mailbox', policy);
    return admin.ask('GET', `/protectionUnits/${textOf(unit, 'id')}`);
  };

interface RulePlace {
  readonly rules: string;
  readonly groups: readonly string[];
}
const rulePlace = async (admin: Administrator, kind: Kind = 'mailbox'): Promise<RulePlace> => {
  const id = await admin.policy(kind);
  const { body } = await admin.client.control('GET', `/directory?tenantId=${admin.client.tenantId}`);
  const groups = entries(body['groups']).map(group => textOf(group, 'id'));
  return { rules: `/${policiesOf[kind]}/${id}/${kind}InclusionRules`, groups };
};
const ruleOf = async (admin: Administrator, { rules, groups }: RulePlace, isDynamic: boolean): Promise<string> => {
  const body = { mailboxExpression: inGroups(groups[0] ?? ''), isAutoApplyEnabled: isDynamic };
  return `${rules}/${textOf((await admin.ask('POST', rules, body)).body, 'id')}`;
};
const newRule =
  (body: (place: RulePlace) => unknown): Provocation =>
  async admin => {
    const place = await rulePlace(admin);
    return admin.ask('POST', place.rules, body(place));
  };
/** Something asked of a rule that has ended unless `wait` says otherwise. */
const ofRule =
  (isDynamic: boolean, call: (admin: Administrator, rule: string, place: RulePlace) => Promise<Answer>, wait = hour) =>
  async (admin: Administrator): Promise<Answer> => {
    const place = await rulePlace(admin);
    const rule = await ruleOf(admin, place, isDynamic);
    await admin.advance(wait);
    return call(admin, rule, place);
  };
const onNoRule =
  (method: string, id: string, action = ''): Provocation =>
  async admin => {
    const { rules, groups } = await rulePlace(admin);
    const body = method === 'PATCH' ? { mailboxExpression: inGroups(groups[0] ?? '') } : undefined;
    return admin.ask(method, `${rules}/${id}${action}`, body);
  };

const job =
  (kind: Kind, body: object): Provocation =>
  async admin => {
    const jobs = `/${policiesOf[kind]}/${await admin.policy(kind)}/${kind}ProtectionUnitsBulkAdditionJobs`;
    const created = await admin.ask('POST', jobs, { displayName: 'Job', ...body });
    await admin.advance(hour);
    return admin.ask('GET', `${jobs}/${textOf(created.body, 'id')}`);
  };

const since = { protectionTimePeriod: { startDateTime: '2024-01-01T00:00:00Z' } };
const bulkOf = async (admin: Administrator, kind: Kind) => {
  const id = await admin.draft(kind);
  return { id, requests: `/${sessionsOf[kind]}/${id}/${kind}RestoreArtifactsBulkAdditionRequests` };
};
const newBulk =
  (kind: Kind, body: object): Provocation =>
  async admin => {
    const { requests } = await bulkOf(admin, kind);
    return admin.ask('POST', requests, { displayName: 'Bulk', ...since, ...body });
  };
/** A bulk restore that has ended, its request read. */
const endedBulk =
  (kind: Kind, body: (address: string) => object): Provocation =>
  async admin => {
    const [first] = await admin.artifacts(kind, 1);
    const unit = (await admin.ask('GET', `/protectionUnits/${first?.unitId}`)).body;
    const { id, requests } = await bulkOf(admin, kind);
    const address = textOf(unit, kind === 'site' ? 'siteWebUrl' : 'email');
    const request = await admin.ask('POST', requests, { displayName: 'Bulk', ...since, ...body(address) });
    await admin.ask('POST', `/restoreSessions/${id}/activate`);
    await admin.advance(6 * hour);
    return admin.ask('GET', `${requests}/${textOf(request.body, 'id')}`);
  };

const pointsOf = (unitId: string, filter: string): string =>
  `/restorePoints?$expand=${encodeURIComponent(`protectionUnit($filter=id eq '${unitId}')`)}&$filter=${encodeURIComponent(filter)}`;
const enableFor =
  (billing: string): Provocation =>
  async admin => {
    await admin.change({ billing });
    return admin.ask('POST', '/enable', { appOwnerTenantId: admin.client.ready.tenants[0]?.id });
  };
const ownApp = ({ client }: Administrator): string => `/serviceApps/${client.ready.clientId}`;
const fromPowerShell: Provocation = async ({ client }) => {
  const { body } = await client.control('POST', '/tokens', {
    tenantId: client.tenantId,
    userPrincipalName: client.ready.users[0]?.userPrincipalName,
    scopes: [...allScopes, 'BackupRestore-Control.ReadWrite.All'],
    clientId: '14d82eec-204b-4c2f-b7e8-296a70dab67e',
  });
  const token = textOf(body, 'accessToken');
  const app = `${root}/serviceApps/${client.ready.clientId}`;
  const calls = [
    ['POST', `${root}/enable`],
    ['POST', `${root}/serviceApps`],
    ['POST', `${app}/activate`],
    ['DELETE', app],
  ] as const;
  for (const [method, path] of calls) {
    expect(codeOf(await client.graph(method, path, undefined, { token })), `${method} ${path}`).toBe('403 Forbidden');
  }
  return client.graph('GET', root, undefined, { token });
};

/** By call, then by `status code`. */
const provocations: Readonly<Record<string, Readonly<Record<string, Provocation>>>> = {
  'create policy': {
    '400 InvalidCreateRequest': createSites({ displayName: 'New', siteProtectionUnits: 3 }),
    '400 InvalidDisplayName': createSites({ displayName: 'x'.repeat(1025) }),
    '400 InvalidProtectionUnitId': createSites({ displayName: 'New', siteProtectionUnits: [{ siteId: 'x' }] }),
    '409 PolicyCreationNotAllowed': async admin => {
      await admin.change({ policyLimit: 1 });
      return createSites({ displayName: 'New' })(admin);
    },
    '409 ProtectionUnitAlreadyExists': async admin => {
      const units = entries((await admin.ask('GET', '/siteProtectionUnits')).body['value']);
      const siteId = textOf(
        units.find(unit => unit['policyId'] !== undefined),
        'siteId',
      );
      return createSites({ displayName: 'New', siteProtectionUnits: [{ siteId }] })(admin);
    },
    '413 ProtectionUnitsLimitBreached': createSites({
      displayName: 'New',
      siteProtectionUnits: fiftyOne(siteNobodyHas),
    }),
    '500 PolicySaveFailed': async admin => {
      const twice = createSites({ displayName: 'Asked for twice' });
      expect((await twice(admin)).status).toBe(201);
      return twice(admin);
    },
  },
  'get policy': {
    '400 InvalidPolicyId': ({ ask }) => ask('GET', '/protectionPolicies/none'),
    '404 PolicyNotFound': ({ ask }) => ask('GET', `/protectionPolicies/${nobody}`),
  },
  'update policy': {
    '200 ProtectionUnitNotFound': async admin =>
      admin.ask('PATCH', `/${policiesOf.mailbox}/${await admin.policy('mailbox')}`, {
        'mailboxProtectionUnits@delta': [removed(nobody)],
      }),
    '200 ProtectionUnitAlreadyExists': async admin => {
      const [person = ''] = await admin.unprotected('mailbox');
      const id = await admin.policy('mailbox', { resources: [person] });
      const list = [admin.asUnit('mailbox', person)];
      return admin.ask('PATCH', `/${policiesOf.mailbox}/${id}`, { 'mailboxProtectionUnits@delta': list });
    },
    '400 DuplicateProtectionUnitInList': async admin => {
      const [, person = ''] = await admin.unprotected('mailbox');
      const list = [admin.asUnit('mailbox', person), admin.asUnit('mailbox', person)];
      return admin.ask('PATCH', `/${policiesOf.mailbox}/${await admin.policy('mailbox')}`, {
        'mailboxProtectionUnits@delta': list,
      });
    },
    '400 ProtectionUnitActionNotAllowed': ofRule(true, async (admin, rule) => {
      const policy = rule.split('/')[2] ?? '';
      const unit = (await admin.unitsOf('mailbox', policy)).find(({ protectionSources }) =>
        String(protectionSources).includes('dynamicRule'),
      );
      const list = [removed(textOf(unit, 'id'))];
      return admin.ask('PATCH', `/${policiesOf.mailbox}/${policy}`, { 'mailboxProtectionUnits@delta': list });
    }),
    '404 PolicyNotFound': ({ ask }) => ask('PATCH', `/${policiesOf.site}/${nobody}`, { displayName: 'New' }),
  },
  'delete policy': {
    '400 InvalidPolicyId': ({ ask }) => ask('DELETE', '/protectionPolicies/none'),
    '403 PolicyActionNotAllowed': async admin =>
      admin.ask('DELETE', `/protectionPolicies/${await admin.policy('site', { isActive: true })}`),
    '404 PolicyNotFound': ({ ask }) => ask('DELETE', `/protectionPolicies/${nobody}`),
  },
  'activate policy': {
    '400 InvalidPolicyId': ({ ask }) => ask('POST', '/protectionPolicies/none/activate'),
    '400 invalidStateForActivation': async admin =>
      admin.ask('POST', `/protectionPolicies/${await admin.policy('site', { isActive: true })}/activate`),
    '403 PolicyActionNotAllowed': async admin => {
      const id = await admin.policy('site');
      await admin.ask('POST', `/protectionPolicies/${id}/activate`);
      return admin.ask('POST', `/protectionPolicies/${id}/activate`);
    },
    '404 PolicyNotFound': ({ ask }) => ask('POST', `/protectionPolicies/${nobody}/activate`),
  },
  'deactivate policy': {
    '400 InvalidPolicyId': ({ ask }) => ask('POST', '/protectionPolicies/none/deactivate'),
    '400 invalidStateForActivation': async admin => {
      const id = await admin.policy('site');
      await admin.ask('POST', `/protectionPolicies/${id}/activate`);
      return admin.ask('POST', `/protectionPolicies/${id}/deactivate`);
    },
    '403 PolicyActionNotAllowed': async admin =>
      admin.ask('POST', `/protectionPolicies/${await admin.policy('site')}/deactivate`),
    '404 PolicyNotFound': ({ ask }) => ask('POST', `/protectionPolicies/${nobody}/deactivate`),
  },
  'list units': {
    '400 InvalidPolicyId': ({ ask }) => ask('GET', `/${policiesOf.site}/none/siteProtectionUnits`),
    '400 FilterLengthExceeded': ({ ask }) => {
      const filter = idsNobodyHas(21)
        .map((id, number) => `${number === 0 ? '' : number % 2 === 0 ? ' or ' : ' and '}id ne '${id}'`)
        .join('');
      return ask('GET', `/siteProtectionUnits?$filter=${encodeURIComponent(filter)}`);
    },
    '400 InvalidProtectionUnitId': ({ ask }) =>
      ask('GET', "/protectionUnits/microsoft.graph.siteProtectionUnit?$filter=id eq 'none'"),
    '404 PolicyNotFound': ({ ask }) => ask('GET', `/${policiesOf.site}/${nobody}/siteProtectionUnits`),
  },
  'get unit': {
    '200 UnknownError': unitOf({ troubled: true }),
    '200 ProtectionUnitNotFound': async admin => {
      const policy = await admin.policy('mailbox', { resources: [nobody], isActive: true });
      const [unit] = await admin.unitsOf('mailbox', policy);
      return admin.ask('GET', `/protectionUnits/${textOf(unit, 'id')}`);
    },
    '200 InvalidArtifactId': async admin => {
      const policy = await admin.policy('mailbox', { isActive: true });
      const id = textOf((await admin.unitsOf('mailbox', policy))[0], 'id');
      await admin.put('mailboxProtectionUnits', { id, gone: true });
      await admin.ask('PATCH', `/${policiesOf.mailbox}/${policy}`, { 'mailboxProtectionUnits@delta': [removed(id)] });
      await admin.advance(hour);
      return admin.ask('GET', `/protectionUnits/${id}`);
    },
    '200 QuotaExceeded': unitOf({ overQuota: true }),
    '400 InvalidProtectionUnitId': ({ ask }) => ask('GET', '/protectionUnits/none'),
  },
  'offboard unit': {
    '403 OperationNotAllowed': async admin => {
      const [unit] = await admin.unitsOf('mailbox', await admin.policy('mailbox'));
      return admin.ask('POST', `/protectionUnits/${textOf(unit, 'id')}/offboard`);
    },
  },
  'cancelOffboard unit': {
    '403 OperationNotAllowed': async admin => {
      const [unit] = await admin.unitsOf('mailbox', await admin.policy('mailbox'));
      return admin.ask('POST', `/protectionUnits/${textOf(unit, 'id')}/cancelOffboard`);
    },
  },
  'create session': {
    '400 InvalidPathType': siteSession(([first]) => [{ ...first, destinationType: 'elsewhere' }]),
    '400 InvalidArtifactRequest': siteSession(() => []),
    '400 InvalidRestorePoint': siteSession(() => [{ restorePoint: { id: nobody }, destinationType: 'inPlace' }]),
    '400 DifferentRestoreDestinationType': siteSession(([first, second]) => [
      first,
      { ...second, destinationType: 'new' },
    ]),
    '400 DuplicateArtifactInList': siteSession(([first]) => [first, first]),
    '413 RestoreArtifactsLimitBreached': siteSession(([first]) => fiftyOne(() => first)),
  },
  'get session': {
    '400 InvalidRestoreSessionId': ({ ask }) => ask('GET', '/restoreSessions/none'),
    '404 RestoreSessionNotFound': ({ ask }) => ask('GET', `/restoreSessions/${nobody}`),
  },
  'update session': {
    '400 InvalidRestoreSessionId': async admin => {
      const [first] = await admin.artifacts('site', 1);
      return admin.ask('PATCH', `/${sessionsOf.site}/none`, delta(first?.artifact));
    },
    '400 InvalidPatchRequest': patchedDraft(() => ({ displayName: 'no list' })),
    '400 InvalidRestorePoint': patchedDraft(() => delta({ restorePoint: { id: nobody }, destinationType: 'inPlace' })),
    '400 RestoreArtifactsLimitBreached': patchedDraft(([, second]) => delta(...fiftyOne(() => second))),
    '400 InvalidArtifactRequest': patchedDraft(() => delta()),
    '400 DuplicateArtifactInList': patchedDraft(([, second]) => delta(second, second)),
    '403 RestoreSessionActionNotAllowed': async admin => {
      const [first, second] = (await admin.artifacts('site', 2)).map(({ artifact }) => artifact);
      const id = await admin.draft('site', [first ?? {}]);
      await admin.ask('POST', `/restoreSessions/${id}/activate`);
      return admin.ask('PATCH', `/${sessionsOf.site}/${id}`, delta(second));
    },
    '404 RestoreSessionNotFound': async admin => {
      const [first] = await admin.artifacts('site', 1);
      return admin.ask('PATCH', `/${sessionsOf.site}/${nobody}`, delta(first?.artifact));
    },
  },
  'delete session': {
    '400 InvalidRestoreSessionId': ({ ask }) => ask('DELETE', '/restoreSessions/none'),
    '403 RestoreSessionActionNotAllowed': async admin => {
      const [first] = await admin.artifacts('site', 1);
      const id = await admin.draft('site', [first?.artifact ?? {}]);
      await admin.ask('POST', `/restoreSessions/${id}/activate`);
      return admin.ask('DELETE', `/restoreSessions/${id}`);
    },
    '404 RestoreSessionNotFound': ({ ask }) => ask('DELETE', `/restoreSessions/${nobody}`),
    '500 IncompleteArtifactDeletion': async admin => {
      const all = (await admin.artifacts('site', 2)).map(({ artifact }) => artifact);
      const id = await admin.draft('site', all);
      const list = await admin.ask('GET', `/${sessionsOf.site}/${id}/siteRestoreArtifacts`);
      await admin.ask('PATCH', `/${sessionsOf.site}/${id}`, delta(removed(textOf(list.body, 'value', 0, 'id'))));
      const answer = await admin.ask('DELETE', `/restoreSessions/${id}`);
      await admin.advance(15);
      expect((await admin.ask('DELETE', `/restoreSessions/${id}`)).status).toBe(204);
      return answer;
    },
  },
  'activate session': {
    '400 InvalidRestoreSessionId': ({ ask }) => ask('POST', '/restoreSessions/none/activate'),
    '403 RestoreSessionActionNotAllowed': async admin => {
      const [first] = await admin.artifacts('site', 1);
      const id = await admin.draft('site', [first?.artifact ?? {}]);
      await admin.ask('POST', `/restoreSessions/${id}/activate`);
      return admin.ask('POST', `/restoreSessions/${id}/activate`);
    },
    '404 RestoreSessionNotFound': ({ ask }) => ask('POST', `/restoreSessions/${nobody}/activate`),
    '500 TooManyActiveRestoreSessions': async admin => {
      const [first] = await admin.artifacts('site', 1);
      for (let started = 0; started < 25; started += 1) {
        const id = await admin.draft('site', [first?.artifact ?? {}]);
        expect((await admin.ask('POST', `/restoreSessions/${id}/activate`)).status).toBe(200);
      }
      const last = await admin.draft('site', [first?.artifact ?? {}]);
      return admin.ask('POST', `/restoreSessions/${last}/activate`);
    },
  },
  'list artifacts': {
    '200 UnknownError': restoreOf({ troubled: true }),
    '200 ArtifactNotFound': restoreOf({ gone: true }),
    '200 InvalidRestoreTime': async admin => {
      const [first] = await admin.artifacts('site', 1);
      const id = await admin.draft('site', [first?.artifact ?? {}]);
      await admin.advance(15 * day);
      return admin.restored('site', id);
    },
    '200 ArtifactCannotBeRestored': restoreOf({ hold: true }),
    '200 DuplicateArtifactRestoreRequest': twoDrafts,
    '400 InvalidRestoreSessionId': ({ ask }) => ask('GET', `/${sessionsOf.site}/none/siteRestoreArtifacts`),
  },
  'list restore points': {
    '400 FilterLengthExceeded': async admin => {
      const [unitId = ''] = await admin.client.unitsWithPoints('site', 1);
      const bound = 'protectionDateTime lt 2026-03-06T14:00:00Z';
      return admin.ask('GET', pointsOf(unitId, Array.from({ length: 120 }, () => bound).join(' and ')));
    },
    '400 InvalidSearchRequest': async admin => {
      const [unitId = ''] = await admin.client.unitsWithPoints('site', 1);
      return admin.ask('GET', pointsOf(unitId, 'protectionDateTime lt yesterday'));
    },
    '400 InvalidProtectionUnitId': ({ ask }) =>
      ask('GET', pointsOf('none', 'protectionDateTime lt 2026-03-06T14:00:00Z')),
  },
  'search restore points': {
    '400 InvalidSearchRequest': ({ ask }) => ask('POST', '/restorePoints/search', { ...since, protectionUnitIds: [] }),
    '400 InvalidProtectionUnitId': ({ ask }) =>
      ask('POST', '/restorePoints/search', { ...since, protectionUnitIds: [nobody] }),
  },
  'create rule': {
    '400 InvalidInclusionRuleCreateRequest': newRule(() => ({})),
    '400 InvalidRuleExpression': newRule(() => ({ mailboxExpression: 'everybody' })),
    '413 InvalidRuleExpressionGroupLimitExceeded': newRule(() => ({
      mailboxExpression: inGroups(...idsNobodyHas(101)),
      isAutoApplyEnabled: true,
    })),
  },
  'update rule': {
    '400 InvalidProtectionRulePatchRequest': ofRule(true, (admin, rule) =>
      admin.ask('PATCH', rule, { isAutoApplyEnabled: false }),
    ),
    '400 InvalidProtectionRuleStatusForUpdation': ofRule(
      true,
      (admin, rule, { groups }) => admin.ask('PATCH', rule, { mailboxExpression: inGroups(groups[1] ?? '') }),
      0,
    ),
    '400 InvalidRuleExpression': ofRule(true, (admin, rule) => admin.ask('PATCH', rule, { mailboxExpression: '' })),
    '400 PatchNotAllowedForStaticRule': ofRule(false, (admin, rule, { groups }) =>
      admin.ask('PATCH', rule, { mailboxExpression: inGroups(groups[1] ?? '') }),
    ),
    '404 ProtectionRuleNotFound': onNoRule('PATCH', nobody),
    '413 InvalidRuleExpressionGroupLimitExceeded': ofRule(true, (admin, rule) =>
      admin.ask('PATCH', rule, { mailboxExpression: inGroups(...idsNobodyHas(101)) }),
    ),
    '422 InvalidProtectionRuleStatusForDynamicRuleEdit': ofRule(true, async (admin, rule, { groups }) => {
      await admin.ask('POST', `${rule}/deleteAndUnprotect`);
      return admin.ask('PATCH', rule, { mailboxExpression: inGroups(groups[1] ?? '') });
    }),
  },
  'delete and unprotect rule': {
    '400 InvalidInclusionRuleId': onNoRule('POST', 'none', '/deleteAndUnprotect'),
    '404 ProtectionRuleNotFound': onNoRule('POST', nobody, '/deleteAndUnprotect'),
    '422 InvalidProtectionRuleStatusForDynamicRuleDeleteAndUnprotectAll': ofRule(
      true,
      (admin, rule) => admin.ask('POST', `${rule}/deleteAndUnprotect`),
      0,
    ),
  },
  'run rule': {
    '400 InvalidInclusionRuleId': onNoRule('POST', 'none', '/run'),
    '400 ProtectionRuleActionNotAllowed': ofRule(false, (admin, rule) => admin.ask('POST', `${rule}/run`), 0),
    '400 RunNotAllowedForDynamicRule': ofRule(true, (admin, rule) => admin.ask('POST', `${rule}/run`)),
    '404 ProtectionRuleNotFound': onNoRule('POST', nobody, '/run'),
  },
  'get rule': {
    '200 invalidGroupId': async admin => {
      const { rules } = await rulePlace(admin);
      const rule = await admin.ask('POST', rules, { mailboxExpression: inGroups(nobody) });
      await admin.advance(hour);
      return admin.ask('GET', `${rules}/${textOf(rule.body, 'id')}`);
    },
    '400 InvalidInclusionRuleId': onNoRule('GET', 'none'),
    '404 ProtectionRuleNotFound': onNoRule('GET', nobody),
  },
  'delete rule': {
    '400 InvalidInclusionRuleId': onNoRule('DELETE', 'none'),
    '400 InvalidProtectionRuleStatusForDeletion': ofRule(false, (admin, rule) => admin.ask('DELETE', rule), 0),
    '404 ProtectionRuleNotFound': onNoRule('DELETE', nobody),
    '422 InvalidProtectionRuleStatusForDynamicRuleDeletion': ofRule(
      true,
      (admin, rule) => admin.ask('DELETE', rule),
      0,
    ),
  },
  'get bulk unit job': {
    '200 ProtectionResourcesNotFound': job('mailbox', { directoryObjectIds: [nobody] }),
    '200 EmailNotFound': job('drive', { drives: ['nobody@nowhere.example'] }),
    '200 SiteUrlNotFound': job('site', { siteWebUrls: ['https://nowhere.example/sites/none'] }),
  },
  'create bulk restore request': {
    '400 InvalidBulkRestoreArtifactId': ({ ask }) =>
      ask('POST', `/${sessionsOf.drive}/none/driveRestoreArtifactsBulkAdditionRequests`, {
        displayName: 'Bulk',
        ...since,
        drives: ['a@b.example'],
      }),
    '400 BulkRestoreInvalidCreateRequest': newBulk('mailbox', {}),
    '400 BulkRestoreRestorationResourcesCountExceedsLimit': newBulk('mailbox', {
      directoryObjectIds: idsNobodyHas(10_001),
    }),
    '400 BulkRestoreInvalidCreateRequestSiteUrl': newBulk('site', { siteWebUrls: ['sites/team'] }),
    '400 BulkRestoreInvalidCreateRequestUserEmail': newBulk('drive', { drives: ['nobody'] }),
  },
  'get bulk restore request': {
    '200 BulkRestoreArtifactsNotResolved': endedBulk('mailbox', email => ({ mailboxes: [email, 'x@nowhere.example'] })),
    '200 BulkRestoreArtifactsNotFound': endedBulk('mailbox', () => ({ mailboxes: ['x@nowhere.example'] })),
    '200 UserNotBackedup': endedBulk('drive', email => ({ drives: [email, 'x@nowhere.example'] })),
    '200 SiteUrlNotFound': endedBulk('site', url => ({ siteWebUrls: [url, 'https://nowhere.example/sites/none'] })),
    '404 BulkRestoreArtifactsNotFound': async admin => {
      const { requests } = await bulkOf(admin, 'mailbox');
      return admin.ask('GET', `${requests}/${nobody}`);
    },
  },
  'delete bulk restore request': {
    '403 InvalidStateForBulkRequestDeletion': async admin => {
      const { requests } = await bulkOf(admin, 'mailbox');
      const body = { displayName: 'Bulk', ...since, mailboxes: ['x@nowhere.example'] };
      return admin.ask('DELETE', `${requests}/${textOf((await admin.ask('POST', requests, body)).body, 'id')}`);
    },
    '404 BulkRestoreArtifactsNotFound': async admin => {
      const { requests } = await bulkOf(admin, 'mailbox');
      return admin.ask('DELETE', `${requests}/${nobody}`);
    },
  },
  enable: {
    '400 InvalidAppOwnerTenantId': ({ ask }) => ask('POST', '/enable', { appOwnerTenantId: 'none' }),
    '402 InvalidBillingProfile': enableFor('invalid'),
    '403 UnableToReadBillingProfile': enableFor('unreadable'),
  },
  'activate service app': {
    // Another change is pending already.
    '403 notAllowed': async admin => {
      await admin.change({ controller: 'firstParty' });
      const body = { effectiveDateTime: '2026-03-20T00:00:00Z' };
      expect((await admin.ask('POST', `${ownApp(admin)}/activate`, body)).status).toBe(202);
      return admin.ask('POST', `${ownApp(admin)}/activate`, body);
    },
  },
  'deactivate service app': {
    '403 notAllowed': admin => admin.ask('POST', `${ownApp(admin)}/deactivate`),
  },
  'delete service app': {
    '403 notAllowed': async admin => {
      await admin.change({ controller: 'leaving', controlPassesDateTime: '2026-03-20T00:00:00Z' });
      return admin.ask('DELETE', ownApp(admin));
    },
  },
  'from PowerShell': { '403 Forbidden': fromPowerShell },
};

const keyOf = ({ call, status, code }: DocumentedError): string => `${call}: ${status} ${code}`;

/** Codes of every `error`, and of its details, anywhere in the answer; of failed items where `itemsOnly`. */
const codesIn = (value: unknown, itemsOnly: boolean): readonly unknown[] => {
  if (Array.isArray(value)) return value.flatMap((entry: unknown) => codesIn(entry, itemsOnly));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]: [string, unknown]) => {
    if (name === '@Core.DataModificationException') return itemsOnly ? [part(inner, 'info', 'code')] : [];
    if (name === 'error' && !itemsOnly) {
      return [part(inner, 'code'), ...entries(part(inner, 'details')).map(({ code }) => code)];
    }
    return codesIn(inner, itemsOnly);
  });
};

test('every documented error has a row, and every row a documented error', () => {
  const rows = Object.entries(provocations).flatMap(([call, codes]) =>
    Object.keys(codes).map(code => `${call}: ${code}`),
  );
  expect(rows.toSorted()).toEqual(documentedErrors.map(keyOf).toSorted());
});

test.each(documentedErrors.map(error => [keyOf(error), error] as const))('%s', async (_name, error) => {
  const provoke = provocations[error.call]?.[`${error.status} ${error.code}`];
  if (provoke === undefined) throw new Error('Nothing provokes it.');
  const admin = await startAdministrator();
  try {
    const answer = await provoke(admin);
    if (error.in === 'answer') expect(codeOf(answer)).toBe(`${error.status} ${error.code}`);
    else {
      expect(answer.status).toBe(200);
      expect(codesIn(answer.body, error.in === 'item')).toContain(error.code);
    }
  } finally {
    await admin.stop();
  }
});
