import { Button, Field, makeStyles, tokens } from '@fluentui/react-components';
import { ArrowSync16Regular } from '@fluentui/react-icons';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import type { Plan, PlanOutlook, PlanUnit, Preference } from '../../shared/contract/plans.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { keys, queries, useClient, useIsOffline, useMyZone, useTenantZone } from '../store/index.ts';
import { ZonePrompt } from '../tenants/index.ts';
import { CommandButton } from '../ui/command-button.tsx';
import { FilterChips } from '../ui/filter-chips.tsx';
import { formatPart, formatQuantity } from '../ui/number.ts';
import { offlineReasons } from '../ui/offline-reason.ts';
import { Segments } from '../ui/segments.tsx';
import { EmptyState } from '../ui/states/empty-state.tsx';
import { ErrorBar } from '../ui/states/error-bar.tsx';
import { ErrorState } from '../ui/states/error-state.tsx';
import { SkeletonLines, SkeletonRows } from '../ui/states/skeleton.tsx';
import { useRowPages } from '../ui/table/use-row-pages.ts';
import { VirtualTable } from '../ui/table/virtual-table.tsx';
import { formatDuration, formatMoment } from '../ui/time/format.ts';
import { elsewhereInWords, zoneChoices } from '../ui/time/zone-choices.ts';
import { ZonedTimeInput } from '../ui/time/zoned-time-input.tsx';
import { AnotherPointDialog } from './another-point-dialog.tsx';
import { incidentFields, incidentState } from './incident.ts';
import { planQueries } from './plan-queries.ts';
import { uncertainOf } from './plan-words.ts';
import { PointsFound } from './points-found.tsx';
import { useMakeCertain } from './use-make-certain.ts';
import type { PlanChange } from './use-plan-change.ts';
import { whenColumns } from './when-columns.tsx';
import type { CertaintyFilter, Step, WizardEvent } from './wizard.ts';

const useStyles = makeStyles({
  fields: { display: 'flex', flexWrap: 'wrap', gap: '8px 24px', flexShrink: 0 },
  bar: { display: 'flex', alignItems: 'center', gap: '8px', flexWrap: 'wrap', flexShrink: 0 },
  rest: { flexGrow: 1 },
  quiet: { color: tokens.colorNeutralForeground3 },
  table: { display: 'flex', flexDirection: 'column', flexGrow: 1, minHeight: '180px' },
});

/** Typing settles before the points are looked up. */
const PAUSE_MILLIS = 350;

interface WhenStepProps {
  readonly plan: Plan;
  readonly step: Extract<Step, { at: 'when' }>;
  /** The zone that is typed in at first. */
  readonly zone: string;
  readonly now: UtcSeconds;
  readonly saving: PlanChange;
  readonly on: (event: WizardEvent) => void;
}

