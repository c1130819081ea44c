/** Every move of every table of states, from every state: it passes, or is refused as the table says. Made from the tables. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { documentedErrors } from '../metadata/refusals.ts';
import { artifactStates } from '../state/machines/artifact-machine.ts';
import { browseMoves, browseStates } from '../state/machines/browse-machine.ts';
import { bulkRequestMoves } from '../state/machines/bulk-machine.ts';
import { refusalFrom } from '../state/machines/move.ts';
import type { Move } from '../state/machines/move.ts';
import { policyMoves, policyStates } from '../state/machines/policy-machine.ts';
import { ruleMoves } from '../state/machines/rule-machine.ts';
import { serviceAppMoves, serviceAppStates, serviceMoves, serviceStates } from '../state/machines/service-machine.ts';
import { sessionMoves, sessionStates } from '../state/machines/session-machine.ts';
import { unitMoves } from '../state/machines/unit-machine.ts';
import { inGroups, nobody, policiesOf, removed, sessionsOf, startAdministrator } from './administrator.ts';
import type { Administrator } from './administrator.ts';
import { entries, part, textOf } from './emulator-client.ts';
import type { Answer, Json } from './emulator-client.ts';

/** Puts one thing into a state and asks for the move. */
type Attempt = (state: string, id: string) => Promise<Answer>;

interface Machine {
  readonly name: string;
  readonly states: readonly string[];
  readonly moves: readonly (readonly [name: string, move: Move, attempt: Attempt])[];
}

let admin: Administrator;
let artifacts: readonly Json[] = [];
let restorePointId = '';
let policyId = '';
beforeAll(async () => {
  admin = await startAdministrator({ units: 60 });
  artifacts = (await admin.artifacts('site', 2)).map(({ artifact }) => artifact);
  const [unitId] = await admin.client.unitsWithPoints('site', 1);
  const search = await admin.ask('POST', '/restorePoints/search', {
    protectionUnitIds: [unitId],
    protectionTimePeriod: { startDateTime: '2024-01-01T00:00:00Z' },
    tags: 'fastRestore',
  });
  restorePointId = textOf(search.body, 'searchResults', 0, 'restorePoint', 'id');
  policyId = await admin.policy('mailbox');
});
afterAll(() => admin.stop());

const onPolicy =
  (method: string, action: string): Attempt =>
  async (status, id) => {
    await admin.put(policiesOf.site, { id, status });
    return admin.ask(method, `/protectionPolicies/${id}${action}`);
  };

const onUnit =
  (action: string): Attempt =>
  async (status, id) => {
    await admin.put('driveProtectionUnits', { id, status, policyId: null, directoryObjectId: id });
    return admin.ask('POST', `/protectionUnits/${id}/${action}`);
  };
const removal: Attempt = async (status, id) => {
  await admin.put('mailboxProtectionUnits', { id, status, policyId, directoryObjectId: id });
  const delta = { 'mailboxProtectionUnits@delta': [removed(id)] };
  return admin.ask('PATCH', `/${policiesOf.mailbox}/${policyId}`, delta);
};

const onRule =
  (isAutoApplyEnabled: boolean, method: string, action: string): Attempt =>
  async (status, id) => {
    const rules = `/${policiesOf.mailbox}/${policyId}/mailboxInclusionRules`;
    const mailboxExpression = inGroups(nobody);
    await admin.put(rules, { id, status, isAutoApplyEnabled, mailboxExpression });
    return admin.ask(method, `${rules}/${id}${action}`, method === 'PATCH' ? { mailboxExpression } : undefined);
  };

const onBulkRequest: Attempt = async (status, id) => {
  const session = await admin.draft('mailbox');
  const requests = `/${sessionsOf.mailbox}/${session}/mailboxRestoreArtifactsBulkAdditionRequests`;
  await admin.put(requests, { id, status, mailboxes: ['a@b.example'] });
  return admin.ask('DELETE', `${requests}/${id}`);
};

const session =
  (count: number, call: (id: string) => Promise<Answer>): Attempt =>
  async (status, id) => {
    await admin.put(sessionsOf.site, { id, status, siteRestoreArtifacts: artifacts.slice(0, count) });
    const answer = await call(id);
    // None stays active, so that none is one too many.
    await admin.put(sessionsOf.site, { id, status: 'completed' });
    return answer;
  };

