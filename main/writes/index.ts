/** Changes that are sent once: on disk before they leave, in the audit after their answer, settled by reading where it was lost. */
export { AuditedWrites, type WriteOutcome, type WritesOptions } from './audited-writes.ts';
export type { Settled, WriteFacts, WriteKind } from './write-kind.ts';
