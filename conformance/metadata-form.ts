import { type Example, isJson } from './example.ts';

/**
 * An example whose request says the same as the published one, in the metadata's form: what older pages write otherwise, no service
 * that follows the metadata could read. Times have colons, owners are `directoryObjectId`, chosen items are named by `id`.
 */
export function inMetadataForm(example: Example): Example {
  const { body, ...request } = example.request;
  // What is documented as refused is sent as it stands.
  return body === undefined || example.response.status >= 400
    ? example
    : { ...example, request: { ...request, body: mended(body) } };
}

const newerNames: Readonly<Record<string, string>> = {
  userId: 'directoryObjectId',
  granularMailboxRestoreArtifact: 'granularMailboxRestoreArtifacts',
};

function mended(value: unknown): unknown {
  if (typeof value === 'string') return mendedText(value);
  if (Array.isArray(value)) return value.map(mended);
  if (!isJson(value)) return value;
  // Only a granular artifact has both: its key is the id of what is to be restored.
  const isChosenItem = 'browseSessionId' in value && !('id' in value);
  return Object.fromEntries(
    Object.entries(value).map(([name, content]) => [
      isChosenItem && name === 'itemKey' ? 'id' : (newerNames[name] ?? name),
      mended(content),
    ]),
  );
}

function mendedText(text: string): string {
  return text.replace(/^(\d{4}-\d{2}-\d{2}T\d{2})-(\d{2})-(\d{2})/, '$1:$2:$3').replace(/^(https?):\s+\/\//, '$1://');
}
