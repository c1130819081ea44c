import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RestoreItem } from '../../shared/domain/restore-packing.ts';
import { GraphError } from '../graph/index.ts';
import { execute, type StepMoment, stepMoments } from './executor.ts';
import { newRunPlan, type RunPlan } from './run-plan.ts';
import { type RunState, stepNames, type StepName } from './run-state.ts';
import { MOST_DELETIONS_PUT_OFF, MOST_LOST_CREATES, stepTable } from './step-table.ts';
import { MemoryIntents } from './testing/memory-intents.ts';
import { type CallName, type Fault, ModelService } from './testing/model-service.ts';

const tenantId = '11111111-1111-4111-8111-111111111111';
const planId = '22222222-2222-4222-8222-222222222222';
const us = { userId: 'anna', userEmail: 'anna@msp.example', applicationId: 'backstop' };
const colleague = { userId: 'bo', userEmail: 'bo@msp.example', applicationId: 'backstop' };
const maker = { applicationId: us.applicationId, username: us.userEmail, objectId: us.userId };

/** Twenty units of three kinds, as many as the restore has; sites enough for a second chunk where asked. */
function items(sites = 8): RestoreItem[] {
  const of = (kind: RestoreItem['kind'], count: number): RestoreItem[] =>
    Array.from({ length: count }, (_, n) => ({ unitId: `${kind}-${n}`, kind, restorePointId: `point-${kind}-${n}` }));
  return [...of('site', sites), ...of('drive', 6), ...of('mailbox', 6)];
}

function runPlan(all: readonly RestoreItem[]): RunPlan {
  return newRunPlan(all, {
    run: '33333333-3333-4333-8333-333333333333',
    destination: 'inPlace',
    startedBy: { username: us.userEmail, objectId: us.userId },
  });
}

class Killed extends Error {}

interface World {
  readonly service: ModelService;
  readonly intents: MemoryIntents;
  readonly plan: RunPlan;
  cancelled: boolean;
  /** How long readings waited for one another. */
  readonly pauses: number[];
  colleagueDraft: string;
}

function world(all = items()): World {
  const service = new ModelService(us);
  // A colleague restores the very same points, and the technician's own older draft stands around as well.
  const colleagueDraft = service.place(
    'site',
    colleague,
    all.filter(({ kind }) => kind === 'site').map(({ restorePointId }) => restorePointId),
    'inPlace',
  );
  return { service, intents: new MemoryIntents(), plan: runPlan(all), cancelled: false, pauses: [], colleagueDraft };
}

/** One life of the process: runs until nothing is left, or until the probe kills it. */
function live(
  w: World,
  probe: (step: StepName, moment: StepMoment) => void = () => {},
  onProgress = (): void => {},
): Promise<RunState> {
  return execute(
    { planId, tenantId, plan: w.plan },
    {
      calls: w.service,
      intents: w.intents,
      maker,
      now: () => 1_800_000_000,
      isCancelled: async () => w.cancelled,
      alone: work => work(),
      pause: async milliseconds => void w.pauses.push(milliseconds),
      linkedSessions: async () => w.intents.links.map(({ sessionId }) => sessionId),
      onProgress,
      probe,
    },
    new AbortController().signal,
  );
}

/** Lives until a life ends by itself; lives ended by a kill or by a service that can't be reached are followed by another. */
async function liveOn(w: World, probe?: (step: StepName, moment: StepMoment) => void): Promise<RunState> {
  for (let lives = 0; lives < 200; lives += 1) {
    try {
      return await live(w, probe);
    } catch (error) {
      if (!(error instanceof Killed) && !(error instanceof GraphError)) throw error;
    }
  }
  throw new Error('The run does not end.');
}

function expectRestoredOnce(w: World, all = items()): void {
  expect([...w.service.restored].sort()).toEqual(all.map(({ restorePointId }) => restorePointId).sort());
  // Only the colleague's draft is left, untouched.
  expect(w.service.drafts().map(({ id }) => id)).toEqual([w.colleagueDraft]);
}

/** Kills once, at the n-th moment that the run comes to. */
function killAt(n: number): (step: StepName, moment: StepMoment) => void {
  let seen = 0;
  return () => {
    seen += 1;
    if (seen === n) throw new Killed();
  };
}

/** Meets one request of this kind, the first. */
function once(call: CallName, fault: Fault): (name: CallName) => Fault | undefined {
  return times(call, 1, fault);
}

