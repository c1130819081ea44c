import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { Window16Regular } from '@fluentui/react-icons';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { useHostNow, useMyZone } from '../store/index.ts';
import { KindIcon } from '../ui/kind-icon.tsx';
import { shortAddress } from '../ui/short-address.ts';
import { TenantSquare } from '../ui/tenant-square.tsx';
import { ownColours } from '../ui/theme.ts';
import { formatShortDate } from '../ui/time/format.ts';
import { kindWords, unitState } from '../ui/unit-words.ts';
import type { FoundEntry, FoundRow } from './found.ts';

const HEIGHT = 32;
const MOST_SHOWN = 12;

const useStyles = makeStyles({
  scroller: { overflowY: 'auto', position: 'relative' },
  row: {
    position: 'absolute',
    top: 0,
    left: 0,
    right: 0,
    height: `${HEIGHT}px`,
    display: 'flex',
    alignItems: 'center',
    gap: '8px',
    padding: '0 8px',
    boxSizing: 'border-box',
    borderRadius: tokens.borderRadiusMedium,
    cursor: 'pointer',
    ':hover': { backgroundColor: tokens.colorSubtleBackgroundHover },
  },
  active: {
    backgroundColor: ownColours.backstopChosen,
    ':hover': { backgroundColor: ownColours.backstopChosen },
    '@media (forced-colors: active)': { outline: '2px solid Highlight', outlineOffset: '-2px' },
  },
  heading: {
    cursor: 'default',
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightSemibold,
    color: tokens.colorNeutralForeground2,
    ':hover': { backgroundColor: 'transparent' },
  },
  icon: { flexShrink: 0, color: tokens.colorNeutralForeground2 },
  name: { flexShrink: 1, minWidth: '30%', overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  quiet: {
    flexShrink: 2,
    minWidth: 0,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground3,
  },
  state: { marginLeft: 'auto', flexShrink: 0 },
});

interface FoundListProps {
  readonly id: string;
  readonly rows: readonly FoundRow[];
  /** The index of the row that Enter opens. */
  readonly active: number;
  readonly onChoose: (id: string) => void;
  readonly onGo: (index: number) => void;
}

/** What was found; only the rows on screen exist. The field above keeps the focus and says which row is the active one. */
export function FoundList({ id, rows, active, onChoose, onGo }: FoundListProps) {
  const styles = useStyles();
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => HEIGHT,
    overscan: 6,
  });
  const entries = rows.flatMap(row => (row.is === 'heading' ? [] : row.id));
  const { scrollToIndex } = virtualizer;
  useEffect(() => {
    // The first entry stands below a heading, which is to be seen with it.
    if (active >= 0) scrollToIndex(active === 1 ? 0 : active, { align: 'auto' });
  }, [active, scrollToIndex, rows.length]);
  return (
    <div
      ref={scroller}
      className={styles.scroller}
      style={{ height: Math.min(rows.length, MOST_SHOWN) * HEIGHT, maxHeight: '60vh' }}
    >
      <div
        id={id}
        role="listbox"
        aria-label="Found"
        style={{ height: virtualizer.getTotalSize(), position: 'relative' }}
      >
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          if (row === undefined) return null;
          const style = { transform: `translateY(${start}px)` };
          return row.is === 'heading' ? (
            <div key={row.id} role="presentation" className={mergeClasses(styles.row, styles.heading)} style={style}>
              {row.tenant !== undefined && <TenantSquare tenant={row.tenant} />}
              {row.title}
            </div>
          ) : (
            <div
              key={row.id}
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              aria-setsize={entries.length}
              aria-posinset={entries.indexOf(row.id) + 1}
              className={mergeClasses(styles.row, index === active && styles.active)}
              style={style}
              // The field keeps the focus and handles the keys, as in every combobox.
              onMouseDown={event => event.preventDefault()}
              onMouseMove={() => index !== active && onChoose(row.id)}
              onMouseUp={event => event.button === 0 && onGo(index)}
            >
              <Entry entry={row} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

function Entry({ entry }: { entry: FoundEntry }) {
  const styles = useStyles();
  const zone = useMyZone();
  const now = useHostNow();
  switch (entry.is) {
    case 'view':
      return (
        <>
          <Window16Regular className={styles.icon} aria-hidden />
          <span className={styles.name}>{entry.view.title}</span>
        </>
      );
    case 'tenant':
      return (
        <>
          <TenantSquare tenant={entry.tenant} />
          <span className={styles.name}>{entry.tenant.displayName}</span>
          <span className={styles.quiet}>{entry.tenant.domain}</span>
        </>
      );
    case 'unit': {
      const { hit, tenant } = entry;
      return (
        <>
          <KindIcon kind={hit.kind} className={styles.icon} />
          <span className={styles.name} title={hit.name}>
            {hit.name}
          </span>
          {hit.address !== undefined && (
            <span className={styles.quiet} title={hit.address}>
              {shortAddress(hit.address)}
            </span>
          )}
          <span
            className={mergeClasses(styles.quiet, styles.state)}
            aria-label={`${kindWords[hit.kind].one} of ${tenant.displayName}`}
          >
            {hit.goneAt === undefined
              ? `${kindWords[hit.kind].one}, ${unitState(hit).word.toLowerCase()}`
              : `${kindWords[hit.kind].one}, gone since ${formatShortDate(hit.goneAt, zone, now)}`}
          </span>
        </>
      );
    }
  }
}
