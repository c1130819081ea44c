import { useMutation } from '@tanstack/react-query';
import type { AuditFilter } from '../../shared/contract/audit.ts';
import { useClient } from '../store/index.ts';
import { saveFile } from '../ui/save-file.ts';

const types = { csv: 'text/csv;charset=utf-8', jsonl: 'application/jsonl;charset=utf-8' } as const;
type ExportFormat = keyof typeof types;

/** Gathers the pieces of an export of these rows and hands the file over as a download. */
export function useAuditExport(filter: AuditFilter) {
  const client = useClient();
  return useMutation({
    mutationFn: async (format: ExportFormat) => {
      const pieces: string[] = [];
      let fileName = `audit.${format}`;
      for await (const piece of await client.audit.export({ filter, format })) {
        fileName = piece.fileName;
        pieces.push(piece.text);
      }
      saveFile(new Blob(pieces, { type: types[format] }), fileName);
      return fileName;
    },
  });
}