/** Meets the first so many requests of this kind. */
function times(call: CallName, count: number, fault: Fault): (name: CallName) => Fault | undefined {
  let left = count;
  return name => {
    if (name !== call || left === 0) return undefined;
    left -= 1;
    return fault;
  };
}

async function momentsOf(w: World): Promise<{ step: StepName; moment: StepMoment }[]> {
  const moments: { step: StepName; moment: StepMoment }[] = [];
  await liveOn(w, (step, moment) => moments.push({ step, moment }));
  return moments;
}

describe('a run', () => {
  it('drafts and verifies every session before it activates the first', async () => {
    const w = world();
    const moments = await momentsOf(w);
    const taken = moments.filter(({ moment }) => moment === 'afterRequest').map(({ step }) => step);
    expect(taken).toEqual([
      'create',
      'verify',
      'create',
      'verify',
      'create',
      'verify',
      'activate',
      'activate',
      'activate',
    ]);
    expectRestoredOnce(w);
    expect(w.intents.links).toHaveLength(3);
  });

  it('adds what is beyond fifty artifacts with further requests', async () => {
    const all = items(120);
    const w = world(all);
    const moments = await momentsOf(w);
    expect(moments.filter(({ step, moment }) => step === 'add' && moment === 'afterRequest')).toHaveLength(2);
    expectRestoredOnce(w, all);
  });

  it('writes an audit row for every request that writes, with its request id', async () => {
    const w = world();
    await liveOn(w);
    expect(w.intents.audit.map(({ what, requestId }) => [what, requestId])).toEqual([
      ...Array.from({ length: 3 }, () => ['restoreSession.create', 'request-createSession']),
      ...Array.from({ length: 3 }, () => ['restoreSession.activate', 'request-activateSession']),
    ]);
  });

  it('restores each unit exactly once, killed at each moment of each step', async () => {
    const all = items(60);
    const moments = await momentsOf(world(all));
    for (let n = 1; n <= moments.length; n += 1) {
      const w = world(all);
      await liveOn(w, killAt(n));
      expectRestoredOnce(w, all);
    }
    // The enumeration is only worth something if it met every step that a run without trouble takes, at every moment.
    for (const step of ['create', 'add', 'verify', 'activate'] as const)
      for (const moment of ['beforeIntent', 'afterIntent', 'afterRequest', 'afterOutcome'] as const)
        expect(moments).toContainEqual({ step, moment });
  });

  const faults: readonly Fault[] = ['dropBefore', 'dropAfter', 'gatewayTimeout', 'throttledOut'];
  it.each(faults)(
    'restores each unit exactly once with %s at each request, killed at each moment after it',
    async fault => {
      const all = items(60);
      let requests = 0;
      const counting = world(all);
      counting.service.onCall = () => {
        requests += 1;
        return undefined;
      };
      await liveOn(counting);
      for (let faulty = 1; faulty <= requests; faulty += 1) {
        for (let kill = 0; kill <= 8; kill += 1) {
          const w = world(all);
          let request = 0;
          let untilKill = -1;
          w.service.onCall = () => {
            request += 1;
            if (request !== faulty) return undefined;
            untilKill = kill;
            return fault;
          };
          await liveOn(w, () => {
            if (untilKill > 0) {
              untilKill -= 1;
              if (untilKill === 0) throw new Killed();
            }
          });
          expectRestoredOnce(w, all);
        }
      }
    },
  );

  it('restores each unit exactly once whatever fails and whenever it is killed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.option(fc.constantFrom(...faults), { nil: undefined, freq: 2 }), { maxLength: 60 }),
        fc.array(fc.nat({ max: 12 }), { maxLength: 12 }),
        async (failing, kills) => {
          const w = world(items(60));
          const left = [...failing];
          w.service.onCall = () => left.shift();
          const lives = [...kills];
          let untilKill = lives.shift();
          await liveOn(w, () => {
            if (untilKill === undefined) return;
            if (untilKill > 0) {
              untilKill -= 1;
              return;
            }
            untilKill = lives.shift();
            throw new Killed();
          });
          expectRestoredOnce(w, items(60));
        },
      ),
      { numRuns: 300 },
    );
  });

  /** How a run comes to each step of the table. A step without a way to it is a type error. */
  const waysTo: Readonly<Record<StepName, (w: World) => void>> = {
    create: () => {},
    add: () => {},
    verify: () => {},
    activate: () => {},
    discard: w => {
      w.service.onCall = once('activateSession', 'forbidden');
    },
    sweep: w => {
      w.service.onCall = once('createSession', 'dropBefore');
    },
  };
  const pairs = stepNames.flatMap(step => stepMoments.map(moment => [step, moment] as const));

  it.each(pairs)('restores each unit at most once and leaves no draft, killed at %s %s', async (step, moment) => {
    const all = items(60);
    const w = world(all);
    waysTo[step](w);
    // A step is settled where it was broken off before: that takes another death.
    const isSettling = moment === 'beforeSettling' || moment === 'afterSettling';
    const deaths: StepMoment[] = isSettling ? ['afterIntent', moment] : [moment];
    await liveOn(w, (at, when) => {
      if (at !== step || when !== deaths[0]) return;
      deaths.shift();
      throw new Killed();
    });
    expect(deaths, 'the moment to be killed at never came').toEqual([]);
    // The activation that is refused is that of the first session, which is the sites'.
    expectRestoredOnce(w, step === 'discard' ? all.filter(({ kind }) => kind !== 'site') : all);
  });

  it('has these tests for every row of the table', () => {
    expect([...stepNames].sort()).toEqual(Object.keys(stepTable).sort());
  });
});

