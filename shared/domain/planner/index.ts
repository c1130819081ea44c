/** From what is wanted and what is known to the fewest questions. Pure. */
export { afterRound, estimateCost, nextRound, startAsking } from './asking.ts';
export type { Asking, Cost, PlannedQuestion, Reply, Round, Standing, WantState } from './asking.ts';
export { toBatches } from './batches.ts';
export { boundOfWant } from './want.ts';
export type { KnowledgeView, Want } from './want.ts';
export { afterWindowRound, documentedSpacing, estimateWindow, nextWindowRound, startWindow } from './window-asking.ts';
export type { Top, WindowAsking, WindowQuestion, WindowRound } from './window-asking.ts';
