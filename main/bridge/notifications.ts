import type { Services } from '../services.ts';
import { bridge } from './implementing.ts';

const { notifications: procedures } = bridge;

export const notificationHandlers = ({ notifications }: Services) => ({
  settings: procedures.settings.handler(() => notifications.settings()),
  changeSettings: procedures.changeSettings.handler(({ input }) => notifications.changeSettings(input)),
  list: procedures.list.handler(() => notifications.list()),
  markSeen: procedures.markSeen.handler(() => notifications.markSeen()),
  test: procedures.test.handler(() => notifications.test()),
  takeClicked: procedures.takeClicked.handler(() => notifications.takeClicked()),
});
