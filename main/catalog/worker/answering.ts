import { randomUUID } from 'node:crypto';
import { AppFailure } from '../../../shared/contract/errors.ts';
import type { AppError } from '../../../shared/contract/errors.ts';
import { NewerFileError } from '../migrations/migration.ts';
import type { CallMessage, FromWorker } from '../protocol.ts';
import { handlers } from './calls/index.ts';
import { DamagedFileError, UnwritableFileError } from './database.ts';
import type { Sliced } from './slices.ts';
import type { Store } from './store.ts';

type Call = Pick<CallMessage, 'id' | 'group' | 'method' | 'args'>;

/** A call that is answered in slices. */
interface Task {
  readonly call: Call;
  readonly steps: Sliced<unknown>;
  /** Which cache it was begun with. */
  readonly generation: number;
}

type Line = 'ingest' | 'plans';

/**
 * Calls that wait for each other: those of a line run one after the other, in the order in which they came, each slice between two reads;
 * all other calls are answered at once. Each line has a reason of its own: `ingest` writes much into the cache; in `plans`, units that
 * are being filled in for a plan must not miss what another call writes about them, and no start may overtake a change.
 */
const lineOf: ReadonlyMap<string, Line> = new Map([
  ['units.putPage', 'ingest'],
  ['units.put', 'ingest'],
  ['knowledge.apply', 'ingest'],
  ['knowledge.reply', 'ingest'],
  ['knowledge.lowerExpiries', 'ingest'],
  ['sessions.putArtifacts', 'ingest'],
  ['tenants.forget', 'ingest'],
  ['plans.create', 'plans'],
  ['plans.change', 'plans'],
  ['plans.setUnits', 'plans'],
  ['plans.putUnits', 'plans'],
  ['plans.putRefusals', 'plans'],
  ['plans.removeUnits', 'plans'],
  ['plans.remove', 'plans'],
]);

const nameOf = (call: Call): string => `${call.group}.${call.method}`;

const isSliced = (value: unknown): value is Sliced<unknown> =>
  typeof value === 'object' &&
  value !== null &&
  'next' in value &&
  typeof value.next === 'function' &&
  Symbol.iterator in value;

const unexpected = (error: unknown): { error: AppError; trace: string } => ({
  error: { code: 'UNEXPECTED', errorId: randomUUID() },
  trace: error instanceof Error ? (error.stack ?? error.message) : String(error),
});

/** What the caller is told of an error, and what belongs in the log. */
export function toCallError(error: unknown): { error: AppError; trace?: string } {
  if (error instanceof AppFailure) return { error: error.error };
  if (error instanceof UnwritableFileError)
    return { error: { code: 'PROFILE_UNWRITABLE', path: error.path }, trace: error.stack ?? '' };
  if (error instanceof NewerFileError) {
    const { path, found, known } = error;
    return { error: { code: 'CATALOG_NEWER', path, found, known } };
  }
  return unexpected(error);
}

/**
 * Answers calls from a store. Every call is answered once. Damage that is met on the way is dealt with here: a damaged cache
 * is replaced and the call repeated, a damaged `work` is given up.
 *
 * @param schedule runs a turn after the messages that wait have been taken in (`setImmediate`)
 */
