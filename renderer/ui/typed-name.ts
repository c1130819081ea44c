import { isTenantNamed } from '../../shared/domain/tenant-naming.ts';

/**
 * Whether a name was typed as shown: blanks around it don't count, letter case does.
 *
 * @param or what may be typed in its place, in any letter case: the tenant's domain
 */
export function isTypedName(typed: string, expected: string, or = ''): boolean {
  return isTenantNamed(typed, { displayName: expected, domain: or });
}

/** What is wrong with what was typed so far. Letter case is named only where it is all that differs. */
export function mismatchInWords(typed: string, expected: string, or = ''): string {
  const isCaseAlone = isTenantNamed(typed, { displayName: '', domain: expected });
  if (isCaseAlone) return 'The name does not match yet: capital letters count.';
  return or === '' ? 'The name does not match yet.' : 'It is neither the name nor the domain yet.';
}
