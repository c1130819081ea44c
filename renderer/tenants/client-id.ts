const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** @returns the application id in lower case; `null` for an empty text, which is the shared application; `undefined` where it is no id */
export function readClientId(typed: string): string | null | undefined {
  const text = typed
    .trim()
    .replace(/^\{(.*)\}$/, '$1')
    .toLowerCase();
  if (text === '') return null;
  return GUID.test(text) ? text : undefined;
}
