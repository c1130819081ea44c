import { makeStyles, mergeClasses, ToggleButton, tokens } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { formatCount } from './number.ts';
import { ownColours } from './theme.ts';

const useStyles = makeStyles({
  group: { display: 'flex', gap: '8px', flexWrap: 'wrap' },
  chip: {
    minWidth: 0,
    fontWeight: tokens.fontWeightRegular,
    whiteSpace: 'nowrap',
    backgroundColor: tokens.colorNeutralBackground1,
  },
  on: {
    backgroundColor: ownColours.backstopChosen,
    border: `1px solid ${tokens.colorBrandStroke1}`,
    color: tokens.colorBrandForeground2,
    ':hover': { backgroundColor: ownColours.backstopChosen, color: tokens.colorBrandForeground2 },
  },
  count: { fontWeight: tokens.fontWeightSemibold, marginLeft: '8px' },
});

export interface Chip<Id extends string> {
  readonly id: Id;
  readonly word: string;
  readonly count?: number | undefined;
  readonly icon?: ReactElement;
}

/** A row of filters of which one is on. */
export function FilterChips<Id extends string>(props: {
  label: string;
  chips: readonly Chip<Id>[];
  on: Id;
  onChange: (id: Id) => void;
}) {
  const styles = useStyles();
  return (
    <div className={styles.group} role="group" aria-label={props.label}>
      {props.chips.map(chip => (
        <ToggleButton
          key={chip.id}
          className={mergeClasses(styles.chip, chip.id === props.on && styles.on)}
          checked={chip.id === props.on}
          onClick={() => props.onChange(chip.id)}
          {...(chip.icon === undefined ? {} : { icon: chip.icon })}
        >
          {chip.word}
          {chip.count !== undefined && <span className={styles.count}>{formatCount(chip.count)}</span>}
        </ToggleButton>
      ))}
    </div>
  );
}
