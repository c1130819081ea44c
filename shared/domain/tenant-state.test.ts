import { describe, expect, it } from 'vitest';
import { type KindFacts, type Say, type TenantFacts, tenantState } from './tenant-state.ts';
import { DAY, HOUR, MINUTE } from './time.ts';

const now = 1_795_000_000;
const say: Say = {
  date: at => `day ${at}`,
  moment: at => `moment ${at}`,
  duration: seconds => `${seconds} s`,
  count: value => String(value),
};
const kind = (change: Partial<KindFacts> = {}): KindFacts => ({
  kind: 'mailbox',
  units: 10,
  protected: 10,
  inError: 0,
  withoutPoint: { units: 0 },
  notAsked: 0,
  late: { units: 0 },
  stalest: { at: now - 20 * MINUTE, askedAt: now - MINUTE },
  ...change,
});
const facts = (change: Partial<TenantFacts> = {}): TenantFacts => ({
  service: { status: 'enabled' },
  controller: { by: 'ours' },
  syncedAt: now - 2 * MINUTE,
  kinds: [kind()],
  running: [],
  ...change,
});
const state = (change: Partial<TenantFacts>) => tenantState(facts(change), now, say);

describe('a tenant in which nothing is wrong', () => {
  it('is protected, and says how old the oldest newest point is as long as that is certain', () => {
    expect(state({})).toEqual({
      level: 'protected',
      reason: 'Every unit has a newest point at most 1200 s old',
      consequence: '',
    });
    const asked = kind({ stalest: { at: now - HOUR, askedAt: now - HOUR } });
    expect(state({ kinds: [asked], syncedAt: now - HOUR })).toEqual({
      level: 'protected',
      reason: 'Every unit is protected and has a point',
      consequence: 'As of 3600 s ago',
    });
    expect(state({ kinds: [] }).reason).toBe('No unit is under a protection policy');
  });

  it('judges certainty by the stalest of all kinds', () => {
    const sites = kind({ kind: 'site', stalest: { at: now - 30 * MINUTE } });
    expect(state({ kinds: [kind(), sites] }).reason).toBe('Every unit is protected and has a point');
  });
});

describe('units that are not safe', () => {
  it('are critical where no point came for over a day, at risk where one is late; the second line has the next fact', () => {
    const late = (oldestAt: number, units = 14) => kind({ late: { units, oldestAt } });
    expect(state({ kinds: [late(now - 3 * DAY), kind({ kind: 'site', inError: 2 })] })).toEqual({
      level: 'critical',
      reason: `14 mailboxes have no new point, the longest since moment ${now - 3 * DAY}`,
      consequence: '2 sites are in error as well',
    });
    expect(state({ kinds: [late(now - 2 * HOUR, 1)] })).toEqual({
      level: 'atRisk',
      reason: `1 mailbox has no point since moment ${now - 2 * HOUR}`,
      consequence: '',
    });
  });

  it('are judged late at the reading, not by how long ago that was', () => {
    const kinds = [kind({ late: { units: 1, oldestAt: now - 30 * HOUR } })];
    expect(state({ kinds, syncedAt: now - 20 * HOUR }).level).toBe('atRisk');
    expect(state({ kinds, syncedAt: now - HOUR }).level).toBe('critical');
  });

  it('of several kinds are called units', () => {
    const kinds = [kind({ inError: 1 }), kind({ kind: 'drive', inError: 2 })];
    expect(state({ kinds }).reason).toBe('3 units are in error');
  });

  it('without any point say since when', () => {
    expect(state({ kinds: [kind({ kind: 'site', withoutPoint: { units: 3, sinceAt: now - 4 * DAY } })] })).toEqual({
      level: 'atRisk',
      reason: `3 sites have no point since they were added, the first on day ${now - 4 * DAY}`,
      consequence: 'First points normally show within 60 min',
    });
  });

  it('not yet asked, or not protected, are to be watched', () => {
    expect(state({ kinds: [kind({ units: 1_110, protected: 1_110, notAsked: 41 })] })).toEqual({
      level: 'watch',
      reason: '41 units not yet asked for their newest point',
      consequence: '1069 of 1110 units asked',
    });
    expect(state({ kinds: [kind({ protected: 9 })] })).toMatchObject({
      level: 'watch',
      reason: '1 unit of 10 not protected',
    });
  });

  it('are not spoken of where another app controls them: nobody has read them since', () => {
    const kinds = [kind({ late: { units: 5, oldestAt: now - 3 * DAY } })];
    expect(state({ kinds, controller: { by: 'anotherApp' } })).toMatchObject({ level: 'watch' });
  });
});

