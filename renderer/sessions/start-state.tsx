import { MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Plan } from '../../shared/contract/plans.ts';
import type { RestoreSession } from '../../shared/contract/sessions.ts';
import { keys, navigate, useClient, useWordContext } from '../store/index.ts';
import { CommandButton } from '../ui/command-button.tsx';
import { messageFor } from '../ui/messages.ts';
import { ErrorBar } from '../ui/states/error-bar.tsx';
import { canCancelStart } from './restore-rows.ts';
import { isOver, isSaidByFrame, waitingStartWords } from './session-words.ts';
import type { NotAsking } from './session-words.ts';

/** What keeps a plan from going on, and the way to stop its start while that is still possible. */
export function StartState({
  plan,
  sessions,
  notAsking,
}: {
  plan: Plan;
  sessions: readonly RestoreSession[];
  notAsking: NotAsking | undefined;
}) {
  const client = useClient();
  const queryClient = useQueryClient();
  const context = useWordContext();
  const cancel = useMutation({
    mutationFn: () => client.plans.cancelStart({ planId: plan.id }),
    onSuccess: made => {
      if (made.status === 'draft') navigate({ at: 'wizard', tenantId: plan.tenantId, planId: plan.id }, 'replace');
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: keys.plans }),
  });
  const isOpen = canCancelStart(plan, sessions);
  const isSaid = isSaidByFrame(plan.problem, notAsking);
  const isHeldUpNoMore = isOver(plan.problem, notAsking);
  const message =
    plan.problem === undefined || isSaid || isHeldUpNoMore ? undefined : messageFor(plan.problem, context);
  if (plan.status !== 'starting' && message === undefined && cancel.error === null) return null;
  return (
    <>
      {cancel.error !== null && <ErrorBar error={cancel.error} onDismiss={cancel.reset} />}
      {(plan.status === 'starting' || message !== undefined) && (
        <MessageBar intent={message === undefined ? 'info' : 'warning'} layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>
              {message?.what ??
                (isSaid && notAsking !== undefined
                  ? waitingStartWords[notAsking]
                  : isHeldUpNoMore
                    ? 'The start goes on within a minute.'
                    : 'The restore is being started.')}
            </MessageBarTitle>
            {message === undefined
              ? 'Each session is drafted, read back, compared with the plan and only then activated.'
              : `${message.why} It is tried again by itself; nothing is sent twice.`}{' '}
            {plan.status === 'starting' &&
              (isOpen
                ? 'Until the first session is activated the start can be taken back.'
                : 'A session is active already, so the start can’t be taken back.')}
          </MessageBarBody>
          {isOpen && (
            <MessageBarActions>
              <CommandButton
                disabledReason={cancel.isPending ? 'The drafts are being deleted.' : undefined}
                onClick={() => cancel.mutate()}
              >
                Cancel start
              </CommandButton>
            </MessageBarActions>
          )}
        </MessageBar>
      )}
    </>
  );
}
