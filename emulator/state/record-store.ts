/** Records by id, kept in the journal: what rules, jobs, requests and browse sessions have in common. */
import type { Journal } from './journal.ts';

export interface RecordStore<T extends { readonly id: string }> {
  list(): readonly T[];
  /** In any letter case. */
  find(id: string): T | undefined;
  put(record: T): void;
  remove(id: string): void;
}

export const createRecordStore = <T extends { readonly id: string }>(
  name: string,
  tenantId: string,
  journal: Journal,
): RecordStore<T> => {
  const keptAs = `${name} ${tenantId}`;
  const records = new Map<string, T>(journal.read<T>(keptAs));
  return {
    list: () => [...records.values()],
    find: id => records.get(id) ?? records.get(id.toLowerCase()),
    put: record => {
      records.set(record.id, record);
      journal.put(keptAs, record.id, record);
    },
    remove: id => {
      if (records.delete(id)) journal.remove(keptAs, id);
    },
  };
};
