import { Button, Link, makeStyles, tokens } from '@fluentui/react-components';
import { MoreHorizontal16Regular } from '@fluentui/react-icons';
import type { PlanUnit } from '../../shared/contract/plans.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { CertaintyIcon, FastBolt } from '../ui/certainty/certainty-mark.tsx';
import { lossInWords, lossOfCertainty } from '../ui/certainty/loss-words.ts';
import { KindIcon } from '../ui/kind-icon.tsx';
import type { TableColumn } from '../ui/table/virtual-table.tsx';
import { formatClock, formatDay, formatDuration } from '../ui/time/format.ts';
import { zoneName } from '../ui/time/zone.ts';
import { unitInWords } from './plan-words.ts';

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
  readonly onChoose: (unitId: string, choice: { type: 'rule' } | { type: 'fast' }) => void;
  readonly onAnother: (unit: PlanUnit) => void;
}

/** The columns of the plan's units with what was found for each. */
export function whenColumns(given: WhenColumns): readonly TableColumn<PlanUnit>[] {
  const { zone, now, incidentAt } = given;
  return [
    { id: 'unit', header: 'Unit', width: 'minmax(140px, 1.6fr)', cell: unit => <Name unit={unit} /> },
    {
      id: 'point',
      header: `Chosen point, ${zoneName(zone, incidentAt)}`,
      width: '118px',
      cell: unit => <Plain words={unitInWords(unit, { zone, now }).point} isQuiet={unit.chosen === undefined} />,
    },
    {
      id: 'loss',
      header: 'Loss window',
      width: '108px',
      align: 'end',
      cell: unit => (
        <Plain
          words={unit.loss === undefined ? lossOfCertainty(unit.newest, incidentAt) : lossInWords(unit.loss)}
          isQuiet={unit.loss === undefined}
        />
      ),
    },
    {
      id: 'certainty',
      header: 'Certainty',
      width: 'minmax(100px, 1fr)',
      cell: unit => <CertaintyOf unit={unit} zone={zone} now={now} />,
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

function Name({ unit }: { unit: PlanUnit }) {
  const styles = useStyles();
  return (
    <span className={styles.with}>
      <KindIcon kind={unit.kind} />
      <span className={styles.name} title={unit.name}>
        {unit.name}
      </span>
    </span>
  );
}

function Plain({ words, isQuiet }: { words: string; isQuiet: boolean }) {
  const styles = useStyles();
  return <span className={isQuiet ? `${styles.name} ${styles.quiet}` : styles.name}>{words}</span>;
}

function CertaintyOf({ unit, zone, now }: { unit: PlanUnit; zone: string; now: UtcSeconds }) {
  const styles = useStyles();
  const words = unitInWords(unit, { zone, now });
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
  const { zone, incidentAt, onChoose } = given;
  if (fast === undefined) return <span className={styles.quiet}>no fast kind</span>;
  if (fast.is === 'notAsked') return <span className={styles.quiet}>not yet asked</span>;
  if (fast.is === 'none' || !('point' in fast) || fast.point === null)
    return <span className={styles.quiet}>none exists</span>;
  const { point } = fast;
  const isSame = 'point' in unit.newest && unit.newest.point?.id === point.id;
  if (isSame) return <span className={styles.quiet}>same point</span>;
  const isChosen = chosen?.id === point.id;
  const day =
    formatDay(point.at, zone) === formatDay(incidentAt, zone)
      ? ''
      : `${formatDay(point.at, zone, incidentAt).replace(/^\S+ /, '')} `;
  return (
    <span className={styles.wide}>
      <FastBolt />
      <span className={styles.name}>
        {day}
        {formatClock(point.at, zone)} ({fast.is === 'exact' ? '' : 'up to '}
        {formatDuration(incidentAt - point.at)})
      </span>
      <span className={styles.rest} />
      <Link
        as="button"
        aria-label={
          isChosen
            ? unit.chosenBy === 'rule'
              ? `chosen: the fast point of ${unit.name}`
              : `Undo the choice for ${unit.name}`
            : `Swap to the fast point of ${unit.name}`
        }
        onClick={event => {
          event.stopPropagation();
          onChoose(unit.unitId, { type: isChosen && unit.chosenBy === 'hand' ? 'rule' : 'fast' });
        }}
        disabled={isChosen && unit.chosenBy === 'rule'}
      >
        {isChosen ? (unit.chosenBy === 'rule' ? 'chosen' : 'Undo') : 'Swap'}
      </Link>
    </span>
  );
}
