/** A long id in a row: its first eight and last four characters. Short ones stay whole. */
export function shortId(id: string): string {
  return id.length <= 14 ? id : `${id.slice(0, 8)}…${id.slice(-4)}`;
}
