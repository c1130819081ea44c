import { Button, Link, makeStyles, tokens } from '@fluentui/react-components';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { GapSelection } from '../../shared/contract/gaps.ts';
import type { Cost } from '../../shared/contract/sync.ts';
import type { Tenant } from '../../shared/contract/tenants.ts';
import { useWhyNotChange } from '../policies/index.ts';
import type { AskedChange } from '../policies/index.ts';
import { useWhyNotAsk } from '../restore/index.ts';
import { keys, navigate, useClient } from '../store/index.ts';
import { CommandButton } from '../ui/command-button.tsx';
import { costInWords } from '../ui/cost-words.ts';
import { formatCount } from '../ui/number.ts';

const useStyles = makeStyles({
  foot: {
    display: 'flex',
    alignItems: 'center',
    gap: '8px',
    padding: '8px 12px',
    minHeight: '32px',
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    flexShrink: 0,
    flexWrap: 'wrap',
  },
  count: { fontWeight: tokens.fontWeightSemibold, whiteSpace: 'nowrap' },
  quiet: { color: tokens.colorNeutralForeground3 },
  rest: { flexGrow: 1 },
});

interface GapCommandsProps {
  readonly tenantId: string;
  readonly tenant: Tenant | undefined;
  readonly selection: GapSelection | undefined;
  /** How many of the selected the list does not show now; what is done is done to them as well. */
  readonly hidden: number;
  readonly onClear: () => void;
  readonly onAsk: (asked: AskedChange) => void;
  readonly onError: (error: unknown) => void;
}

interface UnitsChange {
  readonly id: string;
  readonly which: 'inError' | 'removed' | 'deletionAsked';
  readonly policyId?: string;
}

