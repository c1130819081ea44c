import { useMutation, useQuery } from '@tanstack/react-query';
import { queries, useClient } from '../store/index.ts';
import { CommandButton } from '../ui/command-button.tsx';
import { ErrorBar } from '../ui/states/error-bar.tsx';

/** The way to the demo tenants, or back to one's own. Nothing where this host shows the demo alone. */
export function DemoChoice() {
  const client = useClient();
  const state = useQuery(queries.consoleState(client)).data;
  const isDemo = state?.profile === 'demo';
  const change = useMutation({ mutationFn: () => (isDemo ? client.console.closeDemo() : client.console.openDemo()) });
  if (state === undefined || !state.canSwitchProfile) return null;
  return (
    <>
      <CommandButton
        onClick={() => change.mutate()}
        disabledReason={change.isPending ? 'The window loads anew in a moment.' : undefined}
        hint={
          isDemo
            ? 'Closes the demo and opens your own tenants; the window loads anew.'
            : 'Opens invented tenants in a profile of their own; yours is not touched. The window loads anew.'
        }
      >
        {isDemo ? 'Leave the demo' : 'Open the demo tenants'}
      </CommandButton>
      {change.error !== null && <ErrorBar error={change.error} />}
    </>
  );
}
