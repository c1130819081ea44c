import { Button, makeStyles, MessageBar, MessageBarBody, tokens } from '@fluentui/react-components';
import { ArrowSync16Regular } from '@fluentui/react-icons';
import { useMemo, useState } from 'react';
import type { Plan, PlanOutlook, PlanUnit } from '../../shared/contract/plans.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { keys, useClient } from '../store/index.ts';
import { CommandButton } from '../ui/command-button.tsx';
import { FilterChips } from '../ui/filter-chips.tsx';
import { formatPart, formatQuantity } from '../ui/number.ts';
import { EmptyState } from '../ui/states/empty-state.tsx';
import { ErrorBar } from '../ui/states/error-bar.tsx';
import { ErrorState } from '../ui/states/error-state.tsx';
import { SkeletonRows } from '../ui/states/skeleton.tsx';
import { useRowPages } from '../ui/table/use-row-pages.ts';
import { VirtualTable } from '../ui/table/virtual-table.tsx';
import { AnotherPointDialog } from './another-point-dialog.tsx';
import { ExpiredChoices } from './expired-choices.tsx';
import { beforeProtectionInWords } from './incident.ts';
import { PointsFound } from './points-found.tsx';
import { useMakeCertain } from './use-make-certain.ts';
import type { PlanChange } from './use-plan-change.ts';
import { useWhyNotAsk } from './use-why-not-ask.ts';
import { whenColumns } from './when-columns.tsx';
import type { CertaintyFilter, WizardEvent } from './wizard.ts';

const useStyles = makeStyles({
  bar: { display: 'flex', alignItems: 'center', gap: '8px', flexWrap: 'wrap', flexShrink: 0 },
  rest: { flexGrow: 1 },
  notice: { flexShrink: 0 },
  quiet: { color: tokens.colorNeutralForeground3 },
  table: { display: 'flex', flexDirection: 'column', flexGrow: 1, minHeight: '180px' },
});

interface FoundProps {
  readonly plan: Plan;
  readonly outlook: PlanOutlook;
  readonly only: CertaintyFilter;
  readonly zone: string;
  readonly now: UtcSeconds;
  readonly saving: PlanChange;
  readonly on: (event: WizardEvent) => void;
}

/** What was found for the incident: counts, losses, and each unit with its point. */
export function FoundPoints({ plan, outlook, only, zone, now, saving, on }: FoundProps) {
  const styles = useStyles();
  const client = useClient();
  const whyNotAsk = useWhyNotAsk('ask');
  const [activeIndex, setActiveIndex] = useState<number | undefined>(undefined);
  const [another, setAnother] = useState<PlanUnit | undefined>(undefined);
  const certain = useMakeCertain(plan);
  const incidentAt = outlook.plan.incidentAt ?? now;
  const pages = useRowPages<PlanUnit>({
    queryKey: [...keys.plan(plan.id), 'units', only, incidentAt, plan.preference],
    fetchPage: (window, signal) =>
      client.plans.listUnits({ planId: plan.id, window, ...(only === 'all' ? {} : { only }) }, { signal }),
  });
  const { change } = saving;
  const { preference } = outlook.plan;
  const shownNow = now - (now % 60);
  const columns = useMemo(
    () =>
      whenColumns({
        zone,
        now: shownNow,
        incidentAt,
        preference,
        onChoose: (unitId, choice) => change(caller => caller.plans.choosePoint({ planId: plan.id, unitId, choice })),
        onAnother: setAnother,
      }),
    [zone, shownNow, incidentAt, preference, change, plan.id],
  );
  const { certainty } = outlook.plan;
  const { cost, uncertain } = outlook;
  const beforeProtection = beforeProtectionInWords(outlook, zone);
  const progress = certain.progress;
  return (
    <>
      {beforeProtection !== undefined && (
        <MessageBar
          intent={outlook.plan.restorable === 0 ? 'warning' : 'info'}
          layout="multiline"
          className={styles.notice}
          politeness="polite"
        >
          <MessageBarBody>{beforeProtection}</MessageBarBody>
        </MessageBar>
      )}
      <PointsFound outlook={outlook} />
      <ExpiredChoices plan={outlook.plan} now={now} saving={saving} />
      <div className={styles.bar}>
        <FilterChips<CertaintyFilter>
          label="Which units"
          on={only}
          onChange={next => {
            setActiveIndex(undefined);
            on({ type: 'filtered', only: next });
          }}
          chips={[
            { id: 'all', word: 'All', count: outlook.plan.units },
            { id: 'exact', word: 'Exact', count: certainty.exact },
            ...(certainty.asShown > 0 || only === 'asShown'
              ? [{ id: 'asShown', word: 'As shown', count: certainty.asShown } as const]
              : []),
            { id: 'atLeast', word: 'At least', count: certainty.atLeast },
            { id: 'notAsked', word: 'Not yet asked', count: certainty.notAsked },
            { id: 'none', word: 'None exist', count: certainty.none },
          ]}
        />
        <span className={styles.rest} />
        {certain.isAsking ? (
          <>
            <span className={styles.quiet} aria-live="polite">
              {progress === undefined
                ? 'Asking the service'
                : `Asked about ${formatPart(progress.unitsDone, progress.unitsTotal)} units, ${formatQuantity(progress.questions, 'question')}`}
            </span>
            <Button onClick={certain.stop}>Stop asking</Button>
          </>
        ) : (
          cost.questions > 0 && (
            <CommandButton
              icon={<ArrowSync16Regular />}
              disabledReason={whyNotAsk}
              hint="Asks only for what is not yet proven. What is answered stays known, also when you stop."
              onClick={certain.ask}
            >
              Ask the service for {formatQuantity(cost.units, 'uncertain unit')} ({cost.certain ? '' : 'about '}
              {formatQuantity(cost.questions, 'question')})
            </CommandButton>
          )
        )}
      </div>
      {certain.error !== undefined && <ErrorBar error={certain.error} onDismiss={certain.dismiss} />}
      {!certain.isAsking && certain.stillUncertain !== undefined && certain.stillUncertain > 0 && uncertain > 0 && (
        <p className={styles.quiet} role="status" style={{ margin: 0 }}>
          {formatQuantity(uncertain, 'unit')} got no full answer. Ask again, or go on with what is known.
        </p>
      )}
      <div className={styles.table}>
        {pages.error !== undefined && pages.total === undefined ? (
          <ErrorState error={pages.error} onRetry={pages.refetch} />
        ) : pages.total === undefined ? (
          <SkeletonRows widths={columns.map(column => column.width)} label="Loading the units" />
        ) : (
          <VirtualTable
            label="Units of the plan with their points; Enter opens other points"
            columns={columns}
            rowCount={pages.total}
            rowAt={pages.rowAt}
            rowId={row => row.unitId}
            onRange={pages.showRange}
            activeIndex={activeIndex}
            onActivate={setActiveIndex}
            onOpen={index => setAnother(pages.rowAt(index))}
            empty={
              <EmptyState
                meaning="No unit is in this state."
                action={<Button onClick={() => on({ type: 'filtered', only: 'all' })}>Show all units</Button>}
              />
            }
          />
        )}
      </div>
      {another !== undefined && (
        <AnotherPointDialog
          key={another.unitId}
          plan={plan}
          unit={another}
          incidentAt={incidentAt}
          zone={zone}
          now={now}
          saving={saving}
          onClose={() => setAnother(undefined)}
        />
      )}
    </>
  );
}
