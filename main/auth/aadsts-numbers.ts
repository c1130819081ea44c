/**
 * What the AADSTS numbers of Entra ID ask of the technician. Numbers decide before sub-errors and MSAL's error classes: the
 * same number comes as different classes, depending on a sub-error that isn't always sent.
 * https://learn.microsoft.com/entra/identity-platform/reference-error-codes
 */
export type NumberedKind =
  | 'interactionRequired'
  | 'consentMissing'
  | 'consentDeclined'
  | 'conditionalAccess'
  | 'noGdapAccess'
  | 'unknownTenant'
  | 'appUnknownInTenant'
  | 'sessionExpired'
  | 'throttled';

const numbers: Readonly<Record<NumberedKind, readonly number[]>> = {
  // Sign-in state missing or ambiguous; second factor or its registration; password to change; outside challenge.
  interactionRequired: [16000, 50055, 50058, 50072, 50074, 50076, 50078, 50079, 50125, 50127, 50129, 50144, 50158],
  consentMissing: [65001, 90094, 90095],
  consentDeclined: [65004],
  // Device not compliant, not joined or not known; app or place not allowed; blocked by policy or by its risk.
  conditionalAccess: [50005, 50097, 53000, 53001, 53002, 53003, 53004, 53009, 53011, 530032, 530034, 530035],
  // No such user in the tenant (no GDAP relationship, or it ended); not assigned to the app.
  noGdapAccess: [50020, 50034, 50105, 50177, 90072, 500213],
  unknownTenant: [90002, 900021, 900023],
  // Not there; switched off; its older wording.
  appUnknownInTenant: [700016, 7000112, 70001],
  // Refresh token expired, too old for the sign-in frequency, revoked, or of a changed password.
  sessionExpired: [50089, 50132, 50133, 50173, 70008, 70043, 70044, 700081, 700082, 700084],
  throttled: [50196, 90055],
};

const kinds = new Map<number, NumberedKind>();
for (const kind of Object.keys(numbers) as NumberedKind[]) for (const number of numbers[kind]) kinds.set(number, kind);

/** @returns what the number asks for, or `undefined` where it isn't one we know */
export function findKindOf(errorNo: number): NumberedKind | undefined {
  return kinds.get(errorNo);
}
