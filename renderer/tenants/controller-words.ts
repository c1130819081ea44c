import type { Controller, Tenant } from '../../shared/contract/tenants.ts';
import { holders, isControlLost, isTakeoverCancelled, takeover } from '../../shared/domain/control.ts';
import { DAY } from '../../shared/domain/time.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import type { Tone } from '../ui/unit-words.ts';

interface ControllerWords {
  /** In a column: "Backstop until 2 Dec". */
  readonly short: string;
  /** The same within a sentence, where that is another: "another app". */
  readonly within?: string;
  /** What it means for work here; absent where all is as usual. */
  readonly notice?: { readonly title: string; readonly text: string };
  readonly tone: Tone;
}

/** Who controls Backup Storage, in words. `date` writes a moment as a day. */
export function controllerWords(controller: Controller, date: (at: UtcSeconds) => string): ControllerWords {
  switch (controller.by) {
    case 'ours':
      return { short: 'Backstop', tone: 'good' };
    case 'pending': {
      const from = controller.fromAt === undefined ? '' : ` from ${date(controller.fromAt)}`;
      return {
        short: `Backstop${from === '' ? ', pending' : from}`,
        tone: 'waiting',
        notice: {
          title: 'Read-only until control passes to Backstop.',
          text: `Backstop controls Backup Storage here${from === '' ? ' once the change takes effect' : from}. Until then units can be seen, and nothing can be restored from here.`,
        },
      };
    }
    case 'leaving': {
      const until = controller.untilAt === undefined ? '' : ` until ${date(controller.untilAt)}`;
      return {
        short: `Backstop${until === '' ? ', leaving' : until}`,
        tone: 'warning',
        notice: {
          title: 'Control passes to another app.',
          text: `Restores work as before${until}. The service tells nobody of such a change: ask the customer whether it is meant.`,
        },
      };
    }
    case 'anotherApp':
      return {
        short: 'Another app',
        within: holders.anotherApp,
        tone: 'neutral',
        notice: {
          title: 'Another app controls Backup Storage here.',
          text: `Restores are made with that app. ${takeover.anotherApp}; it is asked for under Service.`,
        },
      };
    case 'microsoft':
      return {
        short: 'Microsoft’s own tool',
        tone: 'neutral',
        notice: {
          title: 'Microsoft’s own tool controls Backup Storage here.',
          text: `Restores are made in the Microsoft 365 admin center. ${takeover.microsoft}.`,
        },
      };
    case 'nobody':
      return {
        short: 'Nobody',
        within: holders.nobody,
        tone: 'neutral',
        notice: {
          title: 'Nobody controls Backup Storage here.',
          text: `${takeover.nobody}: register and activate Backstop’s app under Service.`,
        },
      };
    case 'unknown':
      return { short: 'Not known', within: 'nobody that is known', tone: 'neutral' };
  }
}

type ControllerChange = NonNullable<Tenant['controllerChange']>;

/** A change noticed longer ago than this is how things are, even to who has not been here since. */
const NEWS_FOR = 30 * DAY;

/** Whether a change of controller is still to be said. What is dismissed is dismissed for this window alone, so it must end by itself. */
export function isNews({ noticedAt }: Pick<ControllerChange, 'noticedAt'>, now: UtcSeconds): boolean {
  return now - noticedAt < NEWS_FOR;
}

/** A change of controller that a look noticed, in words. `moment` writes when that was. */
export function controllerChangeWords(
  { from, noticedAt, to }: ControllerChange,
  moment: (at: UtcSeconds) => string,
): { readonly title: string; readonly text: string; readonly tone: Tone } {
  const isWarning = isControlLost({ from, to }) || to.by === 'leaving';
  const noticed = `Noticed at ${moment(noticedAt)}; the service tells nobody, so it may be older.`;
  const told = takeoverWords({ from, to });
  if (told !== undefined) return { ...told, text: `${noticed} ${told.text}` };
  const next = isWarning
    ? ' Ask the customer whether it is meant.'
    : to.by === 'ours'
      ? ' Restores can be made from here.'
      : '';
  return {
    title: `Controller changed from ${holders[from.by]} to ${holders[to.by]}.`,
    text: `${noticed}${next}`,
    tone: isWarning ? 'warning' : 'neutral',
  };
}

/** Changes that say more than who controlled before and who does now. */
function takeoverWords({
  from,
  to,
}: Pick<ControllerChange, 'from' | 'to'>):
  | { readonly title: string; readonly text: string; readonly tone: Tone }
  | undefined {
  if (to.by === 'leaving')
    return {
      title: 'Another app is taking control over.',
      text: 'Ask the customer whether it is meant: their backup administrator can cancel it, Backstop can’t.',
      tone: 'warning',
    };
  if (from.by === 'leaving' && to.by === 'ours')
    return {
      title: 'The takeover by another app was cancelled.',
      text: 'Backstop keeps control; restores can be made from here.',
      tone: 'neutral',
    };
  if (from.by === 'pending' && to.by === 'ours')
    return {
      title: 'Control has passed to Backstop.',
      text: 'Enable Backup Storage with the owner’s billing, under Service. Restores can be made from here.',
      tone: 'neutral',
    };
  if (isTakeoverCancelled({ from, to }))
    return {
      title: `Backstop’s takeover was cancelled: ${holders[to.by]} keeps control.`,
      text: 'The customer’s administrator can cancel it. Ask them whether it is meant.',
      tone: 'warning',
    };
  return undefined;
}
