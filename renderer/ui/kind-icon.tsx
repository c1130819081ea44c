import { Cloud16Regular, Globe16Regular, Mail16Regular } from '@fluentui/react-icons';
import type { UnitKind } from '../../shared/domain/protection-unit.ts';

const icons = { site: Globe16Regular, drive: Cloud16Regular, mailbox: Mail16Regular } as const;

/** The icon of a kind; its word stands beside it or in the row's name. */
export function KindIcon({ kind, className }: { kind: UnitKind; className?: string }) {
  const Icon = icons[kind];
  return <Icon aria-hidden {...(className === undefined ? {} : { className })} />;
}
