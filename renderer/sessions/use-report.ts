import { useMutation } from '@tanstack/react-query';
import { useClient } from '../store/index.ts';
import { saveFile } from '../ui/save-file.ts';

const types = { html: 'text/html;charset=utf-8', csv: 'text/csv;charset=utf-8' } as const;
export type ReportFormat = keyof typeof types;

/** Gathers the pieces of a plan's report and hands the file over as a download. */
export function useReport(planId: string) {
  const client = useClient();
  return useMutation({
    mutationFn: async (format: ReportFormat) => {
      const pieces: string[] = [];
      let fileName = `report.${format}`;
      for await (const piece of await client.sessions.report({ planId, format })) {
        fileName = piece.fileName;
        pieces.push(piece.text);
      }
      saveFile(new Blob(pieces, { type: types[format] }), fileName);
      return fileName;
    },
  });
}
