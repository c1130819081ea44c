/** What the console asks by itself, of which tenant and when. Pure: no clock, no storage. */
export { grantOf, renewedAt, spendOn, spentOn } from './budget.ts';
export type { Spent } from './budget.ts';
export { landmarkKey, landmarksAt, spreadOf } from './landmarks.ts';
export type { Landmark, LandmarkFacts } from './landmarks.ts';
export { afterHeads, afterLandmark, sharesOf, unpaced } from './pace.ts';
export type { Pace, Shares } from './pace.ts';
export { growingPause } from './pause.ts';
export { dueTurn, headsDueAt, pickTurns } from './turns.ts';
export type { Turn, TurnFacts } from './turns.ts';
