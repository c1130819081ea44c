import { describe, expect, test } from 'vitest';
import type { AskProgress, ConsoleEvent } from '../../shared/contract/console.ts';
import { AppFailure } from '../../shared/contract/errors.ts';
import { clientFaults, GraphError, type ReadRequest } from '../graph/index.ts';
import { AskLanes } from './ask-lanes.ts';
import { AskReporter } from './ask-progress.ts';
import { Asker, type AskOf } from './asker.ts';
import {
  noPoints,
  refused,
  SERVICE_NOW,
  scriptedGraph,
  type Scripted,
  unitsSearched,
} from './testing/scripted-graph.ts';
import { ScriptedKnowledge } from './testing/scripted-knowledge.ts';

const tenantId = 'aaaaaaaa-0000-4000-8000-000000000001';
const heads = { type: 'heads', units: { type: 'all' }, fast: false } as const;
const named = (count: number) => Array.from({ length: count }, (_, index) => `unit ${index}`);

function asking(unitIds: readonly string[], script: (request: ReadRequest<unknown>) => Scripted = noPoints) {
  const knowledge = new ScriptedKnowledge(unitIds);
  const graph = scriptedGraph(script);
  const lanes = new AskLanes();
  const events: ConsoleEvent[] = [];
  let changes = 0;
  const asker = new Asker({
    catalog: { knowledge },
    graph,
    lanes,
    clocks: { now: () => SERVICE_NOW, learn: () => undefined },
    onPointsChanged: () => changes++,
    onAsked: async () => undefined,
  });
  const of = (over: Partial<AskOf> = {}): AskOf => ({
    tenantId,
    priority: 'person',
    signal: new AbortController().signal,
    reporter: new AskReporter({
      tenantId,
      askId: 'x',
      emit: event => void events.push(event),
      throttledUntil: () => undefined,
    }),
    ...over,
  });
  const progress = (): AskProgress[] =>
    events.flatMap(event => (event.type === 'askProgressed' ? [event.progress] : []));
  return { asker, knowledge, graph, lanes, of, progress, changes: () => changes };
}

