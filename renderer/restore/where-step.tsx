import { makeStyles, mergeClasses, Radio, RadioGroup, tokens } from '@fluentui/react-components';
import { skipToken, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Destination, Plan } from '../../shared/contract/plans.ts';
import { unitKinds } from '../../shared/domain/protection-unit.ts';
import { useClient } from '../store/index.ts';
import { KindIcon } from '../ui/kind-icon.tsx';
import { ownColours } from '../ui/theme.ts';
import { planQueries } from './plan-queries.ts';
import { kindAtWhere, leftOutInWords } from './plan-words.ts';
import type { PlanChange } from './use-plan-change.ts';
import { destinationEffects, destinationWords, retryInWords } from './where-words.ts';

const useStyles = makeStyles({
  title: { margin: 0, fontSize: tokens.fontSizeBase300, lineHeight: '20px', fontWeight: tokens.fontWeightSemibold },
  group: {
    display: 'grid',
    gridTemplateColumns: 'repeat(2, minmax(0, 1fr))',
    alignItems: 'stretch',
    gap: '8px',
    '@media (max-width: 899px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  card: {
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    padding: '8px 16px 16px',
    display: 'flex',
    flexDirection: 'column',
    gap: '8px',
  },
  on: {
    border: `1px solid ${tokens.colorBrandStroke1}`,
    backgroundColor: ownColours.backstopChosen,
  },
  label: { fontSize: tokens.fontSizeBase400, fontWeight: tokens.fontWeightSemibold },
  what: { margin: 0, paddingLeft: '8px', color: tokens.colorNeutralForeground1 },
  effects: {
    margin: 0,
    padding: '0 0 0 8px',
    display: 'grid',
    gridTemplateColumns: '120px minmax(0, 1fr)',
    gap: '8px 12px',
  },
  kind: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: '6px',
    alignSelf: 'start',
    fontWeight: tokens.fontWeightSemibold,
    lineHeight: '20px',
  },
  effect: { margin: 0, maxWidth: '64ch' },
  why: { margin: 0, maxWidth: '90ch' },
  note: { margin: 0, color: tokens.colorNeutralForeground3, maxWidth: '90ch' },
});

const summaries: { readonly [D in Destination]: string } = {
  inPlace:
    'What is newer than the point is overwritten. It can’t be undone and can’t be stopped once started. Faster than a new location.',
  new: 'Nothing is overwritten. Takes longer, and what is needed has to be moved back by hand.',
};

/** The third step: in place or to a new location, and what each does to the kinds that the plan holds. */
export function WhereStep({ plan, saving }: { plan: Plan; saving: PlanChange }) {
  const styles = useStyles();
  const client = useClient();
  const { retryOf } = plan;
  const first = useQuery({
    ...planQueries.plan(client, retryOf ?? ''),
    ...(retryOf === undefined ? { queryFn: skipToken } : {}),
  }).data;
  const kinds = unitKinds.filter(kind => plan.unitsByKind[kind] > 0);
  // What was just pressed shows at once; main's answer takes its place.
  const [pressed, setPressed] = useState<{ destination: Destination; savedAt: number } | undefined>(undefined);
  const chosen = pressed?.savedAt === plan.savedAt ? pressed.destination : plan.destination;
  const choose = (destination: Destination) => {
    if (destination === chosen) return;
    setPressed({ destination, savedAt: plan.savedAt });
    saving.change(client => client.plans.setDestination({ planId: plan.id, destination }));
  };
  const leftOut = leftOutInWords(plan);
  const why = retryInWords({ ...plan, ...(chosen === undefined ? {} : { destination: chosen }) }, first);
  return (
    <>
      <h2 className={styles.title} id="where-to">
        Where to restore to
      </h2>
      {leftOut !== undefined && <p className={styles.why}>{leftOut}</p>}
      {why !== undefined && <p className={styles.why}>{why}</p>}
      <RadioGroup
        aria-labelledby="where-to"
        className={styles.group}
        value={chosen ?? ''}
        onChange={(_, data) => choose(data.value === 'inPlace' ? 'inPlace' : 'new')}
      >
        {(['inPlace', 'new'] as const).map(destination => (
          <div key={destination} className={mergeClasses(styles.card, chosen === destination && styles.on)}>
            <Radio
              value={destination}
              label={{ children: destinationWords[destination], className: styles.label }}
              aria-describedby={`where-${destination}`}
            />
            <p className={styles.what} id={`where-${destination}`}>
              {summaries[destination]}
            </p>
            <dl className={styles.effects}>
              {kinds.map(kind => (
                <div key={kind} style={{ display: 'contents' }}>
                  <dt className={styles.kind}>
                    <KindIcon kind={kind} />
                    {kindAtWhere(plan, kind)}
                  </dt>
                  <dd className={styles.effect}>{destinationEffects[destination][kind]}</dd>
                </div>
              ))}
            </dl>
          </div>
        ))}
      </RadioGroup>
      <p className={styles.note}>
        One destination for all units of a plan: a session takes only one. For some in place and others to a new
        location, make two plans. There is no restore to another user or mailbox.
      </p>
    </>
  );
}
