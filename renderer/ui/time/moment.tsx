import { Tooltip } from '@fluentui/react-components';
import type { UtcSeconds } from '../../../shared/domain/time.ts';
import { toIso } from '../../../shared/domain/time.ts';
import { formatMoment, formatMomentAndAge, formatUtc } from './format.ts';

interface MomentProps {
  readonly at: UtcSeconds;
  /** The zone that it is shown in. */
  readonly zone: string;
  /** Now, by the clock that the age is judged by. */
  readonly now: UtcSeconds;
  /** Leaves the age out. */
  readonly withoutAge?: boolean;
}

/** A moment as `14:05 CET, 22 min ago`, with the whole time in UTC on hover and focus. */
export function Moment({ at, zone, now, withoutAge = false }: MomentProps) {
  return (
    <Tooltip content={formatUtc(at)} relationship="description" withArrow>
      <time dateTime={toIso(at)}>{withoutAge ? formatMoment(at, zone, now) : formatMomentAndAge(at, zone, now)}</time>
    </Tooltip>
  );
}
