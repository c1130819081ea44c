import { useMutation } from '@tanstack/react-query';
import type { GapFilter, GapOrder } from '../../shared/contract/gaps.ts';
import { useClient } from '../store/index.ts';
import { saveFile } from '../ui/save-file.ts';

const types = { csv: 'text/csv;charset=utf-8', html: 'text/html;charset=utf-8' } as const;

/** Gathers the pieces of an export and hands the file over as a download. */
export function useGapsExport(tenantId: string, filter: GapFilter, order: GapOrder) {
  const client = useClient();
  return useMutation({
    mutationFn: async (format: 'csv' | 'html') => {
      const pieces: string[] = [];
      let fileName = `gaps.${format}`;
      const wanted = format === 'csv' ? { tenantId, format, filter, order } : { tenantId, format };
      for await (const piece of await client.gaps.export(wanted)) {
        fileName = piece.fileName;
        pieces.push(piece.text);
      }
      saveFile(new Blob(pieces, { type: types[format] }), fileName);
      return fileName;
    },
  });
}