describe('a draft that is not ours', () => {
  it('is never adopted, although it holds the same points and the answer to our create was lost', async () => {
    const w = world();
    w.service.onCall = call => (call === 'createSession' ? 'dropBefore' : undefined);
    await liveOn(w);
    expect(w.service.sessions.get(w.colleagueDraft)?.status).toBe('draft');
    expect(w.service.restored).toEqual([]);
  });

  it('is never adopted when it was made by the same person before', async () => {
    const w = world();
    const older = w.service.place(
      'drive',
      us,
      items()
        .filter(({ kind }) => kind === 'drive')
        .map(({ restorePointId }) => restorePointId),
      'inPlace',
    );
    let drops = 0;
    w.service.onCall = call => {
      drops += call === 'createSession' ? 1 : 0;
      return call === 'createSession' && drops <= 3 ? 'dropAfter' : undefined;
    };
    await liveOn(w);
    expect(w.service.sessions.get(older)?.status).toBe('draft');
    expect([...w.service.restored].sort()).toEqual(
      items()
        .map(({ restorePointId }) => restorePointId)
        .sort(),
    );
  });

  it('is deleted when a late create of ours made it a second time', async () => {
    const w = world();
    let late = true;
    w.service.onCall = call => {
      if (call !== 'createSession' || !late) return undefined;
      late = false;
      return 'dropBefore';
    };
    // The service carries the lost create out after we looked for it, and before the run ends.
    const sites = items()
      .filter(({ kind }) => kind === 'site')
      .map(({ restorePointId }) => restorePointId);
    let placed = false;
    await liveOn(w, (step, moment) => {
      if (step !== 'activate' || moment !== 'beforeIntent' || placed) return;
      placed = true;
      w.service.place('site', us, sites, 'inPlace');
    });
    expectRestoredOnce(w);
  });
});

describe('a draft astray', () => {
  const sites = items()
    .filter(({ kind }) => kind === 'site')
    .map(({ restorePointId }) => restorePointId);

  /** A run whose first create is lost; the service carries it out after it was looked for, just before the first activation. */
  async function withLateDraft(w: World, prepare: (draftId: string) => void = () => {}): Promise<RunState> {
    let isLost = false;
    const { onCall } = w.service;
    w.service.onCall = call => {
      if (call !== 'createSession' || isLost) return onCall(call);
      isLost = true;
      return 'dropBefore';
    };
    let isPlaced = false;
    return await liveOn(w, (step, moment) => {
      if (step !== 'activate' || moment !== 'beforeIntent' || isPlaced) return;
      isPlaced = true;
      prepare(w.service.place('site', us, sites, 'inPlace'));
    });
  }

  it('is known by what its create sent, also where the part was cut anew since', async () => {
    const w = world();
    let creates = 0;
    w.service.onCall = call => {
      // Between the lost create and the next one, a point expires: what is left is another chunk than the one that was sent.
      if (call === 'createSession' && ++creates === 1) w.service.gone.add('point-site-3');
      return undefined;
    };
    const state = await withLateDraft(w);
    expect(state.parts[0]?.refused.has('site-3')).toBe(true);
    expect(w.service.restored).toHaveLength(19);
    expect(w.service.drafts().map(({ id }) => id)).toEqual([w.colleagueDraft]);
  });

  it('is not one that another plan of ours calls its own', async () => {
    const w = world();
    let theirs = '';
    await withLateDraft(w, draftId => {
      theirs = draftId;
      w.intents.links.push({ planId: 'another plan', tenantId, sessionId: draftId, kind: 'site' });
    });
    expect(w.service.drafts().map(({ id }) => id)).toEqual([w.colleagueDraft, theirs]);
    expect(w.service.restored).toHaveLength(20);
  });

  it('is not said to be deleted where somebody has activated it', async () => {
    const w = world();
    let late = '';
    w.service.onCall = call => {
      if (call === 'deleteSession') w.service.activateByHand(late);
      return undefined;
    };
    await withLateDraft(w, draftId => {
      late = draftId;
    });
    expect(w.intents.audit.at(-1)).toMatchObject({ after: { deleted: [], left: [late] } });
  });

  it('keeps nothing waiting where the service refuses to delete it, and the record says that it is left', async () => {
    const w = world();
    w.service.onCall = call => (call === 'deleteSession' ? 'forbidden' : undefined);
    let late = '';
    await withLateDraft(w, draftId => {
      late = draftId;
    });
    expect(w.service.restored).toHaveLength(20);
    expect(w.intents.audit.at(-1)).toMatchObject({
      what: 'restoreSession.sweep',
      after: { deleted: [], left: [late] },
    });
  });
});

