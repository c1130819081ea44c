import type { AuditCatalog } from '../../api/audit.ts';
import type { Store } from '../store.ts';
import type { HandlersOf } from './handlers.ts';
import { limitOf } from './handlers.ts';

export const auditCalls = (store: Store): HandlersOf<AuditCatalog> => ({
  append: entry => store.work.audit.append(entry),
  list: ({ tenantId, afterSeq, limit }) => store.work.audit.list(tenantId, afterSeq ?? 0, limitOf(limit)),
  listAcrossTenants: ({ afterSeq, limit }) => store.work.audit.list(undefined, afterSeq ?? 0, limitOf(limit)),
});
