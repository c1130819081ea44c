import type { EmailChange, EmailProblem, EmailSetting } from '../../shared/contract/notifications.ts';
import { isEmailAddress, withoutRepeats } from '../../shared/domain/email-address.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import type { EmailNotificationsChange, EmailNotificationsSetting, EmailRecipient } from '../graph/index.ts';

const UPDATES = 'restoreAndPolicyUpdates';

export function toEmailSetting(read: EmailNotificationsSetting, askedAt: UtcSeconds): EmailSetting {
  return {
    ...(read.isEnabled === undefined ? {} : { isEnabled: read.isEnabled }),
    additionalEvents: [...read.additionalEvents],
    roles: [...read.roles],
    recipients: read.customRecipients.map(({ email, displayName }) => ({
      ...(email === undefined ? {} : { email }),
      ...(displayName === undefined ? {} : { displayName }),
    })),
    askedAt,
  };
}

/** What a change makes of the setting, the request for it, and what stands in its way. Only what differs is sent. Pure. */
export function toEmailWork(
  read: EmailNotificationsSetting,
  change: EmailChange,
  askedAt: UtcSeconds,
): {
  readonly before: EmailSetting;
  readonly after: EmailSetting;
  readonly request: EmailNotificationsChange;
  readonly problems: EmailProblem[];
} {
  const before = toEmailSetting(read, askedAt);
  const isEnabled = change.isEnabled ?? read.isEnabled;
  const events = eventsAfter(read.additionalEvents, change.restoreAndPolicyUpdates);
  const recipients = change.recipients === undefined ? read.customRecipients : recipientsAfter(read, change.recipients);
  const request: EmailNotificationsChange = {
    ...(isEnabled === undefined || isEnabled === read.isEnabled ? {} : { isEnabled }),
    ...(isSameSet(events, read.additionalEvents) ? {} : { additionalEvents: events }),
    ...(isSameSet(addressesOf(recipients), addressesOf(read.customRecipients)) ? {} : { customRecipients: recipients }),
  };
  const wrong = addressesOf(recipients).filter(
    address => !isEmailAddress(address) && !addressesOf(read.customRecipients).includes(address),
  );
  const isOfRoles = read.roles.some(role => role !== 'custom');
  const problems: EmailProblem[] = [];
  if (Object.keys(request).length === 0) problems.push({ code: 'NOTHING_TO_DO', severity: 'stop' });
  if (wrong.length > 0) problems.push({ code: 'ADDRESS_INVALID', severity: 'stop', addresses: wrong });
  if (isEnabled === true && recipients.length === 0 && !isOfRoles)
    problems.push({ code: 'NO_RECIPIENTS', severity: 'warning' });
  if (isOfRoles && request.customRecipients !== undefined)
    problems.push({ code: 'ROLE_NOT_CUSTOM', severity: 'warning', roles: [...read.roles] });
  return {
    before,
    after: {
      ...before,
      ...(isEnabled === undefined ? {} : { isEnabled }),
      additionalEvents: [...events],
      recipients: recipients.map(recipient =>
        typeof recipient === 'string'
          ? { email: recipient }
          : {
              ...(recipient.email === undefined ? {} : { email: recipient.email }),
              ...(recipient.displayName === undefined ? {} : { displayName: recipient.displayName }),
            },
      ),
    },
    request,
    problems,
  };
}

/** Whether the service has what was asked of it. */
export function isCarriedOut(
  read: EmailNotificationsSetting,
  asked: {
    readonly isEnabled?: boolean | undefined;
    readonly additionalEvents?: readonly string[] | undefined;
    readonly recipients?: readonly string[] | undefined;
  },
): boolean {
  return (
    (asked.isEnabled === undefined || asked.isEnabled === read.isEnabled) &&
    (asked.additionalEvents === undefined || isSameSet(asked.additionalEvents, read.additionalEvents)) &&
    (asked.recipients === undefined || isSameSet(asked.recipients, addressesOf(read.customRecipients)))
  );
}

/** What this version does not know of stays as it is. */
function eventsAfter(events: readonly string[], wantsUpdates: boolean | undefined): readonly string[] {
  if (wantsUpdates === undefined) return events;
  const others = events.filter(event => event !== UPDATES);
  return wantsUpdates ? [...others, UPDATES] : others;
}

/** Those who stay are handed back whole; identities without an address, which no list of addresses can name, stay too. */
function recipientsAfter(
  { customRecipients }: EmailNotificationsSetting,
  addresses: readonly string[],
): readonly (string | EmailRecipient)[] {
  const known = new Map(customRecipients.map(recipient => [recipient.email?.toLowerCase(), recipient]));
  return [
    ...customRecipients.filter(({ email }) => email === undefined),
    ...withoutRepeats(addresses).map(address => known.get(address.toLowerCase()) ?? address),
  ];
}

export function addressesOf(recipients: readonly (string | { readonly email?: string | undefined })[]): string[] {
  return recipients.flatMap(recipient => (typeof recipient === 'string' ? recipient : (recipient.email ?? [])));
}

function isSameSet(one: readonly string[], other: readonly string[]): boolean {
  const [a, b] = [one, other].map(list => withoutRepeats(list).map(each => each.toLowerCase()));
  return a !== undefined && b !== undefined && a.length === b.length && a.every(each => b.includes(each));
}
