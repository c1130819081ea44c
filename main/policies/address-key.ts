/** An e-mail or site address as addresses are compared: without case, and without a slash at the end. */
export function addressKey(address: string): string {
  return address.toLowerCase().replace(/\/+$/, '');
}
