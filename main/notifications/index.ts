export { NotificationsService, type NotificationsParts } from './notifications-service.ts';
