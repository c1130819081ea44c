import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { type SyncOnEmulator, syncOnEmulator } from '../sync/testing/sync-on-emulator.ts';
import type { EmulatorProcess } from '../testing/emulator-process.ts';
import { startCustomers } from '../testing/policies-on-emulator.ts';
import { toEmailWork } from './email-change.ts';
import { EmailSettings } from './email-settings.ts';

const ROUTE = '/solutions/backupRestore/emailNotificationsSetting';
const WHO = 'anna@msp.example';
const AMALA = 'amala@contoso.com';
const CONRAD = 'conrad@contoso.com';

let emulator: EmulatorProcess;
let opened: SyncOnEmulator;
let tenantId: string;
let settings: EmailSettings;
let isSignedIn: boolean;
let customer = 0;
beforeAll(async () => {
  emulator = await startCustomers(16);
}, 60_000);
afterAll(async () => {
  await emulator.stop();
});

const start = (sleep = async (): Promise<void> => undefined): EmailSettings =>
  new EmailSettings({
    catalog: opened.catalog,
    graph: opened.graph,
    auth: {
      accountIn: () =>
        isSignedIn
          ? {
              id: '0123456789abcdef',
              username: WHO,
              displayName: 'Anna',
              homeTenantId: tenantId,
              homeAccountId: 'anna',
            }
          : undefined,
    },
    now: tenant => opened.clocks.now(tenant),
    pollMs: 5,
    sleep,
    emit: event => void opened.events.push(event),
  });

beforeEach(async () => {
  const one = emulator.ready.tenants.filter(({ role }) => role === 'customer')[customer++];
  if (one === undefined) throw new Error('There are too few customers.');
  tenantId = one.id;
  opened = await syncOnEmulator(emulator, { tenantId });
  isSignedIn = true;
  settings = start();
  onTestFinished(async () => {
    await settings.stop();
    await opened.close();
  });
});

const fault = async (method: string, effect: string, more: object = {}): Promise<void> => {
  const match = { method, route: ROUTE, tenantId };
  await emulator.control('POST', '/faults', { match, effect, times: 1, ...more });
};
const audit = async () =>
  (await opened.catalog.audit.list({ tenantId, limit: 100 })).map(({ after, before, requestId, what, who }) => ({
    what,
    who,
    before,
    after,
    hasRequestId: requestId !== undefined,
  }));
const toAmala = { isEnabled: true, restoreAndPolicyUpdates: true, recipients: [AMALA] };

