import type { FileHistory } from '../migration.ts';
import { first } from './001-first.ts';
import { auditChain } from './002-audit-chain.ts';

/** `work.db`: the technician's own, and what can't be asked for again. */
export const workHistory: FileHistory = { name: 'work', applicationId: 0x42_4b_53_77, migrations: [first, auditChain] };
