/** A site's address without its host, which all sites of a tenant share: `…/sites/finance`. A mailbox's or owner's stays whole. */
export function shortAddress(address: string): string {
  const path = /^https?:\/\/[^/]+(\/.+)$/.exec(address)?.[1];
  return path === undefined ? address : `…${path}`;
}