/** What can be done with the selected gaps. Only what fits the selection is offered. */
export function GapCommands({ tenantId, tenant, selection, hidden, onClear, onAsk, onError }: GapCommandsProps) {
  const styles = useStyles();
  const client = useClient();
  const whyNotChange = useWhyNotChange(tenant);
  const whyNotAsk = useWhyNotAsk('ask');
  const count = selection?.count ?? 0;
  const addTo = useMutation({
    mutationFn: async ({ id, owners }: GapSelection) => {
      const { ownerListId } = await client.gaps.toOwnerList({ selectionId: id });
      onAsk({ is: 'addOwners', ownerListId, counts: owners });
    },
    onError,
  });
  const changeUnits = useMutation({
    mutationFn: async ({ id, which, policyId }: UnitsChange) => {
      const { id: selectionId } = await client.gaps.toUnitSelection({ selectionId: id, which });
      const units = { type: 'selection', selectionId } as const;
      if (which !== 'inError')
        onAsk({ is: 'whole', change: { type: which === 'removed' ? 'offboard' : 'cancelOffboard', units } });
      else if (policyId !== undefined) onAsk({ is: 'whole', change: { type: 'removeUnits', policyId, units } });
    },
    onError,
  });
  const asking = useAskAgain(tenantId, onError);
  const owners = selection === undefined ? 0 : Math.max(...Object.values(selection.owners));
  const { rule, policyId } = selection ?? {};
  return (
    <div className={styles.foot}>
      <span className={styles.count} aria-live="polite">
        {count === 0 ? 'None selected' : `${formatCount(count)} selected`}
      </span>
      {count > 0 && hidden > 0 && (
        <span className={styles.quiet}>{formatCount(Math.min(hidden, count))} of them not in this list</span>
      )}
      {count > 0 && (
        <Link as="button" onClick={onClear}>
          Clear
        </Link>
      )}
      <span className={styles.rest} />
      {selection === undefined || count === 0 ? (
        <span className={styles.quiet}>
          Select gaps with Space or their boxes, and what mends them is offered here.
        </span>
      ) : asking.offered !== undefined && (asking.isAsking || asking.offered.of === selection) ? (
        <>
          <span className={styles.quiet} role="status">
            Asks for their newest points: {costInWords(asking.offered.cost)}.
          </span>
          <Button onClick={asking.takeBack}>Cancel</Button>
          <CommandButton
            appearance="primary"
            disabledReason={asking.offered.cost.questions === 0 ? 'What is known of them is fresh.' : whyNotAsk}
            running={asking.isAsking ? { label: 'Stop asking', onStop: asking.stop } : undefined}
            onClick={asking.ask}
          >
            Ask
          </CommandButton>
        </>
      ) : (
        <>
          {policyId !== undefined && (
            <Button onClick={() => navigate({ at: 'policies', tenantId, policyId })}>Open the policy</Button>
          )}
          {policyId !== undefined && selection.units.inError > 0 && (
            <CommandButton
              disabledReason={whyNotChange}
              hint="What is in error is added again after it has left its policy."
              onClick={() => changeUnits.mutate({ id: selection.id, which: 'inError', policyId })}
            >
              Remove from the policy…
            </CommandButton>
          )}
          {selection.units.deletionAsked > 0 && (
            <CommandButton
              disabledReason={whyNotChange}
              onClick={() => changeUnits.mutate({ id: selection.id, which: 'deletionAsked' })}
            >
              Keep backups…
            </CommandButton>
          )}
          {/* Among others it would be taken for what mends them. */}
          {selection.units.removed > 0 && selection.units.removed === count && (
            <CommandButton
              disabledReason={whyNotChange}
              onClick={() => changeUnits.mutate({ id: selection.id, which: 'removed' })}
            >
              Delete backups…
            </CommandButton>
          )}
          {selection.units.troubled > 0 && (
            <CommandButton
              disabledReason={whyNotAsk}
              hint="Says first what it costs."
              onClick={() => asking.offer(selection)}
            >
              Ask again…
            </CommandButton>
          )}
          {rule?.type === 'static' && (
            <CommandButton
              appearance="primary"
              disabledReason={whyNotChange}
              onClick={() =>
                onAsk({ is: 'whole', change: { type: 'runRule', policyId: rule.policyId, ruleId: rule.ruleId } })
              }
            >
              Run the rule again…
            </CommandButton>
          )}
          {owners > 0 && (
            <CommandButton appearance="primary" disabledReason={whyNotChange} onClick={() => addTo.mutate(selection)}>
              Add to a policy…
            </CommandButton>
          )}
        </>
      )}
    </div>
  );
}

/** Asks for the newest points of the selected units: first what it costs, then the asking, which can be stopped. */
function useAskAgain(tenantId: string, onError: (error: unknown) => void) {
  const client = useClient();
  const queryClient = useQueryClient();
  const stopping = useRef<AbortController | undefined>(undefined);
  const [offered, setOffered] = useState<{ of: GapSelection; selectionId: string; cost: Cost } | undefined>(undefined);
  const wantedOf = (selectionId: string) =>
    ({ type: 'heads', units: { type: 'selection', selectionId }, fast: false }) as const;
  const offer = useMutation({
    mutationFn: async (of: GapSelection) => {
      const { id } = await client.gaps.toUnitSelection({ selectionId: of.id, which: 'troubled' });
      setOffered({ of, selectionId: id, cost: await client.sync.cost({ tenantId, wanted: wantedOf(id) }) });
    },
    onError,
  });
  const ask = useMutation({
    mutationFn: async (selectionId: string) => {
      stopping.current = new AbortController();
      await client.sync.ask({ tenantId, wanted: wantedOf(selectionId) }, { signal: stopping.current.signal });
    },
    onError,
    onSettled: async () => {
      setOffered(undefined);
      await queryClient.invalidateQueries({ queryKey: keys.gaps(tenantId) });
    },
  });
  return {
    offered,
    isAsking: ask.isPending,
    offer: (of: GapSelection) => offer.mutate(of),
    ask: () => {
      if (offered !== undefined) ask.mutate(offered.selectionId);
    },
    stop: () => stopping.current?.abort(),
    takeBack: () => setOffered(undefined),
  };
}
