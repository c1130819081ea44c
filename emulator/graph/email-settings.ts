/** Who is told by e-mail, and of what. Partner applications name addresses; the role is not theirs to set. */
import type { EmailSettings } from '../state/records.ts';
import { json, linkTo } from './exchange.ts';
import type { GraphAnswer, GraphContext } from './exchange.ts';
import { badRequest } from './graph-error.ts';
import { isObject, objectBody, property } from './request-body.ts';
import type { JsonObject } from './request-body.ts';

const settingId = 'emailNotificationsSetting';
const nothingSet: EmailSettings = { isEnabled: false, additionalEvents: 'none', customRecipients: [] };
const mostRecipients = 100;

const current = ({ tenant }: GraphContext): EmailSettings => tenant.emailSettings.find(settingId) ?? nothingSet;

const settingJson = (
  context: GraphContext,
  { isEnabled, additionalEvents, customRecipients }: EmailSettings,
): JsonObject => ({
  '@odata.context': linkTo(context, '/$metadata#solutions/backupRestore/emailNotificationsSetting/$entity'),
  id: settingId,
  isEnabled,
  additionalEvents,
  recipients: { role: 'custom', customRecipients },
});

export const getEmailSettings = (context: GraphContext): GraphAnswer =>
  json(200, settingJson(context, current(context)));

const readEvents = (value: unknown): string => {
  const members = typeof value === 'string' ? value.split(',').map(member => member.trim().toLowerCase()) : [];
  const known = members.map(member => ['none', 'restoreAndPolicyUpdates'].find(name => name.toLowerCase() === member));
  if (known.length === 0 || known.some(name => name === undefined)) {
    throw badRequest('additionalEvents must be none or restoreAndPolicyUpdates.');
  }
  return known.join(',');
};

const readRecipients = (value: unknown, before: EmailSettings): EmailSettings['customRecipients'] => {
  if (!isObject(value)) throw badRequest('recipients must be an object.');
  const role = property(value, 'role');
  if (role !== undefined && (typeof role !== 'string' || role.toLowerCase() !== 'custom')) {
    throw badRequest('role is read-only for partner applications: only custom is accepted.');
  }
  const list = property(value, 'customRecipients');
  if (list === undefined) return before.customRecipients;
  if (!Array.isArray(list) || list.length > mostRecipients) {
    throw badRequest(`customRecipients must be a list of at most ${mostRecipients}.`);
  }
  return list.map((entry: unknown) => {
    const email = isObject(entry) ? property(entry, 'email') : undefined;
    if (typeof email !== 'string' || !/^[^\s@]+@[^\s@]+$/.test(email))
      throw badRequest('A recipient needs an e-mail address.');
    return { email };
  });
};

export const patchEmailSettings = (context: GraphContext): GraphAnswer => {
  const body = objectBody(context.request);
  const before = current(context);
  const isEnabled = property(body, 'isEnabled') ?? before.isEnabled;
  if (typeof isEnabled !== 'boolean') throw badRequest('isEnabled must be true or false.');
  const events = property(body, 'additionalEvents');
  const recipients = property(body, 'recipients');
  const changed: EmailSettings = {
    isEnabled,
    additionalEvents: events === undefined ? before.additionalEvents : readEvents(events),
    customRecipients: recipients === undefined ? before.customRecipients : readRecipients(recipients, before),
  };
  context.tenant.emailSettings.put({ id: settingId, ...changed });
  return json(200, settingJson(context, changed));
};
