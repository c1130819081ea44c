import { makeStyles, tokens } from '@fluentui/react-components';
import type { GapRow } from '../../shared/contract/gaps.ts';
import { gapInWords, gapSortWords, mendInWords } from '../../shared/domain/gap-words.ts';
import type { GapSay } from '../../shared/domain/gap-words.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { KindIcon } from '../ui/kind-icon.tsx';
import { Mark } from '../ui/mark.tsx';
import { formatCount } from '../ui/number.ts';
import type { TableColumn } from '../ui/table/virtual-table.tsx';
import { formatDuration, formatMoment } from '../ui/time/format.ts';
import { kindWords } from '../ui/unit-words.ts';
import type { Tone } from '../ui/unit-words.ts';

const useStyles = makeStyles({
  two: { display: 'flex', flexDirection: 'column', minWidth: 0 },
  line: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  second: {
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    fontSize: tokens.fontSizeBase200,
    lineHeight: '16px',
    color: tokens.colorNeutralForeground3,
  },
  kinds: { display: 'inline-flex', alignItems: 'center', gap: '4px', minWidth: 0 },
});

const tones: { readonly [S in GapRow['sort']]: Tone } = {
  inError: 'bad',
  withoutPoint: 'warning',
  late: 'warning',
  unprotected: 'warning',
  rule: 'warning',
  job: 'warning',
  leftOut: 'neutral',
};

function TwoLines({ first, second }: { first: string; second: string | undefined }) {
  const styles = useStyles();
  return (
    <span className={styles.two}>
      <span className={styles.line} title={first}>
        {first}
      </span>
      {second !== undefined && second !== '' && (
        <span className={styles.second} title={second}>
          {second}
        </span>
      )}
    </span>
  );
}

function Kinds({ kinds }: { kinds: GapRow['kinds'] }) {
  const styles = useStyles();
  const word = kinds.map(kind => kindWords[kind].one).join(', ');
  return (
    <span className={styles.kinds} title={word}>
      {kinds.map(kind => (
        <KindIcon key={kind} kind={kind} />
      ))}
      <span className={styles.line}>{word === '' ? '–' : word}</span>
    </span>
  );
}

/** The policy that a gap is about. */
export function policyOfRow(row: GapRow): { id: string; name?: string | undefined } | undefined {
  if (row.sort === 'unprotected' || row.sort === 'leftOut')
    return row.missing.find(({ policy }) => policy !== undefined)?.policy;
  return row.policy;
}

/** The columns of the gaps, worded for a zone and a moment. */
export function gapColumns(zone: string, now: UtcSeconds): readonly TableColumn<GapRow>[] {
  const say: GapSay = {
    moment: at => formatMoment(at, zone, now),
    duration: formatDuration,
    count: formatCount,
  };
  return [
    {
      id: 'gap',
      header: 'Gap',
      width: '138px',
      sortable: true,
      cell: row => <Mark tone={tones[row.sort]}>{gapSortWords[row.sort]}</Mark>,
    },
    {
      id: 'name',
      header: 'Name',
      width: 'minmax(170px, 1fr)',
      sortable: true,
      cell: row => <TwoLines first={row.name} second={row.address} />,
    },
    {
      id: 'kind',
      header: 'Kind',
      width: 'minmax(96px, 172px)',
      sortable: true,
      cell: row => <Kinds kinds={row.kinds} />,
    },
    {
      id: 'why',
      header: 'What is wrong, and what mends it',
      width: 'minmax(240px, 1.7fr)',
      cell: row => <TwoLines first={gapInWords(row, say)} second={mendInWords(row)} />,
    },
    {
      id: 'policy',
      header: 'Policy',
      width: 'minmax(90px, 160px)',
      sortable: true,
      cell: row => {
        const policy = policyOfRow(row);
        return <TwoLines first={policy === undefined ? '–' : (policy.name ?? policy.id)} second={undefined} />;
      },
    },
  ];
}
