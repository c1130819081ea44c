import type { ConsoleEvent } from '../../shared/contract/console.ts';
import type { NotificationPlace } from '../../shared/contract/notifications.ts';
import { navigate } from '../store/index.ts';
import type { ConsoleClient, Route } from '../store/index.ts';
import { showInBrowser } from './browser-notification.ts';

/** The view that a notification leads to. */
export function toRoute(place: NotificationPlace): Route {
  switch (place.at) {
    case 'home':
      return { at: 'tenants' };
    case 'tenant':
      return { at: 'protection', tenantId: place.tenantId };
    case 'restore':
      return { at: 'restores', tenantId: place.tenantId, planId: place.planId };
  }
}

/** Goes where the notification leads that was clicked outside of the page and not yet followed. */
export async function followClicked(client: Pick<ConsoleClient, 'notifications'>): Promise<void> {
  const place = await client.notifications.takeClicked();
  if (place !== null) navigate(toRoute(place));
}

/** Shows what main wants shown and can't show itself, and follows a click on what the system showed. */
export async function noteNotification(
  client: Pick<ConsoleClient, 'notifications'>,
  event: ConsoleEvent,
): Promise<void> {
  if (event.type === 'notificationsChanged') await followClicked(client);
  if (event.type === 'notificationRaised')
    await showInBrowser({ ...event, onClick: () => navigate(toRoute(event.opens)) });
}
