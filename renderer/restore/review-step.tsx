import {
  Button,
  makeStyles,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  tokens,
} from '@fluentui/react-components';
import { Play16Regular } from '@fluentui/react-icons';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Finding, Plan } from '../../shared/contract/plans.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { keys, navigate, queries, toAppError, useClient, useIsOffline, useMyZone } from '../store/index.ts';
import { openTenantDialog } from '../tenants/index.ts';
import { CommandButton } from '../ui/command-button.tsx';
import { formatCount } from '../ui/number.ts';
import { ErrorBar } from '../ui/states/error-bar.tsx';
import { ErrorState } from '../ui/states/error-state.tsx';
import { SkeletonLines } from '../ui/states/skeleton.tsx';
import { TypedNameField } from '../ui/typed-name-field.tsx';
import { isTypedName } from '../ui/typed-name.ts';
import type { FindingAction } from './finding-words.ts';
import { planQueries } from './plan-queries.ts';
import { changedPointsInWords, startInWords, whyNotStart } from './start-words.ts';
import { useTakeOut } from './use-take-out.ts';
import { useWizardStore } from './wizard-store.ts';
import { PlanFacts } from './plan-facts.tsx';
import { Reviewed } from './reviewed.tsx';
import type { Step, WizardEvent } from './wizard.ts';

const useStyles = makeStyles({
  middle: { display: 'flex', flexGrow: 1, minHeight: 0 },
  content: {
    display: 'flex',
    flexDirection: 'column',
    gap: '8px',
    flexGrow: 1,
    minWidth: 0,
    padding: '12px 16px',
    overflowY: 'auto',
  },
  notice: { flexShrink: 0 },
  panel: {
    width: '288px',
    flexShrink: 0,
    boxSizing: 'border-box',
    padding: '12px 16px',
    borderLeft: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
    display: 'flex',
    flexDirection: 'column',
    gap: '12px',
    overflowY: 'auto',
    '@media (min-width: 1600px)': { width: '360px' },
  },
  panelTitle: {
    margin: 0,
    fontSize: tokens.fontSizeBase300,
    lineHeight: '20px',
    fontWeight: tokens.fontWeightSemibold,
  },
  rest: { flexGrow: 1 },
  confirm: { borderTop: `1px solid ${tokens.colorNeutralStroke2}`, paddingTop: '12px' },
  why: { margin: 0, fontSize: tokens.fontSizeBase200, lineHeight: '18px', color: tokens.colorNeutralForeground2 },
  start: { flexShrink: 0, minHeight: '40px', padding: '0 8px' },
});

interface ReviewStepProps {
  readonly plan: Plan;
  readonly step: Extract<Step, { at: 'review' | 'starting' }>;
  readonly zone: string;
  readonly now: UtcSeconds;
  readonly on: (event: WizardEvent) => void;
}

