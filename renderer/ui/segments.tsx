import { makeStyles, mergeClasses, Radio, RadioGroup, tokens } from '@fluentui/react-components';
import { ownColours } from './theme.ts';

const useStyles = makeStyles({
  group: {
    display: 'inline-flex',
    gap: 0,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground1,
    overflow: 'hidden',
  },
  segment: {
    position: 'relative',
    borderRight: `1px solid ${tokens.colorNeutralStroke1}`,
    ':last-child': { borderRight: 'none' },
    ':focus-within': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  on: {
    backgroundColor: ownColours.backstopChosen,
    color: tokens.colorBrandForeground2,
    fontWeight: tokens.fontWeightSemibold,
  },
  hidden: { position: 'absolute', opacity: 0, width: '100%', height: '100%', margin: 0, inset: 0, cursor: 'pointer' },
  none: { display: 'none' },
  word: {
    padding: '5px 12px',
    fontSize: tokens.fontSizeBase300,
    lineHeight: tokens.lineHeightBase300,
    color: 'inherit',
    fontWeight: 'inherit',
    cursor: 'pointer',
  },
});

export interface Segment<Id extends string> {
  readonly id: Id;
  readonly word: string;
}

/** One of a few, side by side: radio buttons that look like segments. */
export function Segments<Id extends string>(props: {
  label: string;
  segments: readonly Segment<Id>[];
  value: Id;
  onChange: (id: Id) => void;
}) {
  const styles = useStyles();
  return (
    <RadioGroup
      layout="horizontal"
      aria-label={props.label}
      className={styles.group}
      value={props.value}
      onChange={(_, data) => {
        const chosen = props.segments.find(segment => segment.id === data.value);
        if (chosen !== undefined) props.onChange(chosen.id);
      }}
    >
      {props.segments.map(segment => (
        <Radio
          key={segment.id}
          value={segment.id}
          className={mergeClasses(styles.segment, segment.id === props.value && styles.on)}
          input={{ className: styles.hidden }}
          indicator={{ className: styles.none }}
          label={{ children: segment.word, className: styles.word }}
        />
      ))}
    </RadioGroup>
  );
}
