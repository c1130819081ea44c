export { EmailSettings } from './email-settings.ts';
export { NotificationsService, type NotificationsParts } from './notifications-service.ts';