/** The second step: when the incident was, and which point each unit goes back to. */
export function WhenStep({ plan, step, zone, now, saving, on }: WhenStepProps) {
  const styles = useStyles();
  const client = useClient();
  const myZone = useMyZone();
  const tenantZone = useTenantZone(plan.tenantId);
  const fields = incidentFields(step.typed.incident, plan, zone);
  const state = incidentState(fields, plan, now);
  const choices = zoneChoices({ tenantZone, myZone, at: 'at' in state ? state.at : now });
  const outlook = useQuery({ ...planQueries.outlook(client, plan.id), enabled: plan.incidentAt !== undefined });

  const { change } = saving;
  const unsavedAt = state.is === 'unsaved' ? state.at : undefined;
  const { preference } = plan;
  useEffect(() => {
    if (unsavedAt === undefined) return undefined;
    const timer = setTimeout(
      () =>
        change(caller =>
          caller.plans.setIncident({ planId: plan.id, incidentAt: unsavedAt, timeZone: fields.zone, preference }),
        ),
      PAUSE_MILLIS,
    );
    return () => clearTimeout(timer);
  }, [unsavedAt, fields.zone, preference, plan.id, change]);

  // What was just pressed shows at once; main's answer takes its place.
  const [pressed, setPressed] = useState<{ preference: Preference; savedAt: number } | undefined>(undefined);
  const setPreference = (next: Preference) => {
    setPressed({ preference: next, savedAt: plan.savedAt });
    const { incidentAt } = plan;
    if (incidentAt === undefined) return;
    change(caller =>
      caller.plans.setIncident({
        planId: plan.id,
        incidentAt,
        timeZone: plan.timeZone ?? fields.zone,
        preference: next,
      }),
    );
  };
  const hasFast = plan.unitsByKind.site + plan.unitsByKind.drive > 0;
  const fastMedian = outlook.data?.fastMedianLossSeconds;
  const tenant = useQuery(queries.tenants(client)).data?.find(({ id }) => id === plan.tenantId);
  return (
    <>
      {tenant !== undefined && <ZonePrompt tenant={tenant} />}
      <div className={styles.fields}>
        <ZonedTimeInput
          label="Incident time: go back to before"
          value={fields}
          onChange={incident => on({ type: 'incidentTyped', incident })}
          zones={choices.map(choice => ({ zone: choice.zone, word: choice.word }))}
          now={now}
          hint={
            'at' in state
              ? elsewhereInWords(state.at, fields.zone, choices, now)
              : 'Write the date as 20.11.2026 and the time with 24 hours, as 14:05.'
          }
          problem={
            state.is === 'future'
              ? `This lies in the future: by the service’s clock it is ${formatMoment(now, fields.zone, now)}.`
              : undefined
          }
        />
        {hasFast && (
          <Field
            label="Which point"
            hint={
              preference === 'fast'
                ? 'Sites and OneDrives go back to a fast point, which restores sooner; where none is known, to the newest.'
                : fastMedian === undefined
                  ? 'The newest point before the incident loses least.'
                  : `Fast preferred would restore sooner and lose more: median ${formatDuration(fastMedian)}.`
            }
          >
            {() => (
              <div>
                <Segments<Preference>
                  label="Which point"
                  segments={[
                    { id: 'newest', word: 'Newest before' },
                    { id: 'fast', word: 'Fast preferred' },
                  ]}
                  value={pressed?.savedAt === plan.savedAt ? pressed.preference : preference}
                  onChange={setPreference}
                />
              </div>
            )}
          </Field>
        )}
      </div>
      {state.is !== 'saved' && state.is !== 'unsaved' ? (
        <EmptyState
          meaning={
            plan.incidentAt === undefined
              ? 'Once the time is typed, the newest point before it is shown for each unit, with how much is lost and how certain that is.'
              : 'The points are shown again once the time reads well. The plan keeps the former time until then.'
          }
        />
      ) : outlook.error !== null && outlook.data === undefined ? (
        <ErrorState error={outlook.error} onRetry={() => void outlook.refetch()} />
      ) : outlook.data === undefined || outlook.data.plan.incidentAt === undefined ? (
        <SkeletonLines lines={5} label="Looking up the points" />
      ) : (
        <Found
          plan={plan}
          outlook={outlook.data}
          only={step.only}
          zone={fields.zone}
          now={now}
          saving={saving}
          on={on}
        />
      )}
    </>
  );
}

interface FoundProps {
  readonly plan: Plan;
  readonly outlook: PlanOutlook;
  readonly only: CertaintyFilter;
  readonly zone: string;
  readonly now: UtcSeconds;
  readonly saving: PlanChange;
  readonly on: (event: WizardEvent) => void;
}

function Found({ plan, outlook, only, zone, now, saving, on }: FoundProps) {
  const styles = useStyles();
  const client = useClient();
  const isOffline = useIsOffline();
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
  const shownNow = now - (now % 60);
  const columns = useMemo(
    () =>
      whenColumns({
        zone,
        now: shownNow,
        incidentAt,
        onChoose: (unitId, choice) => change(caller => caller.plans.choosePoint({ planId: plan.id, unitId, choice })),
        onAnother: setAnother,
      }),
    [zone, shownNow, incidentAt, change, plan.id],
  );
  const { certainty } = outlook.plan;
  const uncertain = uncertainOf(outlook.plan);
  const { cost } = outlook;
  const progress = certain.progress;
  return (
    <>
      <PointsFound outlook={outlook} />
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
              disabledReason={isOffline ? offlineReasons.ask : undefined}
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
