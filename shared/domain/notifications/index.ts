/** What a technician is told of, in which words, and when. Pure. */
export {
  type Happening,
  isCritical,
  type NotificationPlace,
  type NotificationSort,
  notificationSorts,
} from './happening.ts';
export { type Notice, toNotice } from './notice-words.ts';
export { minuteOfDay } from './quiet-hours.ts';
export { judgedAt, isUnsafe, type SeenTenant, turnOf } from './tenant-turn.ts';
export { isQuiet, isWanted, type NotificationRules, type Waiting, whatToTell, withHappening } from './telling.ts';
export { waitsForInWords } from './waits-for.ts';
