import type { Services } from '../services.ts';
import { bridge } from './implementing.ts';

const { notifications: procedures } = bridge;

export const notificationHandlers = ({ emailSettings, notifications }: Services) => ({
  settings: procedures.settings.handler(() => notifications.settings()),
  changeSettings: procedures.changeSettings.handler(({ input }) => notifications.changeSettings(input)),
  list: procedures.list.handler(() => notifications.list()),
  markSeen: procedures.markSeen.handler(() => notifications.markSeen()),
  test: procedures.test.handler(() => notifications.test()),
  takeClicked: procedures.takeClicked.handler(() => notifications.takeClicked()),
  email: procedures.email.handler(async ({ input }) => (await emailSettings.known(input.tenantId)) ?? null),
  fetchEmail: procedures.fetchEmail.handler(({ input, signal }) => emailSettings.fetch(input.tenantId, signal)),
  prepareEmail: procedures.prepareEmail.handler(({ input, signal }) =>
    emailSettings.prepare(input.tenantId, input.change, signal),
  ),
  // A request under way is not taken back by a page that goes away.
  sendEmail: procedures.sendEmail.handler(({ input }) => emailSettings.send(input.changeId)),
});
