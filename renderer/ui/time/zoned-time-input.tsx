import { Field, Input, makeStyles, Option, Dropdown, Radio, RadioGroup, tokens } from '@fluentui/react-components';
import { DatePicker } from '@fluentui/react-datepicker-compat';
import { useId } from 'react';
import type { UtcSeconds } from '../../../shared/domain/time.ts';
import { formatMoment } from './format.ts';
import { dateProblem, readDate, readTypedTime, writeDate } from './typed-time.ts';
import type { ReadTime, TypedTime } from './typed-time.ts';
import { wallAt, zoneName } from './zone.ts';

const useStyles = makeStyles({
  fields: { display: 'flex', gap: '8px', alignItems: 'flex-start', flexWrap: 'wrap' },
  date: { width: '126px' },
  time: { width: '76px', '& input': { fontVariantNumeric: 'tabular-nums' } },
  zone: { minWidth: '150px', flexShrink: 1 },
  hint: {
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
  },
});

/** The package does not export its own `DayOfWeek`. */
const WEEK_STARTS_MONDAY = { firstDayOfWeek: 1 } as const;

/** A zone to type a time in: "Tenant, EET (Helsinki)". */
interface ZoneChoice {
  readonly zone: string;
  readonly word: string;
}

interface ZonedTimeInputProps {
  /** "Incident time: go back to before" */
  readonly label: string;
  readonly value: TypedTime;
  readonly onChange: (value: TypedTime) => void;
  readonly zones: readonly ZoneChoice[];
  readonly now: UtcSeconds;
  /** Said beneath the fields while they read well: the other zone, UTC, how long ago. */
  readonly hint?: string | undefined;
  /** Which days can be picked; those up to today unless given. What is typed is judged by `problem`. */
  readonly limits?: { readonly from: UtcSeconds; readonly until: UtcSeconds } | undefined;
  /** What is wrong with the instant itself, such as lying in the future. */
  readonly problem?: string | undefined;
}

/** What to say of fields that name no instant; nothing for empty ones. */
function problemOf(read: ReadTime, typed: TypedTime, now: UtcSeconds): string | undefined {
  switch (read.is) {
    case 'ok':
    case 'empty':
      return undefined;
    case 'badDate':
      return dateProblem(typed.date);
    case 'badTime':
      return 'Write the time with 24 hours, as 14:05.';
    case 'never':
      return `This time did not exist: clocks were put forward over it and went on at ${formatMoment(read.resumesAt, typed.zone, now)}.`;
    case 'twice':
      return 'This time came twice, since clocks were put back. Choose which one is meant.';
  }
}

/** A date, a 24 h time and the zone that both are typed in. `readTypedTime` says what the fields name. */
export function ZonedTimeInput({ label, value, onChange, zones, now, hint, limits, problem }: ZonedTimeInputProps) {
  const styles = useStyles();
  const id = useId();
  const read = readTypedTime(value);
  const change = (part: Partial<TypedTime>) => {
    const { which: _, ...rest } = { ...value, ...part };
    onChange(part.which === undefined ? rest : { ...rest, which: part.which });
  };
  const { which: __, ...unchosen } = value;
  const both = readTypedTime(unchosen);
  const said = problemOf(read, value, now) ?? problem;
  const date = readDate(value.date);
  const today = wallAt(value.zone, now);
  const dayOf = (at: UtcSeconds) => {
    const wall = wallAt(value.zone, at);
    return new Date(wall.year, wall.month - 1, wall.day);
  };
  // The picker empties a field that holds no date, and with it what one wants to correct. So it always holds one: of an unreadable
  // text a noon of today, which no day of its calendar equals, shown as the text itself.
  const held =
    date === undefined
      ? new Date(today.year, today.month - 1, today.day, 12)
      : new Date(date.year, date.month - 1, date.day);
  return (
    <Field
      label={{ children: label, id: `${id}-label`, htmlFor: `${id}-date` }}
      validationState={said === undefined ? 'none' : read.is === 'twice' ? 'warning' : 'error'}
      {...(said === undefined ? (hint === undefined ? {} : { hint }) : { validationMessage: said })}
    >
      {/* The field's own wiring would name all three controls alike; each is named by its own label instead. */}
      {() => (
        <div role="group" aria-labelledby={`${id}-label`}>
          <div className={styles.fields}>
            <DatePicker
              id={`${id}-date`}
              className={styles.date}
              allowTextInput
              aria-label={`${label}, date`}
              placeholder="20.11.2026"
              value={held}
              // What was typed stays as it was typed, also where it reads well: half a date may be one already (2026-11-2).
              formatDate={shown =>
                shown === undefined || shown.getTime() === held.getTime()
                  ? value.date
                  : writeDate({ year: shown.getFullYear(), month: shown.getMonth() + 1, day: shown.getDate() })
              }
              onSelectDate={chosen => {
                if (chosen !== null && chosen !== undefined)
                  change({
                    date: writeDate({
                      year: chosen.getFullYear(),
                      month: chosen.getMonth() + 1,
                      day: chosen.getDate(),
                    }),
                  });
              }}
              today={dayOf(now)}
              {...(limits === undefined ? {} : { minDate: dayOf(limits.from) })}
              maxDate={dayOf(limits?.until ?? now)}
              {...WEEK_STARTS_MONDAY}
              onChange={event => {
                if (event.target instanceof HTMLInputElement) change({ date: event.target.value });
              }}
            />
            <Input
              id={`${id}-time`}
              className={styles.time}
              aria-label={`${label}, time`}
              aria-labelledby={`${id}-time`}
              placeholder="14:05"
              value={value.time}
              onChange={(_event, data) => change({ time: data.value })}
            />
            <Dropdown
              id={`${id}-zone`}
              className={styles.zone}
              aria-label={`${label}, time zone`}
              aria-labelledby={`${id}-zone`}
              value={zones.find(choice => choice.zone === value.zone)?.word ?? value.zone}
              selectedOptions={[value.zone]}
              onOptionSelect={(_event, data) => {
                if (data.optionValue !== undefined) change({ zone: data.optionValue });
              }}
            >
              {zones.map(choice => (
                <Option key={choice.zone} value={choice.zone} text={choice.word}>
                  {choice.word}
                </Option>
              ))}
            </Dropdown>
          </div>
          {both.is === 'twice' && (
            <RadioGroup
              layout="horizontal"
              aria-label="Which of the two"
              value={value.which ?? ''}
              onChange={(_event, data) => change({ which: data.value === 'first' ? 'first' : 'second' })}
            >
              <Radio value="first" label={`the first, ${zoneName(value.zone, both.first)}`} />
              <Radio value="second" label={`the second, ${zoneName(value.zone, both.second)}`} />
            </RadioGroup>
          )}
        </div>
      )}
    </Field>
  );
}
