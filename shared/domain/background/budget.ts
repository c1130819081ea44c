import { DAY } from '../time.ts';
import type { UtcSeconds } from '../time.ts';

/** Questions asked of a tenant on one day of its service time (days since 1970-01-01 in UTC). */
export interface Spent {
  readonly day: number;
  readonly questions: number;
}

const dayOf = (now: UtcSeconds): number => Math.floor(now / DAY);

/** Questions asked on the day of `now`. A clock that was set back does not begin the day anew. */
export function spentOn(spent: Spent | undefined, now: UtcSeconds): number {
  return spent === undefined || dayOf(now) > spent.day ? 0 : spent.questions;
}

/** How many of so many questions the budget of the day still has room for. */
export function grantOf(spent: Spent | undefined, budget: number, now: UtcSeconds, questions: number): number {
  return Math.max(0, Math.min(questions, budget - spentOn(spent, now)));
}

/** What is spent after so many questions more. */
export function spendOn(spent: Spent | undefined, now: UtcSeconds, questions: number): Spent {
  const day = Math.max(dayOf(now), spent?.day ?? 0);
  return { day, questions: spentOn(spent, now) + questions };
}

/** When the budget is whole again: the first moment of a day on which nothing is spent. */
export function renewedAt(spent: Spent | undefined, now: UtcSeconds): UtcSeconds {
  return (Math.max(dayOf(now), spent?.day ?? 0) + 1) * DAY;
}