describe('asking', () => {
  test('puts twenty units into a search, twenty searches into a batch, four batches side by side', async () => {
    const { asker, graph, knowledge, of, changes } = asking(named(2_000));
    expect(await asker.ask(heads, of())).toEqual({ unsettled: 0, isCut: false });
    expect(graph.batches).toEqual([20, 20, 20, 20, 20]);
    expect(knowledge.known.size).toBe(2_000);
    expect(knowledge.ended).toBe(1);
    // Written, and told, wave by wave.
    expect(changes()).toBe(2);
  });

  test('tells how far it has come', async () => {
    const { asker, of, progress } = asking(named(2_000));
    await asker.ask(heads, of());
    expect(progress().map(({ unitsDone, unitsTotal, questions }) => [unitsDone, unitsTotal, questions])).toEqual([
      [0, 2_000, 0],
      [1_600, 2_000, 80],
      [2_000, 2_000, 100],
      [2_000, 2_000, 100],
    ]);
  });

  test('takes an answer without a Date for none at all', async () => {
    const { asker, knowledge, of } = asking(named(3), request => ({ ...noPoints(request), hasDate: false }));
    expect(await asker.ask(heads, of())).toEqual({ unsettled: 3, isCut: false });
    expect(knowledge.known.size).toBe(0);
    expect(knowledge.replies.every(({ reply }) => reply === 'failed')).toBe(true);
  });

  test('finds the one unit that the service refuses, and settles the others', async () => {
    const { asker, knowledge, of } = asking(named(20), request =>
      unitsSearched(request).includes('unit 7') ? refused(404, 'itemNotFound') : noPoints(request),
    );
    expect(await asker.ask(heads, of())).toEqual({ unsettled: 1, isCut: false });
    expect(knowledge.known.size).toBe(19);
  });

  test('says why, where the service refuses everything', async () => {
    const { asker, of } = asking(named(2), () => refused(400, 'invalidRequest'));
    await expect(asker.ask(heads, of())).rejects.toMatchObject({ code: 'invalidRequest' });
  });

  test.each([
    [500, 'generalException'],
    [403, 'accessDenied'],
  ])('ends after two rounds of nothing but %i', async (status, code) => {
    const { asker, graph, of } = asking(named(200), () => refused(status, code));
    await expect(asker.ask(heads, of())).rejects.toMatchObject({ status, code });
    // 10 questions, then 40 smaller ones; never 200.
    expect(graph.batches.reduce((sum, size) => sum + size, 0)).toBe(50);
  });

  test.each([clientFaults.networkLost, clientFaults.tokenUnavailable, clientFaults.wrongTenant])(
    'keeps what was answered beside %s, and asks no further',
    async code => {
      let asked = 0;
      const { asker, graph, knowledge, of } = asking(named(100), request =>
        ++asked > 3 ? { error: new GraphError('x', { status: 0, code, outcome: 'nothing-done' }) } : noPoints(request),
      );
      await expect(asker.ask(heads, of())).rejects.toMatchObject({ code });
      expect(knowledge.known.size).toBe(60);
      expect(graph.batches).toEqual([5]);
      expect(knowledge.ended).toBe(1);
    },
  );

  test('stops between waves when aborted, and keeps what was answered', async () => {
    const ending = new AbortController();
    let asked = 0;
    const { asker, knowledge, of } = asking(named(4_000), request => {
      if (++asked === 80) ending.abort();
      return noPoints(request);
    });
    await expect(asker.ask(heads, of({ signal: ending.signal }))).rejects.toThrow();
    expect(knowledge.known.size).toBe(1_600);
    expect(knowledge.ended).toBe(1);
  });

  test('does not begin where it is aborted while it waits for its turn', async () => {
    const { asker, lanes, knowledge, of } = asking(named(1));
    await lanes.take(tenantId, 'person', new AbortController().signal);
    const ending = new AbortController();
    const waiting = asker.ask(heads, of({ signal: ending.signal }));
    ending.abort();
    await expect(waiting).rejects.toEqual(new AppFailure({ code: 'ABORTED' }));
    expect(knowledge.begun).toBe(0);
  });

  test('by itself makes way for a person between two waves, and goes on with what is known then', async () => {
    const order: string[] = [];
    const wave = 1_600;
    let isWaiting = false;
    const { asker, graph, knowledge, lanes, of } = asking(named(2 * wave), request => {
      if (!isWaiting) {
        isWaiting = true;
        void lanes.take(tenantId, 'person', new AbortController().signal).then(turn => {
          order.push(`person after ${knowledge.known.size}`);
          knowledge.known.add(`unit ${wave}`);
          turn.release();
        });
      }
      return noPoints(request);
    });
    expect(await asker.ask(heads, of({ priority: 'background' }))).toEqual({ unsettled: 0, isCut: false });
    expect(order).toEqual([`person after ${wave}`]);
    expect(knowledge.begun).toBe(2);
    // 80 questions before, 80 after: nothing of the first wave again.
    expect(graph.batches.reduce((sum, size) => sum + size, 0)).toBe(160);
  });

  test('with an allowance asks what it allows, keeps that, and leaves the rest for another time', async () => {
    const { asker, graph, knowledge, of } = asking(named(400));
    const taken: number[] = [];
    const take = async (questions: number) => {
      taken.push(questions);
      return taken.length === 1 ? 7 : questions;
    };
    expect(await asker.ask(heads, of({ priority: 'background', allowance: { take } }))).toMatchObject({ isCut: true });
    expect(taken).toEqual([20]);
    expect(graph.batches).toEqual([7]);
    expect(knowledge.known.size).toBe(140);
    // The next time only what is left: thirteen searches.
    expect(await asker.ask(heads, of({ priority: 'background', allowance: { take } }))).toMatchObject({ isCut: false });
    expect(taken).toEqual([20, 13]);
    expect(knowledge.known.size).toBe(400);
  });

  test('with an allowance ends where a person waits, rather than to wait behind them', async () => {
    let isWaiting = false;
    const { asker, lanes, of } = asking(named(3_200), request => {
      if (!isWaiting) {
        isWaiting = true;
        // Keeps the turn: whoever waited for it would never end.
        void lanes.take(tenantId, 'person', new AbortController().signal);
      }
      return noPoints(request);
    });
    const allowance = { take: async (questions: number) => questions };
    expect(await asker.ask(heads, of({ priority: 'background', allowance }))).toMatchObject({ isCut: true });
  });

  test('begins again where the catalog’s worker died, once', async () => {
    const once = asking(named(5));
    once.knowledge.deaths = 1;
    expect(await once.asker.ask(heads, once.of())).toEqual({ unsettled: 0, isCut: false });
    const twice = asking(named(5));
    twice.knowledge.deaths = 2;
    await expect(twice.asker.ask(heads, twice.of())).rejects.toThrow('CATALOG_UNAVAILABLE');
  });

  test('passes the turn on whatever happens', async () => {
    const { asker, lanes, of } = asking(named(1), () => refused(400, 'invalidRequest'));
    await expect(asker.ask(heads, of())).rejects.toThrow();
    (await lanes.take(tenantId, 'background', AbortSignal.timeout(1_000))).release();
  });
});

describe('asking again', () => {
  test('asks also what is known, twenty units a search', async () => {
    const { asker, graph, knowledge, of } = asking(named(100));
    for (const unitId of named(100)) knowledge.known.add(unitId);
    await asker.recheck(knowledge.wants, of());
    expect(graph.batches).toEqual([5]);
  });

  test('asks for those again that got no answer, and no others', async () => {
    let asked = 0;
    const { asker, graph, knowledge, of } = asking(named(20), request => {
      asked++;
      // Five units a search, as older documents say.
      return { body: { searchResults: [], noResultProtectionUnitIds: unitsSearched(request).slice(0, 5) } };
    });
    await asker.recheck(knowledge.wants, of());
    expect(knowledge.known.size).toBe(20);
    expect(asked).toBe(4);
    expect(graph.batches).toEqual([1, 1, 1, 1]);
  });

  test('does not take a unit on trust that the service says nothing of', async () => {
    const { asker, knowledge, of } = asking(named(3), request =>
      unitsSearched(request).length > 0
        ? { body: { searchResults: [], noResultProtectionUnitIds: [] } }
        : { body: { value: [] } },
    );
    for (const unitId of named(3)) knowledge.known.add(unitId);
    await expect(asker.recheck(knowledge.wants, of())).rejects.toThrow('GRAPH_UNREADABLE');
  });

  test('nor one that the service refuses', async () => {
    const { asker, knowledge, of } = asking(named(3), request =>
      unitsSearched(request).includes('unit 1') ? refused(404, 'itemNotFound') : noPoints(request),
    );
    await expect(asker.recheck(knowledge.wants, of())).rejects.toMatchObject({ code: 'itemNotFound' });
  });
});
