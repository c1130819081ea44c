import { holders } from '../control.ts';
import { tenantLevels } from '../tenant-state.ts';
import type { Happening, NotificationPlace, NotificationSort } from './happening.ts';
import { placeOf } from './happening.ts';

/** One notification, ready to be shown: plain text. */
export interface Notice {
  readonly title: string;
  readonly body: string;
  readonly opens: NotificationPlace;
}

const NAMES_SAID = 3;

const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`;

/** `A, B, C and 2 more` */
function namesInWords(names: readonly string[]): string {
  const distinct = [...new Set(names)];
  const more = distinct.length - NAMES_SAID;
  if (more > 0) return `${distinct.slice(0, NAMES_SAID).join(', ')} and ${more.toLocaleString('en-GB')} more`;
  return distinct.length < 2 ? (distinct[0] ?? '') : `${distinct.slice(0, -1).join(', ')} and ${distinct.at(-1) ?? ''}`;
}

const levelWords = { critical: 'is critical', atRisk: 'is at risk' } as const;

/** What is told of one. */
export function toNotice(happening: Happening): Notice {
  const { tenantName } = happening;
  const opens = placeOf(happening);
  switch (happening.sort) {
    case 'restoreFinished':
      return {
        title: `Restore finished: ${tenantName}`,
        body: `${happening.planName}: ${counted(happening.units, 'unit')} restored.`,
        opens,
      };
    case 'restoreFailed': {
      const { failed, refused, units } = happening;
      const whole = failed + refused >= units;
      const parts = [
        ...(failed > 0 ? [`${failed.toLocaleString('en-GB')} of ${counted(units, 'unit')} failed`] : []),
        ...(refused > 0 ? [`the service refused ${counted(refused, 'unit')} at the start`] : []),
      ];
      return {
        title: whole ? `Restore failed: ${tenantName}` : `Restore finished with failures: ${tenantName}`,
        body: `${happening.planName}: ${parts.join('; ')}.`,
        opens,
      };
    }
    case 'restoreWaits':
      return {
        title: `Restore waits: ${tenantName}`,
        body: `${happening.planName} waits for ${happening.waitsFor}.`,
        opens,
      };
    case 'tenantUnsafe':
      return {
        title: `${tenantName} ${levelWords[happening.level]}`,
        body: [happening.reason, happening.consequence]
          .filter(text => text !== '')
          .map(text => `${text}.`)
          .join(' '),
        opens,
      };
    case 'controlLost':
      return {
        title: `Control lost: ${tenantName}`,
        body: `Control of Backup Storage passed from Backstop to ${holders[happening.to]}. Nothing can be restored from here.`,
        opens,
      };
  }
}

const sums: { readonly [S in NotificationSort]: (count: number) => string } = {
  restoreFinished: count => `${counted(count, 'restore')} finished`,
  restoreFailed: count => `${counted(count, 'restore')} finished with failures`,
  restoreWaits: count => `${counted(count, 'restore')} ${count === 1 ? 'waits' : 'wait'} for somebody`,
  tenantUnsafe: count => `${counted(count, 'tenant')} turned unsafe`,
  controlLost: count => `Control of ${counted(count, 'tenant')} lost`,
};

const HOME: NotificationPlace = { at: 'home' };

/** What is told of several of one sort in one: `3 tenants turned unsafe`, the worst first. */
export function toGatheredNotice(first: Happening, others: readonly Happening[]): Notice {
  if (others.length === 0) return toNotice(first);
  const all = [first, ...others].toSorted((a, b) => gravityOf(a) - gravityOf(b));
  return { title: sums[first.sort](all.length), body: gatheredBody(all), opens: HOME };
}

/** Worse before less bad. */
function gravityOf(happening: Happening): number {
  return happening.sort === 'tenantUnsafe' ? tenantLevels.indexOf(happening.level) : 0;
}

/** A line each for the first few, with their reasons; the names of all others are left to the list. */
function gatheredBody(all: readonly Happening[]): string {
  const lines = all
    .slice(0, NAMES_SAID)
    .map(happening =>
      happening.sort === 'tenantUnsafe'
        ? `${happening.tenantName}: ${happening.reason}`
        : 'planName' in happening
          ? `${happening.tenantName}: ${happening.planName}`
          : happening.tenantName,
    );
  const more = all.length - lines.length;
  return [...lines, ...(more > 0 ? [`and ${more.toLocaleString('en-GB')} more`] : [])].join('\n');
}

/** What happened in quiet hours, in one: a line for each sort, with the tenants' names. */
export function toSummaryNotice(held: readonly Happening[]): Notice {
  const [only] = held;
  if (only !== undefined && held.length === 1) return toNotice(only);
  const sorts = [...new Set(held.map(({ sort }) => sort))];
  const lines = sorts.map(sort => {
    const own = held.filter(happening => happening.sort === sort).toSorted((a, b) => gravityOf(a) - gravityOf(b));
    return `${sums[sort](own.length)}: ${namesInWords(own.map(({ tenantName }) => tenantName))}`;
  });
  return { title: `In the quiet hours: ${counted(held.length, 'notification')}`, body: lines.join('\n'), opens: HOME };
}
