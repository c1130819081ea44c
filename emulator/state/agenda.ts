/** What a tenant's service will do by itself, and when. Due work is taken in order of time, whenever somebody asks. */
import type { Ticks } from '../instant.ts';
import type { Journal } from './journal.ts';

export type TaskKind = 'unit' | 'rule' | 'job' | 'bulkRequest';

export interface Task {
  readonly kind: TaskKind;
  readonly id: string;
  readonly at: Ticks;
}

export interface Agenda {
  /** Takes the place of what was planned for the same thing. */
  plan(kind: TaskKind, id: string, at: Ticks): void;
  drop(kind: TaskKind, id: string): void;
  /** The earliest task that is due, taken off the agenda. */
  takeDue(now: Ticks): Task | undefined;
}

const byTime = (a: Task, b: Task): number => a.at - b.at || (a.id < b.id ? -1 : 1);

export const createAgenda = (tenantId: string, journal: Journal): Agenda => {
  const keptAs = `agenda ${tenantId}`;
  const tasks = new Map<string, Task>(journal.read<Task>(keptAs));
  /** In order of time; made anew after a change. */
  let sorted: Task[] | undefined;
  const keyOf = (kind: TaskKind, id: string): string => `${kind} ${id}`;
  return {
    plan: (kind, id, at) => {
      const task = { kind, id, at };
      tasks.set(keyOf(kind, id), task);
      journal.put(keptAs, keyOf(kind, id), task);
      sorted = undefined;
    },
    drop: (kind, id) => {
      if (!tasks.delete(keyOf(kind, id))) return;
      journal.remove(keptAs, keyOf(kind, id));
      sorted = undefined;
    },
    takeDue: now => {
      sorted ??= [...tasks.values()].sort((a, b) => byTime(b, a));
      const next = sorted.at(-1);
      if (next === undefined || next.at > now) return undefined;
      sorted.pop();
      tasks.delete(keyOf(next.kind, next.id));
      journal.remove(keptAs, keyOf(next.kind, next.id));
      return next;
    },
  };
};