describe('an outcome that is not known', () => {
  it('is no progress, and neither is finding that nothing was done', async () => {
    const w = world();
    w.service.onCall = times('createSession', 2, 'dropBefore');
    const made: number[] = [];
    for (let lives = 0; lives < 3; lives += 1) {
      let progress = 0;
      await live(w, undefined, () => {
        progress += 1;
      }).catch(() => undefined);
      made.push(progress);
    }
    // Three creates, three activations; then the look for what the lost creates may have made. Verifying is none: it is done again and again.
    expect(made).toEqual([0, 0, 7]);
  });

  it('is settled in a later life: nothing is sent twice without a wait between', async () => {
    const w = world();
    w.service.onCall = times('createSession', 3, 'dropBefore');
    for (const creates of [1, 2, 3]) {
      await expect(live(w)).rejects.toMatchObject({ outcome: 'unknown' });
      expect(w.intents.audit.filter(({ what }) => what === 'restoreSession.create')).toHaveLength(2 * creates - 1);
    }
    await liveOn(w);
    expectRestoredOnce(w);
  });

  it('of creates ends the session after so many, and no draft of theirs is left', async () => {
    const w = world();
    let creates = 0;
    const late: (() => void)[] = [];
    w.service.onCall = call => {
      if (call !== 'createSession') return undefined;
      creates += 1;
      return creates <= MOST_LOST_CREATES ? 'dropBefore' : undefined;
    };
    const sites = items()
      .filter(({ kind }) => kind === 'site')
      .map(({ restorePointId }) => restorePointId);
    // The service carries all of them out after all, when nobody waits for them any more.
    for (let n = 0; n < MOST_LOST_CREATES; n += 1) late.push(() => w.service.place('site', us, sites, 'inPlace'));
    let lists = 0;
    const { onCall } = w.service;
    w.service.onCall = call => {
      if (call === 'listSessions') lists += 1;
      return onCall(call);
    };
    const state = await liveOn(w, (step, moment) => {
      if (step !== 'sweep') return;
      if (moment === 'beforeIntent') {
        for (const place of late.splice(0)) place();
        lists = 0;
      }
      // However many creates were lost, the sessions are listed once for all of them.
      if (moment === 'afterRequest') expect(lists).toBe(1);
    });
    expect(creates).toBe(MOST_LOST_CREATES + 2);
    expect(state.parts.map(({ failed }) => failed?.code)).toEqual(['createUnanswered', undefined, undefined]);
    expectRestoredOnce(
      w,
      items().filter(({ kind }) => kind !== 'site'),
    );
  });

  it('of deletions leaves the draft after so many, and the record says so', async () => {
    const w = world();
    let deletions = 0;
    const forbidden = once('activateSession', 'forbidden');
    w.service.onCall = call => {
      if (call !== 'deleteSession') return forbidden(call);
      deletions += 1;
      return 'dropBefore';
    };
    const state = await liveOn(w);
    expect(deletions).toBe(MOST_DELETIONS_PUT_OFF);
    expect(state.parts[0]).toMatchObject({ activated: false, discarded: true, failed: { code: 'Forbidden' } });
    expect(w.intents.audit.at(-1)).toMatchObject({ after: { outcome: 'refused', settledBy: 'reading' } });
  });
});

