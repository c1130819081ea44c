/** What the catalog knows of restore points, and what it may claim from it. Pure: no clock, no storage. */
export { applyAnswer, rangeTouchedBy } from './apply-answer.ts';
export type { KnowledgeChanges } from './apply-answer.ts';
export { compareInstants, FLOOR_TEXT, TICKS_A_SECOND, toInstant, toInstantText } from './instant.ts';
export type { Instant } from './instant.ts';
export { EXPIRY_MARGIN, FLOOR_AT, inSeconds, isFloor, lives, NEVER } from './known-row.ts';
export type { KnownPoint, KnownRow, PointKind, Second } from './known-row.ts';
export { assess, newestBefore } from './newest-before.ts';
export type { Assessment, Certainty, JudgedBy } from './newest-before.ts';
export { newestNow } from './newest-now.ts';
export type { NewestNow } from './newest-now.ts';
export { verdictOfOwner } from './owner.ts';
export type { VerdictOfId } from './owner.ts';
export {
  isAnswered,
  outcomeOf,
  POINTS_A_LIST,
  QUESTIONS_A_BATCH,
  searchBefore,
  toAskedAt,
  toUnitAnswers,
  traitsLearntFrom,
  UNITS_A_SEARCH,
  unitsAsked,
} from './question.ts';
export type {
  Answer,
  AnswerOutcome,
  ListQuestion,
  Question,
  SearchQuestion,
  SeenPoint,
  UnitAnswer,
} from './question.ts';
export { withRetention } from './retention.ts';
export { initialTraits, settlingSeconds, withTraitChanges } from './service-traits.ts';
export type { ServiceTraits, TraitChange } from './service-traits.ts';
export { gapsWithin } from './stretch.ts';
export type { Stretch } from './stretch.ts';
export { CADENCE, isHead, mergeShown } from './shown-record.ts';
export type { ShownRecord } from './shown-record.ts';
export { spansOf, summariesOf } from './spans.ts';
export type { Span, WindowOf, WindowSummary } from './spans.ts';
