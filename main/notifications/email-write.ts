import { z } from 'zod';
import type { EmailSetting } from '../../shared/contract/notifications.ts';
import type { EmailNotificationsChange, FetchedEmailNotificationsSetting, TenantGraph } from '../graph/index.ts';
import type { Settled, WriteFacts, WriteKind } from '../writes/index.ts';
import { addressesOf, isCarriedOut } from './email-change.ts';

const Recipient = z.object({
  email: z.string().optional(),
  displayName: z.string().optional(),
  graph: z.record(z.string(), z.json()),
});

/** A change of the service's e-mail setting as it stands in its intent: the whole request. */
const EmailWrite = z.object({
  what: z.literal('emailNotifications.update'),
  who: z.string(),
  isEnabled: z.boolean().optional(),
  additionalEvents: z.array(z.string()).optional(),
  customRecipients: z.array(z.union([z.string(), Recipient])).optional(),
});
export type EmailWrite = z.infer<typeof EmailWrite>;

/** @throws ZodError where the request holds what is no JSON: nothing that came from Graph does */
export function toEmailWrite(request: EmailNotificationsChange, who: string): EmailWrite {
  return EmailWrite.parse({ what: 'emailNotifications.update', who, ...request });
}

/** Of what is changed, what stood before. */
export function beforeOf(before: EmailSetting, write: EmailWrite): WriteFacts {
  return {
    ...(write.isEnabled === undefined ? {} : { isEnabled: before.isEnabled ?? null }),
    ...(write.additionalEvents === undefined ? {} : { additionalEvents: before.additionalEvents }),
    ...(write.customRecipients === undefined ? {} : { recipients: addressesOf(before.recipients) }),
  };
}

function toRequest({ isEnabled, additionalEvents, customRecipients }: EmailWrite): EmailNotificationsChange {
  return {
    ...(isEnabled === undefined ? {} : { isEnabled }),
    ...(additionalEvents === undefined ? {} : { additionalEvents }),
    ...(customRecipients === undefined
      ? {}
      : {
          customRecipients: customRecipients.map(recipient => {
            if (typeof recipient === 'string') return recipient;
            const { email, displayName, graph } = recipient;
            return {
              ...(email === undefined ? {} : { email }),
              ...(displayName === undefined ? {} : { displayName }),
              graph,
            };
          }),
        }),
  };
}

/** The service has it, or not: the request names the whole of what it changes. */
async function settle(
  tenant: Pick<TenantGraph, 'emailNotifications'>,
  write: EmailWrite,
  options: { readonly signal?: AbortSignal },
): Promise<Settled<EmailWrite, FetchedEmailNotificationsSetting>> {
  const { value } = await tenant.emailNotifications.fetch(options);
  const { isEnabled, additionalEvents, customRecipients } = write;
  const recipients = customRecipients === undefined ? undefined : addressesOf(customRecipients);
  return isCarriedOut(value, { isEnabled, additionalEvents, recipients })
    ? { state: 'done', done: value }
    : { state: 'not-done', left: write };
}

/** Changes of the setting, each sent once more where it surely was not carried out, and no further. */
export const emailWrites: WriteKind<EmailWrite, FetchedEmailNotificationsSetting> = {
  schema: EmailWrite,
  targetOf: (_, tenantId) => `e-mail notifications of tenant ${tenantId}`,
  intendedBy: ({ isEnabled, additionalEvents, customRecipients }) => ({
    ...(isEnabled === undefined ? {} : { isEnabled }),
    ...(additionalEvents === undefined ? {} : { additionalEvents }),
    ...(customRecipients === undefined ? {} : { recipients: addressesOf(customRecipients) }),
  }),
  factsOf: () => ({}),
  send: async (tenant, write, options) => tenant.emailNotifications.update(toRequest(write), options),
  settle,
  sendsOf: () => 2,
  isIdempotent: () => false,
};
