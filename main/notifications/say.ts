import type { Say } from '../../shared/domain/tenant-state.ts';
import { durationText } from '../reports/index.ts';

/** How a notification writes days, moments and counts, in the technician's zone. */
export function sayIn(timeZone: string): Say {
  const date = new Intl.DateTimeFormat('en-GB', { timeZone, day: 'numeric', month: 'short' });
  const moment = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  });
  return {
    date: at => date.format(at * 1_000),
    moment: at => moment.format(at * 1_000).replace(',', ''),
    duration: durationText,
    count: value => value.toLocaleString('en-GB'),
  };
}

/** The zone where the runtime knows it, else the machine's: one that another machine has set may be too new here. */
export function knownZone(timeZone: string | undefined): string {
  const machine = Intl.DateTimeFormat().resolvedOptions().timeZone;
  try {
    return Intl.DateTimeFormat('en-GB', { timeZone: timeZone ?? machine }).resolvedOptions().timeZone;
  } catch {
    return machine; // A RangeError: the one way to find out.
  }
}
