import { create } from 'zustand';
import type { Tenant } from '../../shared/contract/tenants.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { NoticeBar } from '../ui/notice-bar.tsx';
import { formatMomentAndAge } from '../ui/time/format.ts';
import { controllerChangeWords, isNews } from './controller-words.ts';

const useRead = create<{ changes: readonly string[] }>()(() => ({ changes: [] }));

interface ControllerChangeBarProps {
  readonly tenant: Pick<Tenant, 'id' | 'controllerChange'>;
  readonly zone: string;
  readonly now: UtcSeconds;
}

/** That somebody else controls Backup Storage here than at the look before. Said for a month or until it is dismissed, since the service tells nobody. */
export function ControllerChangeBar({ tenant, zone, now }: ControllerChangeBarProps) {
  const { controllerChange } = tenant;
  const key = `${tenant.id} ${controllerChange?.noticedAt ?? ''}`;
  const isRead = useRead(state => state.changes.includes(key));
  if (controllerChange === undefined || isRead || !isNews(controllerChange, now)) return null;
  const { text, title, tone } = controllerChangeWords(controllerChange, at => formatMomentAndAge(at, zone, now));
  return (
    <NoticeBar
      intent={tone === 'warning' ? 'warning' : 'info'}
      title={title}
      onDismiss={() => useRead.setState(state => ({ changes: [...state.changes, key] }))}
    >
      {text}
    </NoticeBar>
  );
}
