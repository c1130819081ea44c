import { makeStyles, tokens } from '@fluentui/react-components';
import { ownColours } from './theme.ts';

const useStyles = makeStyles({
  bar: {
    display: 'flex',
    gap: '1px',
    width: '100%',
    overflow: 'hidden',
    borderRadius: '2px',
    backgroundColor: tokens.colorNeutralStroke1,
  },
  part: { height: '100%', minWidth: '2px', forcedColorAdjust: 'none' },
});

const colours = {
  done: ownColours.backstopDone,
  failed: tokens.colorStatusDangerBackground3,
  running: ownColours.backstopHeat3,
  waiting: tokens.colorNeutralStroke1,
} as const;

export interface BarPart {
  readonly is: keyof typeof colours;
  readonly count: number;
}

/** Parts of a whole side by side. The words beneath it are the caller's; `label` says them to a screen reader. */
export function StackedBar({
  parts,
  label,
  height = 12,
}: {
  parts: readonly BarPart[];
  label: string;
  height?: 6 | 12;
}) {
  const styles = useStyles();
  return (
    <div className={styles.bar} style={{ height }} role="img" aria-label={label}>
      {parts
        .filter(part => part.count > 0)
        .map(part => (
          <span
            key={part.is}
            className={styles.part}
            style={{ flexGrow: part.count, backgroundColor: colours[part.is] }}
          />
        ))}
    </div>
  );
}
