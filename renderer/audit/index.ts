export { AuditView } from './audit-view.tsx';
export { forgetAuditLook } from './audit-look.ts';
