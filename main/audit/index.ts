export { AuditService } from './audit-service.ts';
