import type { UtcSeconds } from '../../shared/domain/time.ts';
import { formatDuration } from '../ui/time/format.ts';

/** When the network is tried next: `Next try in 40 s.`, `Trying now.`; absent where nobody said. */
export function nextTryInWords({
  isTrying,
  nextTryAt,
  now,
}: {
  readonly isTrying: boolean;
  readonly nextTryAt: UtcSeconds | undefined;
  readonly now: UtcSeconds;
}): string | undefined {
  if (isTrying || (nextTryAt !== undefined && nextTryAt <= now)) return 'Trying now.';
  return nextTryAt === undefined ? undefined : `Next try in ${formatDuration(nextTryAt - now)}.`;
}
