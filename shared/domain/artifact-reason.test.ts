import { describe, expect, it } from 'vitest';
import { artifactReason, NO_REASON } from './artifact-reason.ts';

describe('why an artifact failed', () => {
  it('keeps what the service said, also of an error that it calls unknown', () => {
    expect(artifactReason({ code: 'UnknownError', message: 'Mailbox on litigation hold' })).toBe(
      'Mailbox on litigation hold',
    );
    expect(artifactReason({ code: 'ArtifactCannotBeRestored', message: 'Under a lock.' })).toBe('Under a lock.');
    expect(artifactReason({ code: 'ArtifactNotFound', message: 'Not found.' })).toBe(
      'The unit is no longer there (service: Not found.)',
    );
  });

  it('has words of its own only where the service has none', () => {
    expect(artifactReason({ code: 'DuplicateArtifactRestoreRequest', message: '' })).toBe(
      'Another session was restoring this unit',
    );
    expect(artifactReason({ code: 'UnknownError', message: '' })).toBe(NO_REASON);
    expect(artifactReason(undefined)).toBe(NO_REASON);
    expect(artifactReason({ code: 'BrandNewError', message: '' })).toBe('BrandNewError');
  });

  it('takes no code for a name of the language', () => {
    expect(artifactReason({ code: 'constructor', message: '' })).toBe('constructor');
    expect(artifactReason({ code: 'toString', message: 'Odd.' })).toBe('Odd.');
  });
});
