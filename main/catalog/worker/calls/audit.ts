import type { AuditCatalog } from '../../api/audit.ts';
import { walkAudit } from '../audit-walk.ts';
import { findAudit, listAudit } from '../find-audit.ts';
import type { Store } from '../store.ts';
import type { HandlersOf } from './handlers.ts';
import { limitOf } from './handlers.ts';

export const auditCalls = (store: Store): HandlersOf<AuditCatalog> => ({
  append: entry => store.work.audit.append(entry),
  list: ({ tenantId, afterSeq, limit }) => store.work.audit.list(tenantId, afterSeq ?? 0, limitOf(limit)),
  listAcrossTenants: ({ question, afterSeq, limit }) =>
    listAudit(store.work.audit, question ?? {}, afterSeq ?? 0, limitOf(limit)),
  find: (question, { offset, limit }) => findAudit(store.work.audit, question, { offset, limit: limitOf(limit) }),
  findRow: seq => store.work.audit.find(seq),
  choices: tenantId => ({ who: store.work.audit.who(tenantId), what: store.work.audit.what(tenantId) }),
  findHead: () => store.work.audit.findLast(),
  verify: kept => walkAudit(store.work.audit, kept),
});
