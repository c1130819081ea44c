/** Said of an artifact that failed without a word of why. */
export const NO_REASON = 'The service gave no reason; it can be tried again';

/** Codes that say no more than that something failed. */
const sayingNothing: ReadonlySet<string> = new Set(['', 'unknown', 'UnknownError']);

/** Codes that say more to a technician in plain words than the service's sentence does. */
const plainWords: ReadonlyMap<string, string> = new Map([
  ['ArtifactNotFound', 'The unit is no longer there'],
  ['InvalidRestoreTime', 'The service has no point at this time any more'],
  ['DuplicateArtifactRestoreRequest', 'Another session was restoring this unit'],
]);

/**
 * Why an artifact was not restored, in words. The service's own message is always kept: it may hold the one hint there is. Ours
 * stand before it where its code says more, and alone where it has none.
 *
 * @param error as the service gave it; absent where it gave none
 */
export function artifactReason(error: { readonly code: string; readonly message: string } | undefined): string {
  if (error === undefined) return NO_REASON;
  const { code, message } = error;
  const ours = plainWords.get(code);
  if (message === '') return ours ?? (sayingNothing.has(code) ? NO_REASON : code);
  return ours === undefined ? message : `${ours} (service: ${message})`;
}
