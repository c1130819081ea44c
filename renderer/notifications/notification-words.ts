import type { ShownNotification } from '../../shared/contract/notifications.ts';
import type { NotificationSort } from '../../shared/domain/notifications/index.ts';

/** What each sort is, for the settings. */
export const sortWords: { readonly [S in NotificationSort]: string } = {
  restoreFinished: 'A restore has finished',
  restoreFailed: 'A restore has failed, or finished with failures',
  restoreWaits: 'A restore can’t go on without somebody: a sign-in, a consent',
  tenantUnsafe: 'A tenant turned unsafe: at risk, or critical',
  controlLost: 'Another app took control of Backup Storage in a tenant',
};

/** `22:00` */
export function minuteInWords(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

/** Reads `22:00`, `7:00` or `0700`. */
export function readMinute(text: string): number | undefined {
  const match = /^(\d{1,2})[:.]?(\d{2})$/.exec(text.trim());
  const [hour, minute] = [Number(match?.[1]), Number(match?.[2])];
  return match !== null && hour < 24 && minute < 60 ? hour * 60 + minute : undefined;
}

/** What came of the test, and what to do where nothing was seen. */
export function testInWords(
  { outcome, reason }: ShownNotification,
  shownBy: 'system' | 'page',
): { readonly isShown: boolean; readonly words: string } {
  const where = shownBy === 'system' ? 'system' : 'browser';
  switch (outcome) {
    case 'shown':
      return { isShown: true, words: `The ${where} says that it showed the notification.` };
    case 'unsupported':
      return {
        isShown: false,
        words: `This ${where} has no notifications. What happens still stands in the list behind the bell.`,
      };
    case 'unanswered':
      return {
        isShown: false,
        words: `The ${where} took the notification and did not say that it showed it. If you saw none, look whether it holds notifications back (do not disturb, focus).`,
      };
    case 'refused':
      return { isShown: false, words: refusalInWords(where, reason) };
  }
}

function refusalInWords(where: 'system' | 'browser', reason: string | undefined): string {
  if (where === 'system')
    return `The system refused the notification${reason === undefined ? '' : `: ${reason}`}. Allow notifications of Backstop in the system’s settings.`;
  switch (reason) {
    case 'denied':
      return 'The browser blocks notifications of this address. Allow them in the browser’s settings of this site, then try again.';
    case 'default':
      return 'The browser was not given an answer, so it shows none. Try again, and allow them.';
    default:
      return `The browser refused the notification${reason === undefined ? '' : `: ${reason}`}.`;
  }
}
