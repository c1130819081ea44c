import { Field, makeStyles } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Plan, Preference } from '../../shared/contract/plans.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { queries, useClient, useMyZone, useTenantZone } from '../store/index.ts';
import { ZonePrompt } from '../tenants/index.ts';
import { Segments } from '../ui/segments.tsx';
import { EmptyState } from '../ui/states/empty-state.tsx';
import { ErrorState } from '../ui/states/error-state.tsx';
import { SkeletonLines } from '../ui/states/skeleton.tsx';
import { formatDuration } from '../ui/time/format.ts';
import { elsewhereInWords, zoneChoices } from '../ui/time/zone-choices.ts';
import { ZonedTimeInput } from '../ui/time/zoned-time-input.tsx';
import { FoundPoints } from './found-points.tsx';
import { futureInWords, incidentFields, incidentState } from './incident.ts';
import { planQueries } from './plan-queries.ts';
import type { PlanChange } from './use-plan-change.ts';
import type { Step, WizardEvent } from './wizard.ts';

const useStyles = makeStyles({
  fields: { display: 'flex', flexWrap: 'wrap', gap: '8px 24px', flexShrink: 0 },
  // Takes what is left of the line: a longer hint breaks in here and moves nothing.
  which: { flexGrow: 1, flexBasis: '260px', minWidth: 0 },
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
              : 'As 20.11.2026 and 14:05, in 24 hours.'
          }
          problem={state.is === 'future' ? futureInWords(now, fields.zone) : undefined}
        />
        {hasFast && (
          <Field
            className={styles.which}
            label="Which point"
            hint={
              preference === 'fast'
                ? 'A fast point restores sooner; where none is known, the newest is taken.'
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
        <FoundPoints
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
