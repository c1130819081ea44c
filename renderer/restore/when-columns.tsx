import { Button, Link, makeStyles, tokens } from '@fluentui/react-components';
import { MoreHorizontal16Regular } from '@fluentui/react-icons';
import type { PlanUnit, Preference } from '../../shared/contract/plans.ts';
import { isDecidedByFast } from '../../shared/domain/fast-preference.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { CertaintyIcon, FastBolt } from '../ui/certainty/certainty-mark.tsx';
import type { TableColumn } from '../ui/table/virtual-table.tsx';
import { formatClock, formatDay, formatDuration } from '../ui/time/format.ts';
import { zoneName } from '../ui/time/zone.ts';
import { UnitName } from './unit-columns.tsx';
import { hasExpired, lossOfUnit, unitInWords } from './unit-point-words.ts';

const useStyles = makeStyles({
  name: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  with: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: '6px',
    minWidth: 0,
    maxWidth: '100%',
    '& > svg': { flexShrink: 0 },
  },
  quiet: { color: tokens.colorNeutralForeground3 },
  detail: {
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
  none: { color: tokens.colorStatusDangerForeground1 },
  rest: { flexGrow: 1 },
  wide: { display: 'flex', alignItems: 'center', gap: '6px', minWidth: 0, width: '100%', '& > svg': { flexShrink: 0 } },
});

export interface WhenColumns {
  readonly zone: string;
  readonly now: UtcSeconds;
  readonly incidentAt: UtcSeconds;
  readonly preference: Preference;
  readonly onChoose: (unitId: string, choice: { type: 'rule' } | { type: 'fast' }) => void;
  readonly onAnother: (unit: PlanUnit) => void;
}

/** The columns of the plan's units with what was found for each. */
export function whenColumns(given: WhenColumns): readonly TableColumn<PlanUnit>[] {
  const { zone, now, incidentAt, preference } = given;
  const shown = { zone, now, preference };
  return [
    { id: 'unit', header: 'Unit', width: 'minmax(140px, 1.6fr)', cell: unit => <UnitName unit={unit} /> },
    {
      id: 'point',
      header: `Chosen point, ${zoneName(zone, incidentAt)}`,
      width: '118px',
      cell: unit => (
        <Plain words={unitInWords(unit, shown).point} isQuiet={unit.chosen === undefined || hasExpired(unit, now)} />
      ),
    },
    {
      id: 'loss',
      header: 'Loss window',
      width: '108px',
      align: 'end',
      cell: unit => (
        <Plain
          words={lossOfUnit(unit, { incidentAt, now })}
          isQuiet={unit.loss === undefined || hasExpired(unit, now)}
        />
      ),
    },
    {
      id: 'certainty',
      header: 'Certainty',
      width: 'minmax(100px, 1fr)',
      cell: unit => <CertaintyOf unit={unit} shown={shown} />,
    },
    { id: 'fast', header: 'Fast alternative (loss)', width: '236px', cell: unit => <Fast unit={unit} given={given} /> },
    {
      id: 'another',
      header: 'More',
      width: '32px',
      cell: unit => (
        <Button
          appearance="subtle"
          size="small"
          icon={<MoreHorizontal16Regular />}
          aria-label={`Another point for ${unit.name}`}
          title="Another point…"
          onClick={event => {
            event.stopPropagation();
            given.onAnother(unit);
          }}
        />
      ),
    },
  ];
}

function Plain({ words, isQuiet }: { words: string; isQuiet: boolean }) {
  const styles = useStyles();
  return <span className={isQuiet ? `${styles.name} ${styles.quiet}` : styles.name}>{words}</span>;
}

function CertaintyOf({ unit, shown }: { unit: PlanUnit; shown: Parameters<typeof unitInWords>[1] }) {
  const styles = useStyles();
  const words = unitInWords(unit, shown);
  return (
    <span className={styles.with} title={words.full}>
      <CertaintyIcon look={words.look} />
      <span className={words.look === 'none' ? styles.none : undefined} style={{ whiteSpace: 'nowrap' }}>
        {words.word}
      </span>
      {words.detail !== '' && <span className={styles.detail}>{words.detail}</span>}
    </span>
  );
}

function Fast({ unit, given }: { unit: PlanUnit; given: WhenColumns }) {
  const styles = useStyles();
  const { fast, chosen } = unit;
  const { zone, incidentAt, preference, onChoose } = given;
  if (fast === undefined) return <span className={styles.quiet}>no fast kind</span>;
  if (fast.is === 'notAsked') return <span className={styles.quiet}>not yet asked</span>;
  if (fast.is === 'none' || !('point' in fast) || fast.point === null)
    return <span className={styles.quiet}>none exists</span>;
  const { point } = fast;
  // Where fast is preferred the verdict is of fast points itself: that the two are equal says nothing then.
  const isSame =
    !isDecidedByFast(unit.fast, preference) && 'point' in unit.newest && unit.newest.point?.id === point.id;
  if (isSame) return <span className={styles.quiet}>same point</span>;
  const isChosen = chosen?.id === point.id;
  const day =
    formatDay(point.at, zone) === formatDay(incidentAt, zone)
      ? ''
      : `${formatDay(point.at, zone, incidentAt).replace(/^\S+ /, '')} `;
  const words = `${day}${formatClock(point.at, zone)} (${fast.is === 'exact' ? '' : 'up to '}${formatDuration(incidentAt - point.at)})`;
  return (
    <span className={styles.wide}>
      <FastBolt />
      <span className={styles.name} title={words}>
        {words}
      </span>
      <span className={styles.rest} />
      {isChosen && unit.chosenBy === 'rule' ? (
        <span className={styles.quiet}>chosen</span>
      ) : (
        <Link
          as="button"
          aria-label={isChosen ? `Undo the choice for ${unit.name}` : `Swap to the fast point of ${unit.name}`}
          onClick={event => {
            event.stopPropagation();
            onChoose(unit.unitId, { type: isChosen ? 'rule' : 'fast' });
          }}
        >
          {isChosen ? 'Undo' : 'Swap'}
        </Link>
      )}
    </span>
  );
}
