import type { AuditListRow } from '../../shared/contract/audit.ts';
import { shortId } from '../ui/short-id.ts';

/** A target of one kind and id: `plan 3f0f…`. */
const TARGET = /^(\w+) (\S+)$/;

/** `Plan Friday`, or its kind with the short form of its id where it has no name here; what is worded already keeps its words. */
export function targetInWords({ target, targetName }: Pick<AuditListRow, 'target' | 'targetName'>): string {
  const [, kind, id] = TARGET.exec(target) ?? [];
  const words =
    kind === undefined || id === undefined
      ? target.replaceAll(/\S{15,}/g, shortId)
      : `${kind} ${targetName ?? shortId(id)}`;
  return words.charAt(0).toUpperCase() + words.slice(1);
}
