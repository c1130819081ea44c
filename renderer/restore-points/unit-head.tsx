import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { ArrowClockwise16Regular, ArrowLeft16Regular } from '@fluentui/react-icons';
import { useQuery } from '@tanstack/react-query';
import type { Wanted } from '../../shared/contract/sync.ts';
import type { UnitDetail } from '../../shared/contract/units.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { useWhyNotAsk } from '../restore/index.ts';
import { navigate, queries, useClient } from '../store/index.ts';
import { headWords } from '../ui/certainty/words.ts';
import { CommandButton } from '../ui/command-button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { costInWords } from '../ui/cost-words.ts';
import { KindIcon } from '../ui/kind-icon.tsx';
import { Mark } from '../ui/mark.tsx';
import { formatDate, formatMoment } from '../ui/time/format.ts';
import { kindWords, unitState } from '../ui/unit-words.ts';
import type { Ask } from './use-ask.ts';

const useStyles = makeStyles({
  head: { display: 'flex', flexDirection: 'column', gap: '2px', flexShrink: 0 },
  line: { display: 'flex', alignItems: 'center', gap: '10px', minWidth: 0, '& > *': { flexShrink: 0 } },
  rest: { flexGrow: 1 },
  name: {
    margin: 0,
    fontSize: tokens.fontSizeBase500,
    lineHeight: '28px',
    fontWeight: tokens.fontWeightSemibold,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    // The others of the line keep their width; a name is what can be cut and read on hover.
    '&&': { flexShrink: 1 },
    minWidth: 0,
  },
  command: { flexShrink: 0, whiteSpace: 'nowrap' },
  facts: {
    display: 'flex',
    flexWrap: 'wrap',
    whiteSpace: 'nowrap',
    alignItems: 'center',
    margin: '0 0 0 -8px',
    padding: 0,
    listStyleType: 'none',
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground3,
    overflow: 'hidden',
  },
  fact: {
    display: 'inline-flex',
    alignItems: 'center',
    minWidth: 0,
    // A line before each fact but the first of a row, which the list cuts off.
    padding: '0 8px',
    borderLeft: `1px solid ${tokens.colorNeutralStroke1}`,
    height: '14px',
    margin: '4px 0 4px -1px',
  },
  address: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', maxWidth: '320px' },
});

interface UnitHeadProps {
  readonly tenantId: string;
  readonly unit: UnitDetail;
  readonly zone: string;
  readonly now: UtcSeconds;
  readonly ask: Ask;
}

/** Which unit it is, since when it is protected, what its newest point is; and the way to ask for a newer one. */
export function UnitHead({ tenantId, unit, zone, now, ask }: UnitHeadProps) {
  const styles = useStyles();
  const whyNotAsk = useWhyNotAsk('ask');
  const wanted: Wanted = {
    type: 'heads',
    units: { type: 'these', unitIds: [unit.id] },
    fast: unit.newestFast !== undefined,
  };
  const cost = useQuery(queries.cost(useClient(), tenantId, wanted)).data;
  const state = unitState(unit);
  const newest = headWords(unit.newest, { zone, now });
  const isAsking = ask.asking?.type === 'heads';
  return (
    <header className={styles.head}>
      <div className={styles.line}>
        <Button
          appearance="subtle"
          size="small"
          icon={<ArrowLeft16Regular />}
          aria-label="Choose another unit"
          title="Choose another unit"
          onClick={() => navigate({ at: 'restore-points', tenantId })}
        />
        <KindIcon kind={unit.kind} />
        <h1 className={styles.name} title={unit.name}>
          {unit.name}
        </h1>
        <Mark tone={state.tone}>{state.word}</Mark>
        <span className={styles.rest} />
        {isAsking ? (
          <Button onClick={ask.stop}>Stop asking</Button>
        ) : (
          <CommandButton
            className={styles.command}
            icon={<ArrowClockwise16Regular />}
            hint={cost === undefined ? undefined : costInWords(cost)}
            disabledReason={
              whyNotAsk ??
              (ask.asking !== undefined
                ? 'Another question is under way. Stop it first, or wait.'
                : cost?.questions === 0
                  ? 'Asked within the last ten minutes; there is nothing new to ask yet.'
                  : undefined)
            }
            onClick={() => ask.ask(wanted)}
          >
            {cost === undefined || cost.questions === 0
              ? 'Ask for newest'
              : `Ask for newest (${costInWords(cost).replace(/^.*?, /, '')})`}
          </CommandButton>
        )}
      </div>
      <ul className={styles.facts}>
        <li className={styles.fact}>{kindWords[unit.kind].one}</li>
        {unit.address !== undefined && (
          <li className={styles.fact}>
            <span className={styles.address} title={unit.address}>
              {unit.address.replace(/^https:\/\//, '')}
            </span>
            <CopyButton text={unit.address} what="address" />
          </li>
        )}
        {unit.policyName !== undefined && <li className={styles.fact}>policy {unit.policyName}</li>}
        {unit.protectedSinceAt !== undefined && (
          <li className={styles.fact}>protected since {formatDate(unit.protectedSinceAt, zone)}</li>
        )}
        <li className={styles.fact} title={newest.full}>
          {'point' in unit.newest
            ? `newest point ${formatMoment(unit.newest.point.at, zone, now)}${unit.newest.is === 'orNewer' ? ' or newer' : ''}${
                unit.newest.askedAt === undefined ? '' : `, asked ${formatMoment(unit.newest.askedAt, zone, now)}`
              }`
            : unit.newest.is === 'notAsked'
              ? 'newest point not yet asked'
              : `newest point: ${newest.text.toLowerCase()}`}
        </li>
      </ul>
    </header>
  );
}
