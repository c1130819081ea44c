import { Input, makeStyles, tokens } from '@fluentui/react-components';
import { Dismiss16Regular, Filter16Regular } from '@fluentui/react-icons';
import { useEffect, useRef, useState } from 'react';
import { useShortcut } from './shortcuts.ts';

const useStyles = makeStyles({
  box: { width: '220px', minWidth: '140px', flexShrink: 1 },
  key: {
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: '3px',
    padding: '0 6px',
    fontSize: '11px',
    lineHeight: '16px',
    fontFamily: tokens.fontFamilyBase,
    color: tokens.colorNeutralForeground3,
  },
  clear: {
    display: 'inline-flex',
    border: 'none',
    background: 'none',
    padding: '2px',
    cursor: 'pointer',
    color: 'inherit',
  },
});

/** A burst of typing asks once, when it pauses. */
const PAUSE_MILLIS = 120;

interface FilterBoxProps {
  readonly value: string;
  readonly onChange: (text: string) => void;
  /** What is filtered: "Filter units". */
  readonly label: string;
}

/** A field that filters what is below it. `/` goes there, Escape empties it. */
export function FilterBox({ value, onChange, label }: FilterBoxProps) {
  const styles = useStyles();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(value);
  const sent = useRef(value);
  useShortcut('/', label, () => input.current?.focus());
  // The filter can be taken away from outside, by a tile or by "show all".
  useEffect(() => {
    if (value !== sent.current) {
      sent.current = value;
      setTyped(value);
    }
  }, [value]);
  useEffect(() => {
    if (typed === sent.current) return undefined;
    const timer = setTimeout(() => {
      sent.current = typed;
      onChange(typed);
    }, PAUSE_MILLIS);
    return () => clearTimeout(timer);
  }, [typed, onChange]);
  return (
    <Input
      input={{ ref: input }}
      className={styles.box}
      value={typed}
      placeholder={label}
      aria-label={label}
      maxLength={200}
      contentBefore={<Filter16Regular aria-hidden />}
      contentAfter={
        typed === '' ? (
          <kbd className={styles.key} aria-hidden>
            /
          </kbd>
        ) : (
          <button type="button" className={styles.clear} aria-label="Clear the filter" onClick={() => setTyped('')}>
            <Dismiss16Regular />
          </button>
        )
      }
      onChange={(_, data) => setTyped(data.value)}
      onKeyDown={event => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        if (typed === '') input.current?.blur();
        else setTyped('');
      }}
    />
  );
}
