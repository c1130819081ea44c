import { Dropdown, makeStyles, Option } from '@fluentui/react-components';
import { DatePicker } from '@fluentui/react-datepicker-compat';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { auditWordsOf } from '../../shared/domain/audit-words.ts';
import { keys, queries, useClient } from '../store/index.ts';
import { FilterBox } from '../ui/filter-box.tsx';
import { readDate, writeDate } from '../ui/time/typed-time.ts';
import type { TypedDate } from '../ui/time/typed-time.ts';
import { wallAt } from '../ui/time/zone.ts';
import type { AuditQuery } from './audit-query.ts';

const useStyles = makeStyles({
  filters: { display: 'flex', alignItems: 'center', gap: '8px', flexWrap: 'wrap', flexShrink: 0 },
  choice: { minWidth: '120px', width: '164px' },
  day: { width: '136px' },
});

interface AuditFiltersProps {
  readonly query: AuditQuery;
  readonly onQuery: (part: Partial<AuditQuery>) => void;
  /** The tenant whose tab it is; absent in the view across tenants, which offers them. */
  readonly tenantId: string | undefined;
  readonly zone: string;
  readonly now: UtcSeconds;
}

/** By text, tenant, what, who and days. */
export function AuditFilters({ query, onQuery, tenantId, zone, now }: AuditFiltersProps) {
  const styles = useStyles();
  const client = useClient();
  const tenants = useQuery(queries.tenants(client)).data ?? [];
  const meant = tenantId ?? query.tenantId;
  const choices = useQuery({
    queryKey: [...keys.audit, 'choices', meant ?? ''],
    queryFn: ({ signal }) => client.audit.choices(meant === undefined ? {} : { tenantId: meant }, { signal }),
  }).data ?? { who: [], what: [] };
  return (
    <div className={styles.filters} role="group" aria-label="Filters">
      <FilterBox value={query.text} onChange={text => onQuery({ text })} label="Search the audit" />
      {tenantId === undefined && (
        <Choice
          label="Tenant"
          all="All tenants"
          value={query.tenantId}
          onChange={chosen => onQuery({ tenantId: chosen })}
          options={tenants.map(({ id, displayName }) => ({ id, word: displayName }))}
        />
      )}
      <Choice
        label="What"
        all="Every change"
        value={query.what}
        onChange={what => onQuery({ what })}
        options={choices.what
          .map(id => ({ id, word: auditWordsOf(id) }))
          .toSorted((a, b) => a.word.localeCompare(b.word))}
      />
      <Choice
        label="Who"
        all="Everyone"
        value={query.who}
        onChange={who => onQuery({ who })}
        options={choices.who.map(id => ({ id, word: id }))}
      />
      <Day label="From day" value={query.fromDay} onChange={fromDay => onQuery({ fromDay })} zone={zone} now={now} />
      <Day label="To day" value={query.toDay} onChange={toDay => onQuery({ toDay })} zone={zone} now={now} />
    </div>
  );
}

/** Stands for "no choice" among the options, where an id can't be empty. */
const ALL = '';

function Choice(props: {
  label: string;
  all: string;
  value: string | undefined;
  onChange: (id: string | undefined) => void;
  options: readonly { readonly id: string; readonly word: string }[];
}) {
  const { label, all, value, onChange, options } = props;
  const styles = useStyles();
  // A choice that no row has any more still filters, and so must be seen.
  const shown =
    value === undefined || options.some(({ id }) => id === value) ? options : [...options, { id: value, word: value }];
  return (
    <Dropdown
      className={styles.choice}
      aria-label={label}
      value={shown.find(({ id }) => id === value)?.word ?? all}
      selectedOptions={[value ?? ALL]}
      onOptionSelect={(_, data) => onChange(data.optionValue === ALL ? undefined : data.optionValue)}
    >
      <Option value={ALL} text={all}>
        {all}
      </Option>
      {shown.map(({ id, word }) => (
        <Option key={id} value={id} text={word}>
          {word}
        </Option>
      ))}
    </Dropdown>
  );
}

/** The package does not export its own `DayOfWeek`. */
const WEEK_STARTS_MONDAY = { firstDayOfWeek: 1 } as const;

const toDate = ({ year, month, day }: TypedDate): Date => new Date(year, month - 1, day);

const toTypedDate = (date: Date): TypedDate => ({
  year: date.getFullYear(),
  month: date.getMonth() + 1,
  day: date.getDate(),
});

// The picker writes its value over what is being typed whenever the value or this function is another one, so both stay the same.
const formatDate = (date?: Date): string => (date === undefined ? '' : writeDate(toTypedDate(date)));

function parseDate(text: string): Date | null {
  const read = readDate(text);
  return read === undefined ? null : toDate(read);
}

/** A day, typed or picked; empty means no bound. A text that names no day is not kept: an empty field filters nothing. */
function Day(props: {
  label: string;
  value: TypedDate | undefined;
  onChange: (day: TypedDate | undefined) => void;
  zone: string;
  now: UtcSeconds;
}) {
  const { label, value, onChange, zone, now } = props;
  const styles = useStyles();
  const today = toDate(wallAt(zone, now));
  const shown = useMemo(() => (value === undefined ? null : toDate(value)), [value]);
  return (
    <DatePicker
      className={styles.day}
      allowTextInput
      aria-label={label}
      placeholder={label}
      value={shown}
      parseDateFromString={parseDate}
      formatDate={formatDate}
      onSelectDate={date => onChange(date === null || date === undefined ? undefined : toTypedDate(date))}
      today={today}
      maxDate={today}
      {...WEEK_STARTS_MONDAY}
    />
  );
}
