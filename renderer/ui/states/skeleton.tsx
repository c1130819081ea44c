import { makeStyles, mergeClasses, Skeleton, SkeletonItem, tokens } from '@fluentui/react-components';
import { useDelayed } from './use-delayed.ts';

const useStyles = makeStyles({
  rows: {
    display: 'flex',
    flexDirection: 'column',
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    flexGrow: 1,
    minHeight: 0,
    overflow: 'hidden',
  },
  row: {
    display: 'grid',
    gap: '12px',
    padding: '0 12px',
    alignItems: 'center',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    flexShrink: 0,
  },
  frame: { flexGrow: 1 },
  still: { '@media (prefers-reduced-motion: reduce)': { '& *': { animationName: 'none' } } },
});

const places = (count: number) => Array.from({ length: count }, (_, place) => place);

/** Rows to come, with the columns' real widths. Nothing in the first 150 ms. */
export function SkeletonRows({
  widths,
  rowHeight = 32,
  rows = 14,
  label,
}: {
  widths: readonly string[];
  rowHeight?: number;
  rows?: number;
  label: string;
}) {
  const styles = useStyles();
  const isLate = useDelayed(true);
  if (!isLate) return <div className={styles.frame} aria-busy />;
  return (
    <Skeleton className={mergeClasses(styles.rows, styles.still)} aria-label={label}>
      {places(rows).map(row => (
        <div className={styles.row} key={row} style={{ gridTemplateColumns: widths.join(' '), height: rowHeight }}>
          {places(widths.length).map(column => (
            <SkeletonItem key={column} size={12} style={{ width: `${90 - ((row * 7 + column * 13) % 40)}%` }} />
          ))}
        </div>
      ))}
    </Skeleton>
  );
}

/** A few lines to come, for a panel or a card. */
export function SkeletonLines({ lines = 3, label }: { lines?: number; label: string }) {
  const styles = useStyles();
  const isLate = useDelayed(true);
  if (!isLate) return null;
  return (
    <Skeleton aria-label={label} className={styles.still}>
      {places(lines).map(line => (
        <SkeletonItem key={line} size={12} style={{ width: `${90 - ((line * 23) % 45)}%`, marginBottom: 12 }} />
      ))}
    </Skeleton>
  );
}
