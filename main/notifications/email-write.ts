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

/** A change of the service's e-mail setting as it stands in its intent: the whole request. `was`: what of the same stood before. */
const EmailWrite = z.object({
  what: z.literal('emailNotifications.update'),
  who: z.string(),
  isEnabled: z.boolean().optional(),
  additionalEvents: z.array(z.string()).optional(),
  customRecipients: z.array(z.union([z.string(), Recipient])).optional(),
  was: z.object({
    isEnabled: z.boolean().optional(),
    additionalEvents: z.array(z.string()).optional(),
    recipients: z.array(z.string()).optional(),
  }),
});
export type EmailWrite = z.infer<typeof EmailWrite>;

/** @throws ZodError where the request holds what is no JSON: nothing that came from Graph does */
export function toEmailWrite(request: EmailNotificationsChange, before: EmailSetting, who: string): EmailWrite {
  const { isEnabled, additionalEvents, recipients } = before;
  const was = {
    ...(request.isEnabled === undefined ? {} : { isEnabled }),
    ...(request.additionalEvents === undefined ? {} : { additionalEvents }),
    ...(request.customRecipients === undefined ? {} : { recipients: addressesOf(recipients) }),
  };
  return EmailWrite.parse({ what: 'emailNotifications.update', who, ...request, was });
}

/** What stood before, for the audit. */
export function beforeOf({ was: { isEnabled, additionalEvents, recipients } }: EmailWrite): WriteFacts {
  return {
    ...(isEnabled === undefined ? {} : { isEnabled }),
    ...(additionalEvents === undefined ? {} : { additionalEvents }),
    ...(recipients === undefined ? {} : { recipients }),
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

/** The service has it, or what stood before; anything else is somebody else's change, which must not be written over. */
async function settle(
  tenant: Pick<TenantGraph, 'emailNotifications'>,
  write: EmailWrite,
  options: { readonly signal?: AbortSignal },
): Promise<Settled<EmailWrite, FetchedEmailNotificationsSetting>> {
  const { value } = await tenant.emailNotifications.fetch(options);
  const { isEnabled, additionalEvents, customRecipients } = write;
  const recipients = customRecipients === undefined ? undefined : addressesOf(customRecipients);
  if (isCarriedOut(value, { isEnabled, additionalEvents, recipients })) return { state: 'done', done: value };
  return isCarriedOut(value, write.was) ? { state: 'not-done', left: write } : { state: 'unclear' };
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
