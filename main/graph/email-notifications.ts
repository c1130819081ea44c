import { z } from 'zod';
import { asObject, findObject, flag, type GraphObject, list, text, toFlags } from './fields.ts';
import type { ReadRequest, WriteRequest } from './graph-request.ts';
import { ROOT } from './paths.ts';
import { scopes } from './scopes.ts';

/** Known members of `notificationEventsType`. */
const eventTypes = ['restoreAndPolicyUpdates'] as const;
/** Known members of `notificationRecipientsType`. */
const recipientTypes = ['globalAdmins', 'backupAdmins', 'custom', 'allAdmins'] as const;

/** Whom the service mails, and about what. */
export interface EmailNotificationsSetting {
  readonly isEnabled?: boolean;
  /** Members of `notificationEventsType`, or the service's own words; empty where there is none. */
  readonly additionalEvents: readonly string[];
  /** Members of `notificationRecipientsType`; partner apps may not change them. */
  readonly roles: readonly string[];
  readonly customRecipients: readonly EmailRecipient[];
}
export type FetchedEmailNotificationsSetting = EmailNotificationsSetting & { readonly graph: GraphObject };

/** One address of the custom list. */
export interface EmailRecipient {
  readonly email?: string;
  readonly displayName?: string;
  /** The identity as it came: hand it back whole in a change, so that nothing of it is lost. */
  readonly graph: GraphObject;
}

/** What to change; what is left out keeps its value. */
export interface EmailNotificationsChange {
  readonly isEnabled?: boolean;
  readonly additionalEvents?: readonly string[];
  /** The whole custom list from now on: addresses, or recipients as they were read. */
  readonly customRecipients?: readonly (string | EmailRecipient)[];
}

const settingFields = z.object({ isEnabled: flag, additionalEvents: text });
const recipientFields = z.object({ email: text, displayName: text });

function toSetting(body: unknown): FetchedEmailNotificationsSetting {
  const graph = asObject(body, 'the e-mail notifications setting');
  const { isEnabled, additionalEvents } = settingFields.parse(graph);
  const recipients = findObject(graph['recipients']);
  return {
    ...(isEnabled === undefined ? {} : { isEnabled }),
    additionalEvents: toFlags(additionalEvents, eventTypes),
    roles: toFlags(text.parse(recipients?.['role']), recipientTypes),
    customRecipients: list.parse(recipients?.['customRecipients']).flatMap(member => {
      const recipient = findObject(member);
      if (recipient === undefined) return [];
      const { email, displayName } = recipientFields.parse(recipient);
      return {
        ...(email === undefined ? {} : { email }),
        ...(displayName === undefined ? {} : { displayName }),
        graph: recipient,
      };
    }),
    graph,
  };
}

/** The tenant's setting. (emailnotificationssetting-get) There is no read-only permission for it. */
export function fetchEmailNotificationsRequest(): ReadRequest<FetchedEmailNotificationsSetting> {
  return {
    effect: 'read',
    method: 'GET',
    path: `${ROOT}/emailNotificationsSetting`,
    scopes: [scopes.controlReadWrite],
    toValue: toSetting,
  };
}

/**
 * Changes what is named, and sends nothing else. (emailnotificationssetting-update; delegated only) A custom list is sent with the
 * role `custom`, the only one that a partner app may have.
 *
 * After an unknown outcome read the setting: the same change may be asked for again, since it sets values and adds nothing.
 */
export function updateEmailNotificationsRequest(
  change: EmailNotificationsChange,
): WriteRequest<FetchedEmailNotificationsSetting> {
  const { isEnabled, additionalEvents, customRecipients } = change;
  return {
    effect: 'write',
    afterUnknown: 'ask-again',
    method: 'PATCH',
    path: `${ROOT}/emailNotificationsSetting`,
    body: {
      ...(isEnabled === undefined ? {} : { isEnabled }),
      ...(additionalEvents === undefined ? {} : { additionalEvents: additionalEvents.join(',') || 'none' }),
      ...(customRecipients === undefined
        ? {}
        : {
            recipients: {
              role: 'custom',
              customRecipients: customRecipients.map(recipient =>
                typeof recipient === 'string' ? { email: recipient } : recipient.graph,
              ),
            },
          }),
    },
    scopes: [scopes.controlReadWrite],
    toValue: toSetting,
  };
}