it('failed artifacts of a running restore are critical', () => {
  const running = [{ counts: { total: 120, failed: 9 } }, { counts: { total: 11, failed: 0 } }];
  expect(state({ running })).toMatchObject({
    level: 'critical',
    reason: '9 of 120 artifacts failed in a running restore',
  });
  expect(state({ running: [{ counts: { total: 11, failed: 0 } }] }).level).toBe('protected');
});

describe('the service and its controller', () => {
  it('a restore lock stands above all, in any letter case', () => {
    const service = { status: 'RestoreLocked', disableReason: 'invalidBillingProfile', gracePeriodUntilAt: 5 };
    const kinds = [kind({ late: { units: 5, oldestAt: now - 3 * DAY } })];
    expect(state({ service, kinds, controller: { by: 'anotherApp' } })).toEqual({
      level: 'critical',
      reason: 'Restore-locked: billing profile invalid',
      consequence: 'No restore is possible; grace period ends day 5',
    });
  });

  it('says first that control was lost, while that is news', () => {
    const lost = (noticedAt: number) =>
      state({
        controller: { by: 'anotherApp' },
        controllerChange: { from: { by: 'ours' }, to: { by: 'anotherApp' }, noticedAt },
      });
    expect(lost(now - 60)).toEqual({
      level: 'atRisk',
      reason: 'Control passed from Backstop to another app',
      consequence: `Noticed on day ${now - 60}; ask the customer whether it is meant`,
    });
    expect(lost(now - 8 * DAY).level).toBe('watch');
    const won = { from: { by: 'pending' }, to: { by: 'ours' }, noticedAt: now - 60 } as const;
    expect(state({ controllerChange: won }).level).toBe('protected');
  });

  it('says that a takeover of ours was called off, while that is news', () => {
    const change = { from: { by: 'pending' }, to: { by: 'microsoft' }, noticedAt: now - 60 } as const;
    const cancelled = state({ controller: { by: 'microsoft' }, controllerChange: change });
    expect(cancelled.level).toBe('watch');
    expect(cancelled.reason).toBe('Backstop’s takeover was cancelled: Microsoft’s own tool keeps control');
  });

  it.each([
    [{ by: 'leaving', untilAt: 9 }, 'atRisk', 'Control passes to another app on day 9'],
    [{ by: 'pending', fromAt: 9 }, 'watch', 'Read-only until control passes to Backstop day 9'],
    [{ by: 'anotherApp' }, 'watch', 'Another app controls Backup Storage here'],
    [{ by: 'microsoft' }, 'watch', 'Microsoft’s own tool controls Backup Storage here'],
    [{ by: 'nobody' }, 'watch', 'Nobody controls Backup Storage here'],
    [{ by: 'unknown' }, 'watch', 'Who controls Backup Storage here can’t be told'],
  ] as const)('%o', (controller, level, reason) => {
    expect(state({ controller })).toMatchObject({ level, reason });
  });

  it('nobody has looked yet', () => {
    expect(state({ controller: { by: 'unknown' }, service: undefined })).toMatchObject({ reason: 'Not yet read' });
  });

  it.each([
    ['disabled', 'critical', 'Backup Storage is switched off'],
    ['protectionChangeLocked', 'atRisk', 'Protection changes locked'],
    ['moonlit', 'watch', 'The service answers “moonlit”'],
  ] as const)('status %s', (status, level, reason) => {
    expect(state({ service: { status } })).toMatchObject({ level, reason });
  });
});

describe('what is old, or can’t be read', () => {
  it('is never called protected', () => {
    expect(state({ syncedAt: now - 130_000 })).toMatchObject({ level: 'atRisk', reason: 'Not synced for 130000 s' });
    expect(state({ syncedAt: undefined, kinds: [] })).toMatchObject({ level: 'watch', reason: 'Not yet read' });
  });

  it('says that access is gone, until a later sync came through', () => {
    const notReady = { checkedAt: now - HOUR, items: [{ check: 'signIn', fact: 'AADSTS50020' }] };
    expect(state({ notReady, syncedAt: now - DAY })).toEqual({
      level: 'atRisk',
      reason: `No access on day ${now - HOUR}: no GDAP relationship reaches it`,
      consequence: `Everything shown is ${DAY} s old`,
    });
    expect(state({ notReady, syncedAt: now - MINUTE }).level).toBe('protected');
  });

  it('names the consent that is missing', () => {
    const items = [{ check: 'consentRestoreWrite' }, { check: 'consentRestoreRead' }];
    expect(state({ notReady: { checkedAt: now, items } })).toMatchObject({
      level: 'atRisk',
      reason: 'Consent is missing for starting restores, and 1 more',
    });
  });
});
