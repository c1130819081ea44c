import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import type { Plan } from '../../shared/contract/plans.ts';
import { navigate, useClient, useHostNow, useMyZone, useTenantNow, useTenantZone } from '../store/index.ts';
import { CommandButton } from '../ui/command-button.tsx';
import { EmptyState } from '../ui/states/empty-state.tsx';
import { ErrorBar } from '../ui/states/error-bar.tsx';
import { ErrorState } from '../ui/states/error-state.tsx';
import { SkeletonLines } from '../ui/states/skeleton.tsx';
import { formatMoment } from '../ui/time/format.ts';
import { ChangeUnits } from './change-units.tsx';
import { incidentFields, incidentState, whyNotSaved } from './incident.ts';
import { PlanName } from './plan-name.tsx';
import { planQueries } from './plan-queries.ts';
import { PlanSoFar } from './plan-so-far.tsx';
import { missingInWords, uncertainInWords } from './plan-words.ts';
import { ReviewStep } from './review-step.tsx';
import { StepBar } from './step-bar.tsx';
import { usePlanChange } from './use-plan-change.ts';
import { WhatStep } from './what-step.tsx';
import { WhenStep } from './when-step.tsx';
import { WhereStep } from './where-step.tsx';
import { useWizardStore } from './wizard-store.ts';
import { canReach, missingOf } from './wizard.ts';
import type { Step, StepName, WizardEvent } from './wizard.ts';

const useStyles = makeStyles({
  view: { display: 'flex', flexDirection: 'column', minHeight: 0, flexGrow: 1 },
  bar: {
    display: 'flex',
    alignItems: 'center',
    gap: '12px',
    minHeight: '48px',
    padding: '4px 16px',
    rowGap: 0,
    boxSizing: 'border-box',
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    flexShrink: 0,
    flexWrap: 'wrap',
  },
  title: {
    margin: 0,
    fontSize: tokens.fontSizeBase400,
    lineHeight: '20px',
    fontWeight: tokens.fontWeightSemibold,
    whiteSpace: 'nowrap',
  },
  quiet: { color: tokens.colorNeutralForeground3, whiteSpace: 'nowrap' },
  close: { whiteSpace: 'nowrap', flexShrink: 0 },
  rest: { flexGrow: 1 },
  // Focused by the program alone, and as large as the step: a ring around it would tell nobody anything.
  place: { display: 'flex', flexDirection: 'column', flexGrow: 1, minHeight: 0, outlineStyle: 'none' },
  middle: { display: 'flex', flexGrow: 1, minHeight: 0 },
  content: {
    display: 'flex',
    flexDirection: 'column',
    gap: '8px',
    flexGrow: 1,
    minWidth: 0,
    minHeight: 0,
    padding: '12px 16px',
    overflowY: 'auto',
  },
  foot: {
    display: 'flex',
    alignItems: 'center',
    gap: '12px',
    minHeight: '56px',
    padding: '0 16px',
    boxSizing: 'border-box',
    backgroundColor: tokens.colorNeutralBackground1,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    flexShrink: 0,
  },
  page: { padding: '16px' },
});

/** The restore wizard of a plan: what, when, where, review, start. The plan lives in main and is saved by every change. */
export function RestoreWizard({ planId, wanted }: { planId: string; wanted?: StepName | undefined }) {
  const styles = useStyles();
  const client = useClient();
  const plan = useQuery(planQueries.plan(client, planId));
  const step = useWizardStore(state => state.steps[planId]);
  const open = useWizardStore(state => state.open);
  const draft = plan.data?.status === 'draft' ? plan.data : undefined;
  useEffect(() => {
    if (draft !== undefined) open(draft, wanted);
  }, [draft, wanted, open]);

  if (plan.error !== null && plan.data === undefined)
    return (
      <div className={styles.page}>
        <ErrorState error={plan.error} onRetry={() => void plan.refetch()} />
      </div>
    );
  if (plan.data === undefined)
    return (
      <div className={styles.page}>
        <SkeletonLines lines={5} label="Loading the plan" />
      </div>
    );
  if (draft === undefined) return <Started plan={plan.data} />;
  return step === undefined ? null : <Steps plan={draft} step={step} wanted={wanted} />;
}

function Started({ plan }: { plan: Plan }) {
  const styles = useStyles();
  return (
    <div className={styles.page}>
      <EmptyState
        meaning={`“${plan.name}” has been started and can no longer be changed.`}
        action={
          <Button
            appearance="primary"
            onClick={() => navigate({ at: 'restores', tenantId: plan.tenantId, planId: plan.id }, 'replace')}
          >
            Go to the restore
          </Button>
        }
      />
    </div>
  );
}

const nextWords: { readonly [S in Exclude<StepName, 'review'>]: string } = {
  what: 'Next: when',
  when: 'Next: where',
  where: 'Next: review',
};

/** Whoever comes to a step stands in it: the next Tab goes to its first control, and a screen reader says where one is. */
function StepPlace({ name, children }: { name: string; children: ReactNode }) {
  const styles = useStyles();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.focus({ preventScroll: true }), []);
  return (
    <div ref={place} tabIndex={-1} role="group" aria-label={name} className={styles.place}>
      {children}
    </div>
  );
}

