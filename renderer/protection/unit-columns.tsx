import { makeStyles, tokens } from '@fluentui/react-components';
import type { UnitRow } from '../../shared/contract/units.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { CertaintyMark, FastBolt } from '../ui/certainty/certainty-mark.tsx';
import { headWords } from '../ui/certainty/words.ts';
import { formatRoughly } from '../ui/time/format.ts';
import { KindIcon } from '../ui/kind-icon.tsx';
import { Mark } from '../ui/mark.tsx';
import type { TableColumn } from '../ui/table/virtual-table.tsx';
import { kindWords, unitState } from '../ui/unit-words.ts';

const useStyles = makeStyles({
  name: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  with: { display: 'inline-flex', alignItems: 'center', gap: '6px', minWidth: 0, whiteSpace: 'nowrap' },
  quiet: { color: tokens.colorNeutralForeground3 },
});

function Name({ children }: { children: string }) {
  return (
    <span className={useStyles().name} title={children}>
      {children}
    </span>
  );
}

function Kind({ kind }: { kind: UnitRow['kind'] }) {
  return (
    <span className={useStyles().with}>
      <KindIcon kind={kind} />
      {kindWords[kind].one}
    </span>
  );
}

/** The newest fast point: beside a bolt where one is known. Mailboxes have none by nature. */
function NewestFast({ row, zone, now }: { row: UnitRow; zone: string; now: UtcSeconds }) {
  const styles = useStyles();
  const head = row.newestFast;
  if (head === undefined) return <span className={styles.quiet}>no fast kind</span>;
  if (head.is === 'notAsked' || head.is === 'noneShown') {
    const words = headWords(head, { zone, now });
    return (
      <span className={styles.quiet} title={words.full}>
        {head.is === 'notAsked' ? words.text : '–'}
      </span>
    );
  }
  const words = headWords(head, { zone, now });
  return (
    <span className={styles.with} title={words.full}>
      <FastBolt />
      {head.is === 'shown'
        ? `${formatRoughly(now - head.point.at)} ago`
        : `${formatRoughly(now - head.point.at)} or newer`}
    </span>
  );
}

/** The columns of the units' table, worded for a zone and a moment. */
export function unitColumns(zone: string, now: UtcSeconds): readonly TableColumn<UnitRow>[] {
  return [
    { id: 'name', header: 'Name', width: 'minmax(150px, 1fr)', sortable: true, cell: row => <Name>{row.name}</Name> },
    { id: 'kind', header: 'Kind', width: '84px', sortable: true, cell: row => <Kind kind={row.kind} /> },
    {
      id: 'policy',
      header: 'Policy',
      // Policies of a tenant are few and known; what room there is belongs to the names.
      width: 'minmax(96px, clamp(150px, 11.5vw, 260px))',
      sortable: true,
      cell: row => <Name>{row.policyName ?? '–'}</Name>,
    },
    {
      id: 'newest',
      header: 'Newest point',
      width: '150px',
      sortable: true,
      cell: row => <CertaintyMark words={headWords(row.newest, { zone, now })} />,
    },
    {
      id: 'newestFast',
      header: 'Newest fast',
      width: '108px',
      sortable: true,
      cell: row => <NewestFast row={row} zone={zone} now={now} />,
    },
    {
      id: 'status',
      header: 'State',
      width: '108px',
      sortable: true,
      cell: row => {
        const { word, tone } = unitState(row);
        return <Mark tone={tone}>{word}</Mark>;
      },
    },
  ];
}
