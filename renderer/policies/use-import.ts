import { useMutation } from '@tanstack/react-query';
import type { ImportSummary } from '../../shared/contract/policies.ts';
import { IMPORT_CHUNK_BYTES } from '../../shared/contract/policies.ts';
import type { UnitKind } from '../../shared/domain/protection-unit.ts';
import { useClient } from '../store/index.ts';

/** Bytes as base64, as they cross the bridge. */
function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

/** Hands a list over to main in pieces and has it read line by line, in place of the `former` one. Nothing is sent to the service. */
export function useImport(tenantId: string, kind: UnitKind) {
  const client = useClient();
  return useMutation({
    mutationFn: async ({ list, former }: { list: Blob; former: string | undefined }): Promise<ImportSummary> => {
      if (former !== undefined) await client.policies.closeImport({ importId: former });
      const { importId } = await client.policies.openImport({ tenantId, kind });
      for (let from = 0; from < list.size; from += IMPORT_CHUNK_BYTES) {
        const piece = new Uint8Array(await list.slice(from, from + IMPORT_CHUNK_BYTES).arrayBuffer());
        await client.policies.addToImport({ importId, bytes: toBase64(piece) });
      }
      return await client.policies.readImport({ importId });
    },
  });
}

/** Reads a list again: another column, or its first line as data or as names. */
export function useReread() {
  const client = useClient();
  return useMutation({
    mutationFn: (how: { importId: string; column?: number; hasHeader?: boolean }) => client.policies.readImport(how),
  });
}
