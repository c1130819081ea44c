import { AppFailure } from '../shared/contract/errors.ts';

/** Why a host can't start. The message is one sentence for a person, and says what to do: the page, which has the words for everything else, is not there yet. */
export class StartError extends Error {
  override readonly name: string = 'StartError';
}

/** @returns `undefined` for what was not foreseen; its stack says more than a sentence would */
export function wordStartFailure(error: unknown): string | undefined {
  if (error instanceof StartError) return error.message;
  if (!(error instanceof AppFailure)) return undefined;
  switch (error.error.code) {
    case 'PROFILE_UNWRITABLE':
      return `The profile folder ${error.error.path} can't be written; make it writable, or choose another folder.`;
    case 'PROFILE_IN_USE':
      return `The profile ${error.error.path} is in use by another Backstop; close that one, or choose another folder.`;
    case 'CATALOG_UNAVAILABLE':
      return "The catalog can't be opened; the log in the profile folder says why.";
    default:
      return `Backstop could not start (${error.error.code}); the log in the profile folder says more.`;
  }
}
