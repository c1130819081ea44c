import type { AuditListRow } from '../../shared/contract/audit.ts';
import { shortId } from '../ui/short-id.ts';

/** A target of one kind and id: `plan 3f0f…`. */
const TARGET = /^(\w+) (\S+)$/;

/** `Plan Friday`, `Tenant Contoso`, or its kind with the short form of its id where it has no name here; what is worded already keeps its words. */
export function targetInWords({
  target,
  targetName,
  tenantId,
  tenantName,
}: Pick<AuditListRow, 'target' | 'targetName' | 'tenantId' | 'tenantName'>): string {
  const [, kind, id] = TARGET.exec(target) ?? [];
  const words =
    tenantName !== undefined && target.endsWith(`tenant ${tenantId}`)
      ? `${target.slice(0, -tenantId.length)}${tenantName}`
      : kind === undefined || id === undefined
        ? target.replaceAll(/\S{15,}/g, shortId)
        : `${kind} ${targetName ?? shortId(id)}`;
  return words.charAt(0).toUpperCase() + words.slice(1);
}
