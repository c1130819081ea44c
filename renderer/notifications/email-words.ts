import type { EmailProblem, EmailSetting } from '../../shared/contract/notifications.ts';
import type { Tenant } from '../../shared/contract/tenants.ts';
import { formatList } from '../ui/number.ts';
import { readOnlyReason } from '../ui/read-only-reason.ts';

/** Role names of the service in plain words; a new one stands as it is. */
const roleWords: ReadonlyMap<string, string> = new Map([
  ['custom', 'a list of addresses'],
  ['globalAdmins', 'global administrators'],
  ['backupAdmins', 'backup administrators'],
  ['allAdmins', 'all administrators'],
]);
const eventWords: ReadonlyMap<string, string> = new Map([
  ['restoreAndPolicyUpdates', 'restores and changes of policies'],
]);

export const enabledInWords = ({ isEnabled }: EmailSetting): string =>
  isEnabled === undefined ? 'The service does not say' : isEnabled ? 'On' : 'Off';

export const eventsInWords = ({ additionalEvents }: EmailSetting): string =>
  additionalEvents.length === 0
    ? 'Nothing more'
    : capital(formatList(additionalEvents.map(event => eventWords.get(event) ?? event)));

export const rolesInWords = ({ roles }: Pick<EmailSetting, 'roles'>): string =>
  roles.length === 0 ? 'The service does not say' : capital(formatList(roles.map(role => roleWords.get(role) ?? role)));

/** The recipients as people read them, each once; none is said by whoever shows them. */
export function recipientsOf({ recipients }: EmailSetting): readonly string[] {
  return [
    ...new Set(recipients.map(({ email, displayName }) => email ?? displayName ?? 'Somebody without an address')),
  ];
}

export function problemInWords(problem: EmailProblem): { readonly title: string; readonly text: string } {
  switch (problem.code) {
    case 'NOTHING_TO_DO':
      return { title: 'Nothing would change.', text: 'The service has it like this already.' };
    case 'ADDRESS_INVALID':
      return { title: 'Not every recipient is an address.', text: `Correct ${formatList(problem.addresses)}.` };
    case 'NO_RECIPIENTS':
      return { title: 'Nobody gets a mail.', text: 'Notifications are on, and the list of recipients is empty.' };
    case 'ROLE_NOT_CUSTOM':
      return {
        title: `Mails go to ${formatList(problem.roles.map(role => roleWords.get(role) ?? role))} now.`,
        text: 'The role is read-only for partner apps; a list of addresses goes with the role custom alone, so the service may refuse it.',
      };
  }
}

/** Why the setting can’t be changed in a tenant now; absent where it can. */
export function whyNotEmail(
  tenant: Pick<Tenant, 'controller' | 'displayName' | 'readOnly'>,
  { isOffline, isSignedOut }: { readonly isOffline: boolean; readonly isSignedOut: boolean },
): string | undefined {
  const whyNotAsk = whyNotAskEmail({ isOffline, isSignedOut });
  if (whyNotAsk !== undefined) return whyNotAsk;
  const readOnly = readOnlyReason(tenant);
  if (readOnly !== undefined) return readOnly;
  switch (tenant.controller.by) {
    case 'pending':
      return 'Read-only until control passes to Backstop.';
    case 'anotherApp':
      return 'Another app controls Backup Storage here; only that app can change whom the service mails.';
    case 'microsoft':
      return 'Microsoft’s own tool controls Backup Storage here; this is set in the Microsoft 365 admin center.';
    case 'nobody':
      return 'Nobody controls Backup Storage here. See the tenant’s readiness.';
    case 'ours':
    case 'leaving':
    case 'unknown':
      return undefined;
  }
}

/** Why the setting can’t even be read now. */
export function whyNotAskEmail({
  isOffline,
  isSignedOut,
}: {
  readonly isOffline: boolean;
  readonly isSignedOut: boolean;
}): string | undefined {
  if (isOffline) return 'Needs a connection: the setting is kept by Microsoft Graph. What was read stays readable.';
  return isSignedOut
    ? 'Needs an account: the setting is kept by Microsoft Graph. Sign in; what was read stays readable.'
    : undefined;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
