/** The longest address that mail can be sent to. */
const LONGEST = 254;
const ADDRESS = /^[^\s@"(),:;<>[\]\\]+@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/i;

/** Whether mail could be sent to it, by its form alone. */
export function isEmailAddress(text: string): boolean {
  const local = text.slice(0, text.lastIndexOf('@'));
  return (
    text.length <= LONGEST &&
    ADDRESS.test(text) &&
    !local.startsWith('.') &&
    !local.endsWith('.') &&
    !local.includes('..')
  );
}

/** Addresses as people write lists: one a line, or with commas or semicolons between. Each once, in the order written; letter case does not count. */
export function readAddresses(text: string): {
  readonly addresses: readonly string[];
  readonly wrong: readonly string[];
} {
  const parts = withoutRepeats(
    text
      .split(/[\r\n,;]+/)
      .map(part => part.trim())
      .filter(part => part !== ''),
  );
  return { addresses: parts.filter(isEmailAddress), wrong: parts.filter(part => !isEmailAddress(part)) };
}

/** Each address once, as it was written first. */
export function withoutRepeats(addresses: readonly string[]): string[] {
  const first = new Map<string, string>();
  for (const address of addresses) if (!first.has(address.toLowerCase())) first.set(address.toLowerCase(), address);
  return [...first.values()];
}