describe('the service’s e-mail setting', () => {
  it('is not known before it was read, and stays readable after', async () => {
    expect(await settings.known(tenantId)).toBeUndefined();
    const read = await settings.fetch(tenantId);
    expect(read).toMatchObject({ isEnabled: false, additionalEvents: [], roles: ['custom'], recipients: [] });
    await fault('GET', 'dropBefore', { times: 50 });
    await expect(settings.fetch(tenantId)).rejects.toMatchObject({ error: { code: 'OFFLINE' } });
    expect(await settings.known(tenantId)).toEqual(read);
    await emulator.control('DELETE', '/faults');
  }, 60_000);

  it('is changed as it was shown before, once, and audited with what stood before', async () => {
    const prepared = await settings.prepare(tenantId, { ...toAmala, recipients: [AMALA, CONRAD, AMALA.toUpperCase()] });
    expect(prepared).toMatchObject({
      before: { isEnabled: false, recipients: [] },
      after: {
        isEnabled: true,
        additionalEvents: ['restoreAndPolicyUpdates'],
        recipients: [{ email: AMALA }, { email: CONRAD }],
      },
      problems: [],
      canSend: true,
    });
    expect(await audit()).toEqual([]);
    const [sent] = await Promise.all([settings.send(prepared.id), settings.send(prepared.id)]);
    expect(sent).toMatchObject({ isEnabled: true, recipients: [{ email: AMALA }, { email: CONRAD }] });
    expect(await settings.known(tenantId)).toEqual(sent);
    expect(await audit()).toEqual([
      {
        what: 'emailNotifications.update',
        who: WHO,
        before: { isEnabled: false, additionalEvents: [], recipients: [] },
        after: {
          isEnabled: true,
          additionalEvents: ['restoreAndPolicyUpdates'],
          recipients: [AMALA, CONRAD],
          outcome: 'done',
        },
        hasRequestId: true,
      },
    ]);
    expect(opened.events).toContainEqual({ type: 'tenantsChanged', tenantId });
  });

  it('sends only what differs, and nothing where nothing does', async () => {
    await settings.send((await settings.prepare(tenantId, toAmala)).id);
    const same = await settings.prepare(tenantId, toAmala);
    expect(same).toMatchObject({ problems: [{ code: 'NOTHING_TO_DO' }], canSend: false });
    await expect(settings.send(same.id)).rejects.toMatchObject({ error: { code: 'CHANGE_BLOCKED' } });
    await settings.send((await settings.prepare(tenantId, { ...toAmala, isEnabled: false })).id);
    expect((await audit()).at(-1)).toMatchObject({ before: { isEnabled: true }, after: { isEnabled: false } });
    expect((await audit()).at(-1)?.after).not.toHaveProperty('recipients');
  });

  it('refuses what is no address, and says where nobody would get a mail', async () => {
    expect(await settings.prepare(tenantId, { recipients: ['amala', AMALA] })).toMatchObject({
      problems: [{ code: 'ADDRESS_INVALID', addresses: ['amala'] }],
      canSend: false,
    });
    expect(await settings.prepare(tenantId, { isEnabled: true })).toMatchObject({
      problems: [{ code: 'NO_RECIPIENTS' }],
      canSend: true,
    });
  });

  it('is not written over what somebody else has changed meanwhile', async () => {
    const mine = await settings.prepare(tenantId, toAmala);
    const theirs = await settings.prepare(tenantId, { recipients: [CONRAD] });
    await settings.send(theirs.id);
    await expect(settings.send(mine.id)).rejects.toMatchObject({ error: { code: 'SETTING_CHANGED' } });
    expect((await settings.fetch(tenantId)).recipients).toEqual([{ email: CONRAD }]);
  });

  it('is refused where the tenant is read-only, and where nobody is signed in: nothing is sent', async () => {
    const prepared = await settings.prepare(tenantId, toAmala);
    isSignedIn = false;
    await expect(settings.send(prepared.id)).rejects.toMatchObject({ error: { code: 'SIGNED_OUT' } });
    isSignedIn = true;
    const at = opened.clocks.now(tenantId);
    await opened.catalog.tenants.setReadOnly(
      tenantId,
      { sinceAt: at, by: WHO },
      { at, tenantId, who: WHO, what: 'tenant.setReadOnly', target: `tenant ${tenantId}` },
    );
    const refused = { error: { code: 'TENANT_READ_ONLY' } };
    await expect(settings.send(prepared.id)).rejects.toMatchObject(refused);
    await expect(settings.prepare(tenantId, toAmala)).rejects.toMatchObject(refused);
    expect((await settings.fetch(tenantId)).recipients).toEqual([]);
  });

  it('hands on the service’s refusal, audits it, and can be sent again', async () => {
    const prepared = await settings.prepare(tenantId, toAmala);
    await fault('PATCH', 'status', { status: 403, code: 'accessDenied' });
    await expect(settings.send(prepared.id)).rejects.toMatchObject({
      error: { code: 'GRAPH_REFUSED', status: 403, graphCode: 'accessDenied' },
    });
    expect(await audit()).toMatchObject([{ after: { outcome: 'refused', code: 'accessDenied' } }]);
    expect(await settings.send(prepared.id)).toMatchObject({ isEnabled: true });
    expect((await audit()).map(({ after }) => after)).toMatchObject([{ outcome: 'refused' }, { outcome: 'done' }]);
  });

  it.each([
    ['dropAfter', ['unknown', 'done']],
    ['dropBefore', ['unknown', 'undone', 'done']],
  ])('settles by reading what became of a change whose answer was lost: %s', async (effect, outcomes) => {
    const prepared = await settings.prepare(tenantId, toAmala);
    await fault('PATCH', effect);
    expect(await settings.send(prepared.id)).toMatchObject({ isEnabled: true, recipients: [{ email: AMALA }] });
    const rows = await audit();
    expect(rows.map(({ after }) => after)).toMatchObject(outcomes.map(outcome => ({ outcome })));
    expect(rows[1]?.after).toMatchObject({ settledBy: 'reading' });
  });

  it('is not sent again over what a colleague changed while the answer was lost', async () => {
    const colleague = async (): Promise<void> => {
      await opened.graph.forTenant(tenantId).emailNotifications.update({ customRecipients: [CONRAD] });
    };
    settings = start(colleague);
    const prepared = await settings.prepare(tenantId, toAmala);
    await fault('PATCH', 'dropBefore');
    await expect(settings.send(prepared.id)).rejects.toMatchObject({ error: { code: 'OUTCOME_UNKNOWN' } });
    expect(await settings.fetch(tenantId)).toMatchObject({ recipients: [{ email: CONRAD }] });
  });

  it('says while it is on its way that it is', async () => {
    const { id } = await settings.prepare(tenantId, { isEnabled: true });
    expect(settings.isSending(tenantId)).toBe(false);
    const sent = settings.send(id);
    expect(settings.isSending(tenantId)).toBe(true);
    await sent;
    expect(settings.isSending(tenantId)).toBe(false);
  });

  it('of a tenant that is forgotten while it is read is not kept', async () => {
    const reading = settings.fetch(tenantId);
    await opened.catalog.tenants.forget(tenantId);
    await expect(reading).rejects.toMatchObject({ error: { code: 'TENANT_NOT_ADDED' } });
    expect(await settings.known(tenantId)).toBeUndefined();
  });

  it('settles at the next look what an earlier run of the console left without an outcome', async () => {
    await settings.send((await settings.prepare(tenantId, toAmala)).id);
    const facts = { what: 'emailNotifications.update', who: WHO, isEnabled: true, was: { isEnabled: false } };
    const at = opened.clocks.now(tenantId);
    await opened.catalog.intents.appendChange({
      planId: '11111111-1111-4111-8111-111111111111',
      tenantId,
      step: 'emailNotifications.update',
      about: 'the setting',
      at,
      facts,
    });
    await start().fetch(tenantId);
    expect((await audit()).at(-1)).toMatchObject({ after: { isEnabled: true, outcome: 'done', settledBy: 'reading' } });
    expect(await opened.catalog.intents.listUnfinishedAcrossTenants()).toEqual([]);
  });
});

describe('a change of the setting', () => {
  const read = {
    isEnabled: true,
    additionalEvents: ['restoreAndPolicyUpdates', 'somethingNew'],
    roles: ['globalAdmins'],
    customRecipients: [
      { email: AMALA, displayName: 'Amala', graph: { email: AMALA, displayName: 'Amala', id: '1' } },
      { displayName: 'A group', graph: { displayName: 'A group', id: '2' } },
    ],
  };

  it('keeps what this version does not know, and hands back whole those who stay', () => {
    const { after, request, problems } = toEmailWork(
      read,
      { restoreAndPolicyUpdates: false, recipients: [CONRAD, AMALA.toUpperCase()] },
      0,
    );
    expect(request).toEqual({
      additionalEvents: ['somethingNew'],
      customRecipients: [read.customRecipients[1], CONRAD, read.customRecipients[0]],
    });
    expect(after.recipients).toEqual([
      { displayName: 'A group' },
      { email: CONRAD },
      { email: AMALA, displayName: 'Amala' },
    ]);
    expect(problems).toEqual([{ code: 'ROLE_NOT_CUSTOM', severity: 'warning', roles: ['globalAdmins'] }]);
  });
});
