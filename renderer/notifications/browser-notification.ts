import type { ShownNotification } from '../../shared/contract/notifications.ts';

interface Told {
  /** Two pages that show the same one show one. */
  readonly id: string;
  readonly title: string;
  readonly body: string;
  readonly onClick: () => void;
}

/** Milliseconds that the browser has to say that it shows a notification. */
const SHOWN_WITHIN_MILLIS = 5_000;

/** Whether this browser has notifications, and what its user allows; `default`: nobody has been asked. */
export function browserPermission(): NotificationPermission | 'unsupported' {
  return 'Notification' in window ? Notification.permission : 'unsupported';
}

/** Shows it by the browser's own means, if that is allowed: nobody is asked for permission but by a click. */
export async function showInBrowser({ id, title, body, onClick }: Told): Promise<ShownNotification> {
  const permission = browserPermission();
  if (permission === 'unsupported') return { outcome: 'unsupported' };
  if (permission !== 'granted') return { outcome: 'refused', reason: permission };
  const shown = Promise.withResolvers<ShownNotification>();
  const timer = setTimeout(() => shown.resolve({ outcome: 'unanswered' }), SHOWN_WITHIN_MILLIS);
  try {
    const notification = new Notification(title, { body, tag: id });
    notification.addEventListener('show', () => shown.resolve({ outcome: 'shown' }));
    notification.addEventListener('error', () => shown.resolve({ outcome: 'refused' }));
    notification.addEventListener('click', () => {
      window.focus();
      notification.close();
      onClick();
    });
  } catch (error) {
    // Some browsers have the class and allow a page no use of it.
    shown.resolve({ outcome: 'refused', reason: String(error) });
  }
  const result = await shown.promise;
  clearTimeout(timer);
  return result;
}

/** Asks for permission; only to be called where somebody clicked. */
export async function askBrowser(): Promise<NotificationPermission | 'unsupported'> {
  return 'Notification' in window ? Notification.requestPermission() : 'unsupported';
}
