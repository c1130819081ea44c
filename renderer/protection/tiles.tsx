import { makeStyles, mergeClasses, ToggleButton, tokens } from '@fluentui/react-components';
import {
  CircleHint16Regular,
  Clock16Regular,
  ErrorCircle16Filled,
  Prohibited16Regular,
  ShieldCheckmark16Regular,
} from '@fluentui/react-icons';
import type { ReactElement } from 'react';
import type { ProtectionOverview } from '../../shared/contract/tenants.ts';
import { formatCount } from '../ui/number.ts';
import { formatDuration } from '../ui/time/format.ts';
import { ownColours } from '../ui/theme.ts';
import type { UnitQuery } from './unit-query.ts';

const useStyles = makeStyles({
  tiles: { display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(170px, 1fr))', gap: '8px', flexShrink: 0 },
  tile: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'stretch',
    justifyContent: 'center',
    height: '64px',
    minWidth: 0,
    padding: '8px 12px',
    fontWeight: tokens.fontWeightRegular,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    textAlign: 'start',
    color: tokens.colorNeutralForeground1,
    maxWidth: 'none',
  },
  on: {
    border: `1px solid ${tokens.colorBrandStroke1}`,
    boxShadow: `inset 0 0 0 1px ${tokens.colorBrandStroke1}`,
    backgroundColor: ownColours.backstopChosen,
    ':hover': { backgroundColor: ownColours.backstopChosen },
  },
  line: { display: 'flex', alignItems: 'baseline', gap: '6px', minWidth: 0, whiteSpace: 'nowrap' },
  rest: { flexGrow: 1 },
  number: { fontSize: '20px', lineHeight: '24px', fontWeight: tokens.fontWeightSemibold },
  bad: { color: tokens.colorStatusDangerForeground1 },
  quiet: { color: tokens.colorNeutralForeground3 },
  word: {
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground2,
  },
  asOf: {
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground3,
  },
  icon: { display: 'inline-flex', alignSelf: 'center' },
});

interface TilesProps {
  readonly overview: ProtectionOverview;
  readonly query: UnitQuery;
  readonly onQuery: (part: Partial<UnitQuery>) => void;
  /** Offline: when the figures were true, `08:42` or, on another day, `24 Nov`. */
  readonly asOf: string | undefined;
}

/** The figures of a tenant. Each tile is a filter, or an order, of the rows that it counts. */
export function Tiles({ overview, query, onQuery, asOf }: TilesProps) {
  const styles = useStyles();
  const { counts, oldestNewest } = overview;
  const toggle = (tile: NonNullable<UnitQuery['tile']>) => onQuery({ tile: query.tile === tile ? undefined : tile });
  const isByAge = query.sort?.by === 'newest' && !query.sort.descending;
  const tiles: readonly {
    key: string;
    figure: string;
    whole?: string;
    word: string;
    icon: ReactElement;
    isBad?: boolean;
    isOn: boolean;
    onClick: () => void;
    asOf?: string | undefined;
  }[] = [
    {
      key: 'protected',
      figure: formatCount(counts.protected),
      whole: `of ${formatCount(counts.units)}`,
      word: 'protected',
      icon: <ShieldCheckmark16Regular />,
      isOn: query.tile === 'protected',
      onClick: () => toggle('protected'),
      asOf,
    },
    {
      key: 'inError',
      figure: formatCount(counts.inError),
      whole: `of ${formatCount(counts.units)}`,
      word: 'in error',
      icon: <ErrorCircle16Filled />,
      isBad: counts.inError > 0,
      isOn: query.tile === 'inError',
      onClick: () => toggle('inError'),
      asOf,
    },
    {
      key: 'withoutPoint',
      figure: formatCount(counts.withoutPoint),
      whole: `of ${formatCount(counts.units)}`,
      word: 'without any point',
      icon: <Prohibited16Regular />,
      isBad: counts.withoutPoint > 0,
      isOn: query.tile === 'withoutPoint',
      onClick: () => toggle('withoutPoint'),
      asOf,
    },
    {
      key: 'notAsked',
      figure: formatCount(counts.notAsked),
      whole: `of ${formatCount(counts.units)}`,
      word: 'newest not yet asked',
      icon: <CircleHint16Regular />,
      isOn: query.tile === 'notAsked',
      onClick: () => toggle('notAsked'),
      asOf,
    },
    {
      key: 'oldest',
      figure: oldestNewest === undefined ? 'not known' : formatDuration(oldestNewest.ageSeconds),
      ...(oldestNewest?.certain === false ? { whole: 'or newer' } : {}),
      word: 'oldest newest point',
      icon: <Clock16Regular />,
      isOn: isByAge,
      onClick: () => onQuery({ sort: isByAge ? undefined : { by: 'newest', descending: false } }),
      // An age counts up to now by itself, and says "or newer" where nobody has asked since.
    },
  ];
  return (
    <div className={styles.tiles} role="group" aria-label="Figures; each filters or orders the units">
      {tiles.map(tile => (
        <ToggleButton
          key={tile.key}
          className={mergeClasses(styles.tile, tile.isOn && styles.on)}
          checked={tile.isOn}
          onClick={tile.onClick}
        >
          <span className={styles.line}>
            <span className={mergeClasses(styles.number, tile.isBad === true && styles.bad)}>{tile.figure}</span>
            {tile.whole !== undefined && <span className={styles.quiet}>{tile.whole}</span>}
            <span className={styles.rest} />
            <span className={mergeClasses(styles.icon, tile.isBad === true ? styles.bad : styles.quiet)} aria-hidden>
              {tile.icon}
            </span>
          </span>
          <span className={styles.line}>
            <span className={styles.word}>{tile.word}</span>
            <span className={styles.rest} />
            {tile.asOf !== undefined && <span className={styles.asOf}>as of {tile.asOf}</span>}
          </span>
        </ToggleButton>
      ))}
    </div>
  );
}
