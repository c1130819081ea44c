import { Divider, Link, makeStyles, tokens } from '@fluentui/react-components';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import type { UnitDetail } from '../../shared/contract/units.ts';
import { navigate } from '../store/index.ts';
import { artifactState } from '../ui/artifact-words.ts';
import { CertaintyMark, FastBolt } from '../ui/certainty/certainty-mark.tsx';
import { headWords } from '../ui/certainty/words.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Facts } from '../ui/facts.tsx';
import { Mark } from '../ui/mark.tsx';
import { periodInWords, retentionInWords } from '../ui/retention-words.ts';
import { formatBriefly, formatDate, formatMoment } from '../ui/time/format.ts';
import { Moment } from '../ui/time/moment.tsx';
import { sourcesInWords, unitState } from '../ui/unit-words.ts';
import { LastDays } from './last-days.tsx';
import { shortAddress } from '../ui/short-address.ts';

const useStyles = makeStyles({
  address: { display: 'flex', alignItems: 'center', minWidth: 0 },
  addressText: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  quiet: { color: tokens.colorNeutralForeground3, display: 'block' },
  fast: { display: 'inline-flex', alignItems: 'baseline', gap: '6px' },
  section: { fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200 },
  title: { fontSize: tokens.fontSizeBase200, lineHeight: '20px', fontWeight: tokens.fontWeightSemibold, margin: 0 },
  text: { margin: '2px 0 0', color: tokens.colorNeutralForeground2 },
  divider: { flexGrow: 0 },
});

interface UnitFactsProps {
  readonly unit: UnitDetail;
  readonly tenantId: string;
  readonly zone: string;
  readonly now: UtcSeconds;
}

/** What is known of a unit, its last fourteen days, and its last restore. */
export function UnitFacts({ unit, tenantId, zone, now }: UnitFactsProps) {
  const styles = useStyles();
  const state = unitState(unit);
  const longest = unit.retention.at(-1)?.period;
  return (
    <>
      <Facts
        facts={[
          { name: 'State', value: <Mark tone={state.tone}>{state.word}</Mark> },
          unit.error !== undefined && {
            name: 'Error',
            value: (
              <>
                {unit.error.message === '' ? 'The service gave no reason.' : unit.error.message}
                <span className={styles.quiet}>{unit.error.code}</span>
              </>
            ),
          },
          unit.address !== undefined && {
            name: 'Address',
            value: (
              <span className={styles.address}>
                <span className={styles.addressText} title={unit.address}>
                  {shortAddress(unit.address)}
                </span>
                <CopyButton text={unit.address} what="address" />
              </span>
            ),
          },
          {
            name: 'Policy',
            value: (
              <span title={retentionInWords(unit.retention).join('; ')}>
                {unit.policyName ?? 'none'}
                {longest !== undefined && `, kept ${periodInWords(longest)}`}
              </span>
            ),
          },
          { name: 'Came in by', value: sourcesInWords(unit.sources) },
          unit.protectedSinceAt !== undefined && {
            name: 'Protected since',
            value: formatDate(unit.protectedSinceAt, zone),
          },
          unit.offboardRequestedAt !== undefined && {
            name: 'Offboarding',
            value: (
              <>
                asked for <Moment at={unit.offboardRequestedAt} zone={zone} now={now} />
              </>
            ),
          },
          { name: 'Newest point', value: <NewestPoint unit={unit} zone={zone} now={now} /> },
          { name: 'Newest fast', value: <NewestFast unit={unit} zone={zone} now={now} /> },
        ]}
      />
      <Divider className={styles.divider} />
      <LastDays tenantId={tenantId} unitId={unit.id} zone={zone} now={now} protectedSinceAt={unit.protectedSinceAt} />
      <Divider className={styles.divider} />
      <section className={styles.section} aria-label="Last restore">
        <h3 className={styles.title}>Last restore</h3>
        <p className={styles.text}>
          <LastRestore unit={unit} tenantId={tenantId} zone={zone} now={now} />
        </p>
      </section>
    </>
  );
}

function NewestPoint({ unit, zone, now }: { unit: UnitDetail; zone: string; now: UtcSeconds }) {
  const styles = useStyles();
  const head = unit.newest;
  const words = headWords(head, { zone, now });
  const asked =
    'askedAt' in head && head.askedAt !== undefined ? `asked ${formatBriefly(head.askedAt, zone, now)}` : undefined;
  if (head.is !== 'shown' && head.is !== 'orNewer')
    return (
      <>
        <CertaintyMark words={words} wraps />
        {asked !== undefined && <span className={styles.quiet}>{asked}</span>}
      </>
    );
  const time = formatMoment(head.point.at, zone, now);
  return (
    <>
      <CertaintyMark words={{ ...words, text: head.is === 'orNewer' ? `${time} or newer` : time }} wraps />
      <span className={styles.quiet}>
        {words.text}
        {asked === undefined ? '' : `; ${asked}`}
        {head.is === 'orNewer' && '; nothing is known since'}
      </span>
    </>
  );
}

function NewestFast({ unit, zone, now }: { unit: UnitDetail; zone: string; now: UtcSeconds }) {
  const styles = useStyles();
  const head = unit.newestFast;
  if (head === undefined) return <span>mailboxes have no fast points</span>;
  if (head.is !== 'shown' && head.is !== 'orNewer')
    return <CertaintyMark words={headWords(head, { zone, now })} wraps />;
  return (
    <span className={styles.fast}>
      <FastBolt />
      <span>
        {formatMoment(head.point.at, zone, now)}
        {head.is === 'orNewer' && ' or newer'}
      </span>
    </span>
  );
}

function LastRestore({
  unit,
  tenantId,
  zone,
  now,
}: {
  unit: UnitDetail;
  tenantId: string;
  zone: string;
  now: UtcSeconds;
}) {
  const last = unit.lastRestore;
  if (last === undefined) return <>None in the catalog. The service keeps a session for one year after its end.</>;
  return (
    <>
      {last.endedAt === undefined ? 'Running' : <Moment at={last.endedAt} zone={zone} now={now} />}
      {last.pointAt === undefined ? '' : `, to the point of ${formatMoment(last.pointAt, zone, now)}`}:{' '}
      {artifactState(last.status).toLowerCase()}.{' '}
      <Link inline onClick={() => navigate({ at: 'restores', tenantId, sessionId: last.sessionId })}>
        Open the session
      </Link>
    </>
  );
}