/** What a step is called where it is come to. */
const stepNamesInWords: { readonly [S in StepName]: string } = {
  what: 'Step 1 of 4: what',
  when: 'Step 2 of 4: when',
  where: 'Step 3 of 4: where',
  review: 'Step 4 of 4: review',
};

function Steps({ plan, step, wanted }: { plan: Plan; step: Step; wanted: StepName | undefined }) {
  const styles = useStyles();
  const hostNow = useHostNow();
  const now = useTenantNow(plan.tenantId);
  const myZone = useMyZone();
  const tenantZone = useTenantZone(plan.tenantId);
  const zone = tenantZone ?? myZone;
  const send = useWizardStore(state => state.send);
  const on = (event: WizardEvent) => {
    send(plan.id, event);
    const now = useWizardStore.getState().steps[plan.id];
    // Each step is a place of its own: the window's back leads to the step before, not out of the wizard.
    if (now !== undefined && now.at !== step.at && now.at !== 'starting' && step.at !== 'starting')
      navigate({ at: 'wizard', tenantId: plan.tenantId, planId: plan.id, step: now.at });
  };
  useEffect(() => {
    if (step.at === 'starting' || wanted === step.at) return;
    if (wanted !== undefined && canReach(wanted, plan, step.typed)) send(plan.id, { type: 'goTo', step: wanted, plan });
    else navigate({ at: 'wizard', tenantId: plan.tenantId, planId: plan.id, step: step.at }, 'replace');
  }, [wanted, step.at, step.typed, plan, send]);
  const placeName = step.at === 'starting' ? 'review' : step.at;
  const saving = usePlanChange(plan.id);
  const incident =
    step.at === 'when' ? incidentState(incidentFields(step.typed.incident, plan, zone), plan, now) : undefined;
  const client = useClient();
  const uncertain =
    useQuery({
      ...planQueries.outlook(client, plan.id),
      enabled: step.at === 'when' && plan.incidentAt !== undefined,
    }).data?.uncertain ?? 0;
  const leave = () => navigate({ at: 'restores', tenantId: plan.tenantId });

  const content = (() => {
    switch (step.at) {
      case 'what':
        return step.isChanging ? (
          <ChangeUnits plan={plan} onClose={() => on({ type: 'unitsClosed' })} />
        ) : (
          <WhatStep plan={plan} saving={saving} onChangeUnits={() => on({ type: 'unitsOpened' })} />
        );
      case 'when':
        return <WhenStep plan={plan} step={step} zone={zone} now={now} saving={saving} on={on} />;
      case 'where':
        return <WhereStep plan={plan} saving={saving} />;
      case 'review':
      case 'starting':
        return <ReviewStep plan={plan} step={step} zone={zone} now={now} on={on} />;
    }
  })();
  const isReview = step.at === 'review' || step.at === 'starting';
  const isChanging = step.at === 'what' && step.isChanging;
  const missing = step.at === 'starting' ? undefined : missingOf(step.at, plan, step.typed);
  const whyNotNext =
    (incident === undefined ? undefined : whyNotSaved(incident)) ??
    (missing === undefined ? undefined : missingInWords(missing, plan));
  return (
    <div className={styles.view}>
      <div className={styles.bar}>
        <h1 className={styles.title}>Restore to a point in time</h1>
        <PlanName
          name={plan.name}
          onRename={name => saving.change(client => client.plans.rename({ planId: plan.id, name }))}
        />
        <span className={styles.quiet} aria-live="polite">
          {saving.isSaving ? 'saving' : `draft saved ${formatMoment(plan.savedAt, myZone, hostNow)}`}
        </span>
        <span className={styles.rest} />
        <StepBar step={step} plan={plan} onGo={name => on({ type: 'goTo', step: name, plan })} />
      </div>
      <StepPlace key={placeName} name={stepNamesInWords[placeName]}>
        {isReview ? (
          content
        ) : (
          <div className={styles.middle}>
            <div className={styles.content}>
              {saving.error !== undefined && <ErrorBar error={saving.error} onDismiss={saving.dismiss} />}
              {content}
            </div>
            {!isChanging && <PlanSoFar plan={plan} zone={zone} now={now} />}
          </div>
        )}
      </StepPlace>
      {!isChanging && (
        <div className={styles.foot}>
          <CommandButton
            disabledReason={
              step.at === 'what'
                ? 'This is the first step.'
                : step.at === 'starting'
                  ? 'The restore is being started.'
                  : undefined
            }
            onClick={() => on({ type: 'back' })}
          >
            Back
          </CommandButton>
          <Button appearance="subtle" className={styles.close} onClick={leave}>
            Save and close
          </Button>
          <span className={styles.rest} />
          <span className={styles.quiet} style={{ whiteSpace: 'normal' }}>
            {step.at === 'when' && whyNotNext === undefined && uncertainInWords(plan, uncertain)}
            {isReview &&
              'Each request is written to the audit log before it is sent. A restore that breaks off is taken up again, never sent twice.'}
          </span>
          {(step.at === 'what' || step.at === 'when' || step.at === 'where') && (
            <CommandButton appearance="primary" disabledReason={whyNotNext} onClick={() => on({ type: 'next', plan })}>
              {nextWords[step.at]}
            </CommandButton>
          )}
        </div>
      )}
    </div>
  );
}