const onBrowseSession =
  (call: (id: string) => Promise<Answer>): Attempt =>
  async (status, id) => {
    await admin.put('sharePointBrowseSessions', {
      id,
      restorePointId,
      status,
      items: [{ itemKey: 'a,b,c,d', name: 'File', webUrl: 'https://x.example/File' }],
    });
    return call(id);
  };

const inService =
  (call: () => Promise<Answer>): Attempt =>
  async serviceStatus => {
    await admin.change({ serviceStatus });
    const answer = await call();
    await admin.change({ serviceStatus: 'enabled' });
    return answer;
  };

const controllerOf: Readonly<Record<string, string>> = {
  inactive: 'none',
  active: 'self',
  pendingActive: 'pending',
  pendingInactive: 'leaving',
};
const onServiceApp =
  (method: string, action: string): Attempt =>
  async status => {
    const controlPassesDateTime = status.startsWith('pending') ? '2026-03-20T00:00:00Z' : null;
    await admin.change({ controller: controllerOf[status], controlPassesDateTime });
    const body = action === '/activate' ? { effectiveDateTime: '2026-03-20T00:00:00Z' } : undefined;
    const answer = await admin.ask(method, `/serviceApps/${admin.client.ready.clientId}${action}`, body);
    await admin.ask('POST', '/serviceApps');
    await admin.change({ controller: 'self', controlPassesDateTime: null, serviceStatus: 'enabled' });
    return answer;
  };

const unitStates = [
  ...['protectRequested', 'protected', 'unprotectRequested', 'unprotected', 'removeRequested'],
  ...['offboardRequested', 'offboarded', 'cancelOffboardRequested'],
];
const ruleStates = ['active', 'completed', 'completedWithErrors', 'updateRequested', 'deleteRequested'];

const rules = (kind: 'static' | 'dynamic'): Machine => ({
  name: `a ${kind} rule`,
  states: ruleStates,
  moves: [
    ['run', ruleMoves.run[kind], onRule(kind === 'dynamic', 'POST', '/run')],
    ['update', ruleMoves.update[kind], onRule(kind === 'dynamic', 'PATCH', '')],
    ['delete', ruleMoves.delete[kind], onRule(kind === 'dynamic', 'DELETE', '')],
    [
      'deleteAndUnprotect',
      ruleMoves.deleteAndUnprotect[kind],
      onRule(kind === 'dynamic', 'POST', '/deleteAndUnprotect'),
    ],
  ],
});

