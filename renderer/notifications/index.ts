export { EmailCard } from './email-card.tsx';
export { EmailDialog } from './email-dialog.tsx';
export { followClicked, noteNotification } from './follow-notifications.ts';
export { NotificationBell } from './notification-bell.tsx';
export { NotificationSettings } from './notification-settings.tsx';