/** The last step: what will happen, what was found, and the start. */
export function ReviewStep({ plan, step, zone, now, on }: ReviewStepProps) {
  const styles = useStyles();
  const client = useClient();
  const queryClient = useQueryClient();
  const isOffline = useIsOffline();
  const myZone = useMyZone();
  const forget = useWizardStore(state => state.forget);
  const review = useQuery({ ...planQueries.review(client, plan, isOffline), placeholderData: keepPreviousData });
  const takeOut = useTakeOut(plan);
  const signIn = useMutation({
    mutationFn: () => client.account.signInToTenant({ tenantId: plan.tenantId, scopes: 'restore' }),
    onSuccess: () => review.refetch(),
  });
  const tryNow = useMutation({
    mutationFn: () => client.console.tryNow(),
    onSuccess: async connectivity => {
      queryClient.setQueryData(keys.connectivity, connectivity);
      await review.refetch();
    },
  });
  const typedName = step.typed.name;
  const domain = useQuery(queries.tenants(client)).data?.find(({ id }) => id === plan.tenantId)?.domain ?? '';
  const start = useMutation({
    mutationFn: () =>
      client.plans.start({
        planId: plan.id,
        ...(plan.destination === 'inPlace' ? { typedName: typedName.trim() } : {}),
      }),
    onMutate: () => on({ type: 'startAsked', plan }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: keys.plans });
      forget(plan.id);
      navigate({ at: 'restores', tenantId: plan.tenantId, planId: plan.id }, 'replace');
    },
    onError: async thrown => {
      on({ type: 'startRefused' });
      if (toAppError(thrown).code === 'START_BLOCKED') await review.refetch();
      await queryClient.invalidateQueries({ queryKey: keys.plan(plan.id) });
    },
  });

  const act = (action: FindingAction, finding: Finding) => {
    const { tenantId } = plan;
    switch (action) {
      case 'tryNow':
        return tryNow.mutate();
      case 'signIn':
        return signIn.mutate();
      case 'readiness':
        return navigate({ at: 'readiness', tenantId });
      case 'allowChanges':
        return openTenantDialog({ is: 'readOnly', tenantId });
      case 'openRestores':
        return navigate({ at: 'restores', tenantId });
      case 'takeOut':
        return 'unitIds' in finding ? takeOut.mutate(finding) : undefined;
      case 'showUncertain':
        return on({
          type: 'uncertainAsked',
          only: plan.certainty.atLeast > 0 ? 'atLeast' : plan.certainty.asShown > 0 ? 'asShown' : 'notAsked',
        });
      case 'showLeftOut':
        return on({ type: 'uncertainAsked', only: plan.certainty.none > 0 ? 'none' : 'notAsked' });
      case 'choosePoints':
        return on({ type: 'uncertainAsked', only: 'all' });
    }
  };

  const changed = start.error === null ? undefined : changedPointsInWords(toAppError(start.error));
  const isStarting = step.at === 'starting' || start.isPending;
  const why = isStarting
    ? 'The restore is being started: the plan is checked once more first.'
    : whyNotStart({ plan, review: review.data, isOffline, isChecking: review.isFetching, typedName, domain });
  return (
    <div className={styles.middle}>
      <div className={styles.content}>
        {plan.destination === 'inPlace' && (
          <MessageBar intent="error" layout="multiline" className={styles.notice} politeness="polite">
            <MessageBarBody>
              <MessageBarTitle>In place can’t be undone.</MessageBarTitle>
              Everything in {plan.restorable === 1 ? 'this unit' : `these ${formatCount(plan.restorable)} units`} that
              is newer than the chosen point is overwritten. There is no undo, no dry run, and no cancel once it has
              started.
            </MessageBarBody>
          </MessageBar>
        )}
        {start.error !== null &&
          (changed === undefined ? (
            <ErrorBar error={start.error} onDismiss={start.reset} />
          ) : (
            <MessageBar intent="warning" layout="multiline" className={styles.notice}>
              <MessageBarBody>
                <MessageBarTitle>{changed.what}</MessageBarTitle>
                {changed.next}
              </MessageBarBody>
              <MessageBarActions>
                <Button onClick={() => on({ type: 'uncertainAsked', only: 'all' })}>Look at the points</Button>
              </MessageBarActions>
            </MessageBar>
          ))}
        {takeOut.error !== null && <ErrorBar error={takeOut.error} onDismiss={takeOut.reset} />}
        {signIn.error !== null && <ErrorBar error={signIn.error} onDismiss={signIn.reset} />}
        {review.error !== null && review.data === undefined ? (
          <ErrorState error={review.error} onRetry={() => void review.refetch()} />
        ) : review.data === undefined ? (
          <SkeletonLines lines={8} label="Checking the plan" />
        ) : (
          <>
            {review.error !== null && <ErrorBar error={review.error} />}
            <Reviewed
              review={review.data}
              zone={myZone}
              now={now}
              isChecking={review.isFetching || takeOut.isPending || signIn.isPending || tryNow.isPending}
              onCheck={() => void review.refetch()}
              onShow={() => on({ type: 'uncertainAsked', only: 'all' })}
              onAction={act}
            />
          </>
        )}
      </div>
      <aside className={styles.panel} aria-label="Plan">
        <h2 className={styles.panelTitle}>Plan</h2>
        <PlanFacts plan={plan} tenantName={review.data?.tenantName} zone={plan.timeZone ?? zone} now={now} />
        <span className={styles.rest} />
        {plan.destination === 'inPlace' && review.data !== undefined && (
          <div className={styles.confirm}>
            <TypedNameField
              label="To start, type the tenant’s name or domain:"
              expected={review.data.tenantName}
              or={domain}
              typed={typedName}
              onChange={name => on({ type: 'nameTyped', name })}
            />
          </div>
        )}
        {why !== undefined &&
          (plan.destination !== 'inPlace' ||
            isOffline ||
            isTypedName(typedName, review.data?.tenantName ?? '', domain)) && <p className={styles.why}>{why}</p>}
        <CommandButton
          className={styles.start}
          appearance="primary"
          icon={<Play16Regular />}
          disabledReason={why}
          onClick={() => start.mutate()}
        >
          {isStarting ? 'Starting' : startInWords(plan)}
        </CommandButton>
      </aside>
    </div>
  );
}
