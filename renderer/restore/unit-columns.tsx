import { makeStyles, tokens } from '@fluentui/react-components';
import type { UnitRow } from '../../shared/contract/units.ts';
import type { UnitKind } from '../../shared/domain/protection-unit.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { CertaintyMark, FastBolt } from '../ui/certainty/certainty-mark.tsx';
import { headWords } from '../ui/certainty/words.ts';
import { KindIcon } from '../ui/kind-icon.tsx';
import { Mark } from '../ui/mark.tsx';
import { shortAddress } from '../ui/short-address.ts';
import type { TableColumn } from '../ui/table/virtual-table.tsx';
import { kindWords, unitState } from '../ui/unit-words.ts';

const useStyles = makeStyles({
  with: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: '6px',
    minWidth: 0,
    maxWidth: '100%',
    '& > svg': { flexShrink: 0 },
  },
  name: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  quiet: { color: tokens.colorNeutralForeground3 },
});

/** What a row must carry to be told apart: rows of units and of a plan's units both do. */
interface NamedUnit {
  readonly name: string;
  readonly kind: UnitKind;
  readonly address?: string | undefined;
}

/** When the ages of a column are reckoned, and the zone of the times behind them. */
interface Shown {
  readonly zone: string;
  readonly now: UtcSeconds;
}

/** A unit by its kind's icon and its name; the whole name on hover. */
export function UnitName({ unit }: { unit: Pick<NamedUnit, 'name' | 'kind'> }) {
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

function Address({ address }: { address: string | undefined }) {
  const styles = useStyles();
  return (
    <span className={`${styles.name} ${styles.quiet}`} title={address}>
      {address === undefined ? '–' : shortAddress(address)}
    </span>
  );
}

/** Name, kind and address: what every table of units in the wizard and of restore points begins with. */
export function namedUnitColumns<Row extends NamedUnit>(header: string): readonly TableColumn<Row>[] {
  return [
    { id: 'name', header, width: 'minmax(180px, 2fr)', cell: row => <UnitName unit={row} /> },
    { id: 'kind', header: 'Kind', width: '90px', cell: row => kindWords[row.kind].one },
    { id: 'address', header: 'Address', width: 'minmax(120px, 2fr)', cell: row => <Address address={row.address} /> },
  ];
}

/** The newest point as known, by its age. */
export function newestColumn({ zone, now }: Shown): TableColumn<UnitRow> {
  return {
    id: 'newest',
    header: 'Newest point',
    width: '180px',
    cell: row => <CertaintyMark words={headWords(row.newest, { zone, now })} />,
  };
}

/** The newest fast point, beside its bolt; a kind that has none says so. */
export function newestFastColumn(shown: Shown): TableColumn<UnitRow> {
  return { id: 'fast', header: 'Newest fast', width: '150px', cell: row => <NewestFast row={row} shown={shown} /> };
}

function NewestFast({ row, shown }: { row: UnitRow; shown: Shown }) {
  const styles = useStyles();
  if (row.newestFast === undefined) return <span className={styles.quiet}>no fast kind</span>;
  const words = headWords(row.newestFast, shown);
  const isKnown = 'point' in row.newestFast;
  return (
    <span className={isKnown ? styles.with : `${styles.with} ${styles.quiet}`} title={words.full}>
      {isKnown && <FastBolt />}
      {words.text}
    </span>
  );
}

/** Whether the unit is protected, in a word beside its icon. */
export function stateColumn(): TableColumn<UnitRow> {
  return {
    id: 'status',
    header: 'State',
    width: '120px',
    cell: row => {
      const { word, tone } = unitState(row);
      return <Mark tone={tone}>{word}</Mark>;
    },
  };
}