describe('a session that is active when it is to be deleted', () => {
  /** Somebody activates our draft of the sites just before the request to delete it. */
  function activatedByHand(w: World, fault: (call: CallName) => Fault | undefined): void {
    w.service.onCall = call => {
      if (call === 'deleteSession')
        for (const { id, kind } of w.service.drafts())
          if (kind === 'site' && id !== w.colleagueDraft) w.service.activateByHand(id);
      return fault(call);
    };
  }

  it('counts as activated: it stays linked, and no unit of it is told to be refused', async () => {
    const w = world();
    activatedByHand(w, once('activateSession', 'forbidden'));
    const state = await liveOn(w);
    expect(state.parts[0]).toMatchObject({ activated: true, discarded: false });
    expect(state.parts[0]?.failed).toBeUndefined();
    expect(state.parts[0]?.refused.size).toBe(0);
    expect(w.intents.links.map(({ kind }) => kind)).toContain('site');
    expectRestoredOnce(w);
  });

  it('also where only the reading after a lost answer finds it so', async () => {
    const w = world();
    const forbidden = once('activateSession', 'forbidden');
    const lost = once('deleteSession', 'dropBefore');
    activatedByHand(w, call => forbidden(call) ?? lost(call));
    const state = await liveOn(w);
    expect(state.parts[0]).toMatchObject({ activated: true, discarded: false });
    expect(w.intents.links).toHaveLength(3);
    expectRestoredOnce(w);
  });

  it('tells of the units that do not stand in it why they are not restored', async () => {
    const all = items(60);
    const w = world(all);
    activatedByHand(w, once('updateSession', 'forbidden'));
    const state = await liveOn(w);
    expect(state.parts[0]?.activated).toBe(true);
    const refused = [...(state.parts[0]?.refused ?? [])].map(([unitId, { code }]) => [unitId, code]);
    expect(refused).toEqual(Array.from({ length: 10 }, (_, n) => [`site-${50 + n}`, 'Forbidden']));
    expect(w.service.restored).toHaveLength(62);
  });

  it('is not taken back with the rest of its start', async () => {
    const w = world();
    activatedByHand(w, () => undefined);
    const state = await liveOn(w, step => {
      if (step === 'activate') w.cancelled = true;
    });
    expect(state.parts.map(({ activated }) => activated)).toEqual([true, false, false]);
    expect(w.intents.links.map(({ kind }) => kind)).toEqual(['site']);
    expect(w.service.restored).toHaveLength(8);
  });

  it('is found where the answer to its activation was lost and the service is behind for a while', async () => {
    const w = world();
    const lost = once('activateSession', 'dropAfter');
    const behind = times('getSession', 3, 'staleDraft');
    w.service.onCall = call => lost(call) ?? behind(call);
    const state = await liveOn(w);
    expect(state.parts[0]).toMatchObject({ activated: true, discarded: false });
    expect(w.pauses.length).toBeGreaterThan(0);
    expectRestoredOnce(w);
  });
});

describe('a part of the service that has not heard of a session yet', () => {
  it.each(['listArtifacts', 'updateSession', 'getSession', 'activateSession'] as const)(
    'when asked by %s ends nothing: the run goes on, and each unit is restored once',
    async call => {
      const all = items(60);
      const w = world(all);
      const lost = once('activateSession', 'dropAfter');
      const behind = times(call, call === 'getSession' ? 3 : 1, 'notFound');
      w.service.onCall = name => behind(name) ?? lost(name);
      const state = await liveOn(w);
      expect(state.parts.map(({ failed, activated }) => [failed, activated])).toEqual(
        Array.from({ length: 3 }, () => [undefined, true]),
      );
      expectRestoredOnce(w, all);
    },
  );

  it('is believed only when the list of sessions says the same', async () => {
    const w = world();
    const lost = once('activateSession', 'dropAfter');
    w.service.onCall = call => (call === 'getSession' ? 'notFound' : lost(call));
    const state = await liveOn(w);
    expect(state.parts[0]?.activated).toBe(true);
    expectRestoredOnce(w);
  });
});

