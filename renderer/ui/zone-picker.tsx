import { Combobox, Option } from '@fluentui/react-components';
import { useMemo, useState } from 'react';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { allZones, matchingZones, zoneName } from './time/zone.ts';

/** A list longer than this is a wall; typing more letters shortens it. */
const SHOWN = 60;

interface ZonePickerProps {
  readonly value: string | undefined;
  readonly onChange: (zone: string) => void;
  /** For the abbreviations, which change with summer time. */
  readonly now: UtcSeconds;
  readonly id?: string;
  readonly placeholder?: string;
}

/** Chooses an IANA zone by typing a part of its name. */
export function ZonePicker({ value, onChange, now, placeholder, ...rest }: ZonePickerProps) {
  const [typed, setTyped] = useState<string | undefined>(undefined);
  const zones = useMemo(() => allZones(), []);
  const found = useMemo(() => matchingZones(zones, typed ?? '').slice(0, SHOWN), [zones, typed]);
  return (
    <Combobox
      {...rest}
      freeform
      value={typed ?? value ?? ''}
      selectedOptions={value === undefined ? [] : [value]}
      placeholder={placeholder ?? 'Type a city or region'}
      onChange={event => setTyped(event.target.value)}
      onOptionSelect={(_, data) => {
        if (data.optionValue === undefined) return;
        setTyped(undefined);
        onChange(data.optionValue);
      }}
      onBlur={() => setTyped(undefined)}
    >
      {found.length === 0 ? (
        <Option disabled value="" text="">
          No zone has that name
        </Option>
      ) : (
        found.map(zone => (
          <Option key={zone} value={zone} text={zone}>
            {`${zone.replaceAll('_', ' ')} · ${zoneName(zone, now)}`}
          </Option>
        ))
      )}
    </Combobox>
  );
}
