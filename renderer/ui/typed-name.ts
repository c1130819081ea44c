/** Whether a name was typed as shown: blanks around it don't count, letter case does. */
export function isTypedName(typed: string, expected: string): boolean {
  return expected.trim() !== '' && typed.normalize('NFC').trim() === expected.normalize('NFC').trim();
}