describe('a draft that somebody deletes', () => {
  it.each(['verify', 'add'] as const)('before %s ends its session; the others go on', async meant => {
    const all = items(60);
    const w = world(all);
    let isDeleted = false;
    const state = await liveOn(w, (step, moment) => {
      if (step !== meant || moment !== 'beforeIntent' || isDeleted) return;
      isDeleted = true;
      for (const { id, kind } of w.service.drafts())
        if (kind === 'site' && id !== w.colleagueDraft) w.service.sessions.delete(id);
    });
    expect(state.parts[0]?.failed?.code).toBe('RestoreSessionNotFound');
    expect(w.service.restored).toHaveLength(12);
    expect(w.service.drafts().map(({ id }) => id)).toEqual([w.colleagueDraft]);
  });
});

describe('a draft that differs from the plan', () => {
  it('is deleted, never activated; the other sessions go on', async () => {
    const w = world();
    let tampered = false;
    const state = await liveOn(w, (step, moment) => {
      if (step !== 'verify' || moment !== 'beforeIntent' || tampered) return;
      tampered = true;
      const draft = w.service.drafts().find(({ id, kind }) => kind === 'site' && id !== w.colleagueDraft);
      draft?.artifacts.pop();
    });
    expect(state.parts[0]?.failed?.code).toBe('draftDiffers');
    expect(w.service.restored).toHaveLength(12);
    expect(w.service.drafts().map(({ id }) => id)).toEqual([w.colleagueDraft]);
  });

  it('is looked at again by a new process before it is activated', async () => {
    const w = world();
    await expect(
      live(w, (step, moment) => {
        if (step === 'activate' && moment === 'beforeIntent') throw new Killed();
      }),
    ).rejects.toThrow(Killed);
    const draft = w.service.drafts().find(({ id, kind }) => kind === 'site' && id !== w.colleagueDraft);
    draft?.artifacts.push({ id: 'foreign', restorePointId: 'somebody-elses', destinationType: 'inPlace' });
    await liveOn(w);
    expect(w.service.restored).not.toContain('somebody-elses');
  });
});

describe('points that the service does not take', () => {
  it('are left out of the create, with the reason; the others are restored', async () => {
    const w = world();
    w.service.gone.add('point-site-3');
    const state = await liveOn(w);
    expect(w.service.restored).toHaveLength(19);
    expect(state.parts[0]?.refused.get('site-3')?.code).toBe('InvalidRestorePoint');
  });

  it('are left out of an addition, refused whole or alone', async () => {
    const w = world(items(60));
    w.service.gone.add('point-site-55');
    w.service.failsAlone.add('point-site-57');
    const state = await liveOn(w);
    expect(w.service.restored).toHaveLength(70);
    expect([...(state.parts[0]?.refused.keys() ?? [])].sort()).toEqual(['site-55', 'site-57']);
  });

  it('have each its own reason only where the answer says which is whose', async () => {
    const w = world(items(60));
    for (const n of [55, 57, 59]) w.service.failsAlone.add(`point-site-${n}`);
    // In another order than asked, and only one of them named.
    w.service.toFailures = () => [
      { code: 'ArtifactCannotBeRestored', message: 'held', graph: {} },
      { code: 'ArtifactNotFound', message: 'gone', graph: {} },
      { code: 'UnknownError', message: '', graph: { restorePoint: { id: 'point-site-57' } } },
    ];
    const { refused } = (await liveOn(w)).parts[0] ?? {};
    expect(refused?.get('site-57')?.code).toBe('UnknownError');
    for (const unitId of ['site-55', 'site-59']) {
      expect(refused?.get(unitId)?.code).toBe('reasonUntold');
      expect(refused?.get(unitId)?.message).toContain('ArtifactCannotBeRestored: held; ArtifactNotFound: gone');
    }
  });

  it('end the session without an activation where none is left', async () => {
    const w = world();
    for (const { kind, restorePointId } of items()) if (kind === 'mailbox') w.service.gone.add(restorePointId);
    const state = await liveOn(w);
    expect(state.parts[2]?.failed).toBeDefined();
    expect(w.service.restored).toHaveLength(14);
  });
});

describe('a start that is taken back', () => {
  it('deletes its drafts and restores nothing, killed at each moment', async () => {
    const count = (await momentsOf(world())).length;
    for (let n = 1; n <= count + 12; n += 1) {
      const w = world();
      const kill = killAt(n);
      let activated = false;
      await liveOn(w, (step, moment) => {
        if (step === 'activate') activated = true;
        if (step === 'verify' && !activated) w.cancelled = true;
        kill(step, moment);
      });
      expect(w.service.restored).toEqual([]);
      expect(w.service.drafts().map(({ id }) => id)).toEqual([w.colleagueDraft]);
    }
  });
});
