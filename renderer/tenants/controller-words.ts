import type { Controller } from '../../shared/contract/tenants.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import type { Tone } from '../ui/unit-words.ts';

interface ControllerWords {
  /** In a column: "Backstop until 2 Dec". */
  readonly short: string;
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
        tone: 'neutral',
        notice: {
          title: 'Another app controls Backup Storage here.',
          text: 'Restores are made with that app. A takeover needs the customer’s administrator and a date 7 to 30 days ahead.',
        },
      };
    case 'microsoft':
      return {
        short: 'Microsoft’s own tool',
        tone: 'neutral',
        notice: {
          title: 'Microsoft’s own tool controls Backup Storage here.',
          text: 'Restores are made in the Microsoft 365 admin center. A takeover needs a date 7 to 30 days ahead, and control can’t be given back.',
        },
      };
    case 'nobody':
      return {
        short: 'Nobody',
        tone: 'neutral',
        notice: {
          title: 'Nobody controls Backup Storage here.',
          text: 'Backstop’s app has to be registered and activated by the customer’s administrator; it takes effect at once.',
        },
      };
    case 'unknown':
      return { short: 'Not known', tone: 'neutral' };
  }
}
