import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type StepMoment, stepMoments } from './executor.ts';
import type { StepName } from './run-state.ts';
import { stepTable } from './step-table.ts';
import {
  type Death,
  type KillCase,
  type KillFault,
  type KillStage,
  openKillStage,
  type Wanted,
} from './testing/kill-stage.ts';

/** Once in `npm test`; `npm run kill-test` does it over and over. */

const root = '/solutions/backupRestore';
const lostAnswer = (effect: 'dropAfter' | 'gatewayTimeout', method: string, route: string): KillFault => ({
  effect,
  method,
  route: `${root}/${route}`,
});
const effects = ['dropAfter', 'gatewayTimeout'] as const;
const moments: readonly StepMoment[] = ['beforeIntent', 'afterIntent', 'afterRequest', 'afterOutcome'];
const settling: readonly StepMoment[] = ['beforeSettling', 'afterSettling'];

interface NamedCase extends KillCase {
  readonly name: string;
}
const nameOf = (deaths: readonly Death[]): string =>
  deaths.map(({ step, moment, occurrence = 1 }) => `${step} ${moment} ${occurrence}`).join(', then ');
const named = ({ deaths, faults = [] }: KillCase): NamedCase => ({
  name: `${nameOf(deaths)}${faults.map(({ effect, method }) => `, ${method} ${effect}`).join('')}`,
  deaths,
  faults,
});
/** Broken off with its intent written, a step is settled by reading in the next life, which dies around that. */
const settledAfterDeath = (step: StepName, faults: readonly KillFault[] = []): NamedCase[] =>
  settling.map(moment =>
    named({
      deaths: [
        { step, moment: 'afterIntent' },
        { step, moment },
      ],
      faults,
    }),
  );

/** What a run of twenty units without trouble comes to: three sessions, each created, verified, activated. */
const twenty: Wanted = { site: 8, drive: 6, mailbox: 6 };
const straight = (['create', 'verify', 'activate'] as const).flatMap(step =>
  moments.flatMap(moment => [1, 2, 3].map(occurrence => named({ deaths: [{ step, moment, occurrence }] }))),
);
/** With answers lost, a step is settled by reading in the same life, and what was created is looked for once more at the end. */
const withLostAnswers = effects.flatMap(effect => {
  const faults = [
    lostAnswer(effect, 'POST', 'sharePointRestoreSessions'),
    lostAnswer(effect, 'POST', 'exchangeRestoreSessions'),
    lostAnswer(effect, 'POST', 'restoreSessions/{id}/activate'),
  ];
  const around: readonly (readonly [StepName, readonly StepMoment[]])[] = [
    ['create', settling],
    ['activate', ['beforeIntent', 'afterRequest', ...settling]],
    ['sweep', moments],
  ];
  return [
    ...around.flatMap(([step, at]) => at.map(moment => named({ deaths: [{ step, moment }], faults }))),
    ...settledAfterDeath('sweep', faults),
  ];
});
const ofTwenty = [...straight, ...settledAfterDeath('verify'), ...withLostAnswers];

/** More sites than one request takes, so that the rest is added by another one; and mailboxes, which make a second session. */
const manySites: Wanted = { site: 51, drive: 0, mailbox: 2 };
const ofAdd = [
  ...moments.map(moment => named({ deaths: [{ step: 'add', moment }] })),
  ...settledAfterDeath('add'),
  ...effects.map(effect =>
    named({
      deaths: [{ step: 'add', moment: 'beforeSettling' }],
      faults: [lostAnswer(effect, 'PATCH', 'sharePointRestoreSessions/{id}')],
    }),
  ),
];
/** The first activation, that of the sites, is refused for good: their draft is deleted, and the mailboxes are restored. */
const refusedActivation: KillFault = {
  effect: 'status',
  status: 403,
  code: 'Forbidden',
  method: 'POST',
  route: `${root}/restoreSessions/{id}/activate`,
};
const ofDiscard = [
  ...moments.map(moment => named({ deaths: [{ step: 'discard', moment }], faults: [refusedActivation] })),
  ...settledAfterDeath('discard', [refusedActivation]),
  ...effects.map(effect =>
    named({
      deaths: [{ step: 'discard', moment: 'beforeSettling' }],
      faults: [refusedActivation, lostAnswer(effect, 'DELETE', 'restoreSessions/{id}')],
    }),
  ),
];

it('kills at each moment of each step that the table has', () => {
  const all = Object.keys(stepTable).flatMap(step => stepMoments.map(moment => `${step} ${moment}`));
  const deaths = [...ofTwenty, ...ofAdd, ...ofDiscard].flatMap(each => each.deaths);
  expect([...new Set(deaths.map(({ step, moment }) => `${step} ${moment}`))].sort()).toEqual(all.sort());
});

const titled = (cases: readonly NamedCase[]) => cases.map(each => [each.name, each] as const);

/** Opens a stage for the tests of a `describe`, and closes it after them. */
function stageOf(units: number, wanted: Wanted): () => KillStage {
  let stage: KillStage | undefined;
  beforeAll(async () => {
    stage = await openKillStage(units, wanted);
  }, 180_000);
  afterAll(async () => await stage?.stop());
  return () => {
    if (stage === undefined) throw new Error('The stage is not open.');
    return stage;
  };
}

async function expectRestoredOnce(stage: KillStage, of: KillCase, unitIds: readonly string[]): Promise<void> {
  const { restored, drafts } = await stage.run(of);
  expect([...restored].sort()).toEqual([...unitIds].sort());
  // Only the colleague's draft is left, untouched.
  expect(drafts).toEqual([stage.colleagueDraft]);
}

describe('a restore of twenty units, killed with SIGKILL', () => {
  const stage = stageOf(60, twenty);
  it('restores twenty', () => {
    expect(Object.values(stage().unitIds).flat()).toHaveLength(20);
  });
  it.each(titled(ofTwenty))(
    '%s',
    async (_title, each) => expectRestoredOnce(stage(), each, Object.values(stage().unitIds).flat()),
    60_000,
  );
});

describe('a restore of more sites than a request takes, killed with SIGKILL', () => {
  const stage = stageOf(240, manySites);
  it.each(titled(ofAdd))(
    '%s',
    async (_title, each) => expectRestoredOnce(stage(), each, Object.values(stage().unitIds).flat()),
    60_000,
  );
  it.each(titled(ofDiscard))(
    '%s: the draft is deleted, the other session runs',
    async (_title, each) => expectRestoredOnce(stage(), each, stage().unitIds.mailbox),
    60_000,
  );
});