const machines: readonly Machine[] = [
  {
    name: 'a policy',
    states: Object.keys(policyStates),
    moves: [
      ['activate', policyMoves.activate, onPolicy('POST', '/activate')],
      ['deactivate', policyMoves.deactivate, onPolicy('POST', '/deactivate')],
      ['delete', policyMoves.delete, onPolicy('DELETE', '')],
    ],
  },
  {
    name: 'a unit',
    states: unitStates,
    moves: [
      ['offboard', unitMoves.offboard, onUnit('offboard')],
      ['cancelOffboard', unitMoves.cancelOffboard, onUnit('cancelOffboard')],
      ['remove', unitMoves.remove, removal],
    ],
  },
  rules('static'),
  rules('dynamic'),
  {
    name: 'a bulk restore request',
    states: ['active', ...bulkRequestMoves.delete.from],
    moves: [['delete', bulkRequestMoves.delete, onBulkRequest]],
  },
  {
    name: 'a restore session',
    states: Object.keys(sessionStates),
    moves: [
      [
        'patch',
        sessionMoves.patch,
        session(1, id =>
          admin.ask('PATCH', `/${sessionsOf.site}/${id}`, { 'siteRestoreArtifacts@delta': artifacts.slice(1) }),
        ),
      ],
      [
        'addBulkRequest',
        sessionMoves.addBulkRequest,
        session(0, id =>
          admin.ask('POST', `/${sessionsOf.site}/${id}/siteRestoreArtifactsBulkAdditionRequests`, {
            displayName: 'Bulk',
            siteWebUrls: ['https://x.example/sites/a'],
            protectionTimePeriod: { startDateTime: '2025-01-01T00:00:00Z' },
          }),
        ),
      ],
      ['activate', sessionMoves.activate, session(1, id => admin.ask('POST', `/restoreSessions/${id}/activate`))],
      ['delete', sessionMoves.delete, session(1, id => admin.ask('DELETE', `/restoreSessions/${id}`))],
    ],
  },
  {
    name: 'a browse session',
    states: Object.keys(browseStates),
    moves: [
      [
        'browse',
        browseMoves.browse,
        onBrowseSession(id => admin.ask('POST', `/sharePointBrowseSessions/${id}/browse`)),
      ],
      [
        'restore',
        browseMoves.restore,
        onBrowseSession(browseSessionId =>
          admin.ask('POST', `/${sessionsOf.site}`, {
            granularSiteRestoreArtifacts: [{ browseSessionId, id: 'a,b,c,d' }],
          }),
        ),
      ],
    ],
  },
  {
    name: 'the service',
    states: Object.keys(serviceStates),
    moves: [
      [
        'changeProtection',
        serviceMoves.changeProtection,
        inService(() => admin.ask('POST', `/${policiesOf.site}`, { displayName: 'New' })),
      ],
      ['restore', serviceMoves.restore, inService(() => admin.ask('POST', `/${sessionsOf.site}`, {}))],
    ],
  },
  {
    name: 'a service app',
    states: Object.keys(serviceAppStates),
    moves: [
      ['activate', serviceAppMoves.activate, onServiceApp('POST', '/activate')],
      ['deactivate', serviceAppMoves.deactivate, onServiceApp('POST', '/deactivate')],
      ['delete', serviceAppMoves.delete, onServiceApp('DELETE', '')],
    ],
  },
];

const cases = machines.flatMap(({ name, states, moves }) =>
  moves.flatMap(([moveName, move, attempt]) =>
    states.map(state => ({ title: `${name}: ${moveName} from ${state}`, move, attempt, state })),
  ),
);

/** Ids that sort nothing out: a fresh one for each case. */
const idOf = (number: number): string => `5a5a5a5a-0000-4000-8000-${String(number).padStart(12, '0')}`;

const refusalIn = (answer: Answer): { status: number; code: unknown } => {
  const [item] = entries(answer.body['mailboxProtectionUnits@delta']);
  const failure = part(item, '@Core.DataModificationException', 'info', 'code');
  return { status: answer.status, code: failure ?? part(answer.body, 'error', 'code') };
};

describe('a move', () => {
  test.each(cases.map((one, number) => [one.title, one, idOf(number)] as const))('%s', async (_title, one, id) => {
    const refusal = refusalFrom(one.move, one.state);
    const answer = await one.attempt(one.state, id);
    if (refusal === undefined) {
      expect(refusalIn(answer).code, answer.text).toBeUndefined();
      expect(answer.status).toBeLessThan(300);
    } else expect(refusalIn(answer)).toEqual(refusal);
  });

  test('is refused only as is documented, or as guesses list', () => {
    const guesses = ['403 notAllowed', '400 InvalidArtifactRequest'];
    const known = new Set([...documentedErrors.map(({ status, code }) => `${status} ${code}`), ...guesses]);
    for (const { move, state, title } of cases) {
      const refusal = refusalFrom(move, state);
      if (refusal !== undefined) expect(known, title).toContain(`${refusal.status} ${refusal.code}`);
    }
  });
});

test('an artifact can be put in place in each of its states', async () => {
  for (const [number, status] of Object.keys(artifactStates).entries()) {
    const id = idOf(1000 + number);
    const isOver = status === 'succeeded' || status === 'failed';
    await admin.put(sessionsOf.site, {
      id,
      status: isOver ? 'completed' : 'active',
      siteRestoreArtifacts: [{ ...artifacts[0], status }],
    });
    const list = await admin.ask('GET', `/${sessionsOf.site}/${id}/siteRestoreArtifacts`);
    // What is under way and not yet restoring begins anew from its first state.
    const expected = isOver || status === 'inProgress' ? status : 'added';
    expect(part(list.body, 'value', 0, 'status')).toBe(expected);
  }
});
