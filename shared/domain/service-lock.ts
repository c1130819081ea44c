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
