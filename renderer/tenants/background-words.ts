import type { BackgroundPause, TenantInBackground } from '../../shared/contract/background.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { messageFor } from '../ui/messages.ts';
import type { WordContext } from '../ui/messages.ts';
import { formatQuantity } from '../ui/number.ts';

/** What the words about the background sync need. */
export interface BackgroundWords {
  readonly context: WordContext;
  readonly moment: (at: UtcSeconds) => string;
  readonly questionsADay: number;
}

/** Why the background sync leaves a tenant alone: `Background sync pauses until 15:05 UTC: …` */
function pauseInWords(pause: BackgroundPause, { context, moment, questionsADay }: BackgroundWords): string {
  if (pause.why === 'account') return 'Background sync pauses: the account for this tenant is not signed in.';
  const until = `Background sync pauses until ${moment(pause.untilAt)}: `;
  switch (pause.why) {
    case 'throttled':
      return `${until}Microsoft Graph is slowing this tenant down.`;
    case 'budget':
      return `${until}the ${formatQuantity(questionsADay, 'question')} of today are used up.`;
    case 'failed': {
      const { what, next } = messageFor(pause.error, context);
      return `${until}${what} ${next}`;
    }
  }
}

/** When a tenant was synced last, and what the background sync has to say of it. */
export function tenantInWords(
  syncedAt: UtcSeconds | undefined,
  background: Pick<TenantInBackground, 'pause' | 'lacks'> | undefined,
  words: BackgroundWords,
): string {
  const said = [syncedAt === undefined ? 'Never synced.' : `Last synced ${words.moment(syncedAt)}.`];
  if (background?.pause !== undefined) said.push(pauseInWords(background.pause, words));
  else if (background?.lacks !== undefined)
    said.push(`Not all of it could be read: ${messageFor(background.lacks, words.context).what}`);
  return said.join(' ');
}