export const answering = (
  store: Store,
  send: (message: FromWorker) => void,
  schedule: (turn: () => void) => void,
  onIdle: () => void,
) => {
  let table = handlers(store);
  let reads: Task[] = [];
  /** The line whose turn it is next comes first. */
  let lines: readonly { readonly name: Line; readonly tasks: Task[] }[] = [
    { name: 'ingest', tasks: [] },
    { name: 'plans', tasks: [] },
  ];
  const tasksOf = (name: Line): Task[] => lines.find(line => line.name === name)?.tasks ?? [];
  const isIdle = (): boolean => reads.length === 0 && lines.every(({ tasks }) => tasks.length === 0);
  let isScheduled = false;
  let generation = 0;

  const answer = (call: Call, value: unknown): void => {
    try {
      send({ type: 'answer', id: call.id, value });
    } catch (error) {
      // What can't be cloned can't be sent; the caller must still hear something.
      send({ type: 'error', id: call.id, ...unexpected(error) });
    }
  };

  const replaceCache = (): void => {
    store.replaceCache();
    generation += 1;
    // Askings under way speak of keys of the cache that is gone.
    table = handlers(store);
  };

  const fail = (call: Call, error: unknown, mayRepeat: boolean): void => {
    try {
      if (!(error instanceof DamagedFileError)) throw error;
      if (!store.isCache(error.path)) {
        store.giveUpWork();
        throw new AppFailure({ code: 'WORK_UNREADABLE' }, { cause: error });
      }
      replaceCache();
      if (!mayRepeat) throw new AppFailure({ code: 'CATALOG_UNAVAILABLE' }, { cause: error });
      begin(call, false);
    } catch (failure) {
      send({ type: 'error', id: call.id, ...toCallError(failure) });
    }
  };

  /** Does one slice. @returns whether the task goes on */
  const step = (task: Task): boolean => {
    // What was begun with a cache that was set aside since speaks of keys that no longer mean anything.
    if (task.generation !== generation) {
      send({ type: 'error', id: task.call.id, error: { code: 'CATALOG_UNAVAILABLE' } });
      return false;
    }
    try {
      const result = task.steps.next();
      if (result.done !== true) return true;
      answer(task.call, result.value);
    } catch (error) {
      fail(task.call, error, lineOf.get(nameOf(task.call)) !== 'ingest');
    }
    return false;
  };

  const turn = (): void => {
    isScheduled = false;
    const now = reads;
    reads = [];
    for (const task of now) if (step(task)) reads.push(task);
    // One slice of one line a turn, so that a read waits for one slice, however many lines there are.
    const served = lines.find(({ tasks }) => tasks.length > 0);
    const first = served?.tasks[0];
    if (served !== undefined && first !== undefined) {
      if (!step(first)) served.tasks.shift();
      lines = [...lines.filter(line => line !== served), served];
    }
    ensureScheduled();
  };

  const ensureScheduled = (): void => {
    if (isIdle()) onIdle();
    else if (!isScheduled) {
      isScheduled = true;
      schedule(turn);
    }
  };

  /** @throws RangeError where there is no such call */
  const handlerOf = (call: Call): ((...args: readonly unknown[]) => unknown) => {
    const group: unknown = Object.hasOwn(table, call.group) ? Reflect.get(table, call.group) : undefined;
    const handler: unknown =
      typeof group === 'object' && group !== null && Object.hasOwn(group, call.method)
        ? Reflect.get(group, call.method)
        : undefined;
    if (typeof handler !== 'function') throw new RangeError(`The catalog has no call ${nameOf(call)}`);
    return (...args) => Reflect.apply(handler, undefined, args);
  };

  /** The call, begun when its turn comes. */
  function* later(call: Call): Sliced<unknown> {
    const result = handlerOf(call)(...call.args);
    return isSliced(result) ? yield* result : result;
  }

  const begin = (call: Call, mayRepeat: boolean): void => {
    try {
      const line = lineOf.get(nameOf(call));
      const waiting = line === undefined ? undefined : tasksOf(line);
      if (waiting !== undefined && waiting.length > 0) {
        waiting.push({ call, steps: later(call), generation });
        return;
      }
      const result = handlerOf(call)(...call.args);
      if (!isSliced(result)) {
        answer(call, result);
        return;
      }
      const task: Task = { call, steps: result, generation };
      // Ingests come in crowds, and each of their slices is as long as may be: even the first waits for its turn.
      if (line === 'ingest') waiting?.push(task);
      // All others mostly end with their first slice.
      else if (step(task)) (waiting ?? reads).push(task);
    } catch (error) {
      fail(call, error, mayRepeat);
    }
  };

  return {
    call: (call: Call): void => {
      begin(call, true);
      ensureScheduled();
    },
    /** Runs work of the worker's own in a line; an error of it goes to `onError`. */
    run: (line: Line, steps: Sliced<void>, onError: (error: unknown) => void): void => {
      const guarded = function* (): Sliced<void> {
        try {
          yield* steps;
        } catch (error) {
          onError(error);
        }
      };
      tasksOf(line).push({ call: { id: -1, group: 'worker', method: 'own', args: [] }, steps: guarded(), generation });
      ensureScheduled();
    },
    get isIdle(): boolean {
      return isIdle();
    },
  };
};
