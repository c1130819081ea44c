/** What of a tenant's service status tells whether it is locked, and why. Structural: `ServiceState` of the contract fits. */
export interface ServiceStatusFacts {
  /** `backupServiceStatus`, or the service's own new word. */
  readonly status: string;
  readonly disableReason?: string | undefined;
}

/** Whether the service refuses restores of this tenant. */
export function isRestoreLocked(tenant: { readonly service?: ServiceStatusFacts | undefined }): boolean {
  return tenant.service?.status.toLowerCase() === 'restorelocked';
}

const disableReasons: { readonly [reason: string]: string } = {
  invalidbillingprofile: 'billing profile invalid',
  userrequested: 'the customer asked for it',
  controllerserviceappdeleted: 'the controlling app was removed',
};

/** Why the service is locked, in words; the service's own where it is a new one. */
export function disableReasonInWords(reason: string | undefined): string | undefined {
  if (reason === undefined || reason.toLowerCase() === 'none') return undefined;
  return disableReasons[reason.toLowerCase()] ?? reason;
}

/** The known members of `backupServiceStatus`, in lower case: in a few words, and what each means. One place for every view. */
export const serviceStatusWords = {
  enabled: { word: 'Backup Storage is on', means: 'Whoever controls can change policies and make restores.' },
  disabled: { word: 'Backup Storage is switched off', means: 'Backup Storage is switched off.' },
  protectionchangelocked: {
    word: 'Protection changes locked',
    means: 'Protection changes are locked; restores still work.',
  },
  restorelocked: { word: 'Restore-locked', means: 'The service is restore-locked: no restore is possible.' },
} as const;

/** A status in words; one that this version does not know is quoted. */
export function wordsOfStatus(status: string): { readonly word: string; readonly means: string } {
  const key = status.toLowerCase();
  return isKnownStatus(key)
    ? serviceStatusWords[key]
    : { word: `The service answers “${status}”`, means: 'This version does not know that word.' };
}

function isKnownStatus(key: string): key is keyof typeof serviceStatusWords {
  return Object.hasOwn(serviceStatusWords, key);
}
