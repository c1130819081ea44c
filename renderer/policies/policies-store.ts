import { create } from 'zustand';
import type { InclusionRule, PolicyChange, PolicySummary } from '../../shared/contract/policies.ts';
import type { KeptSelection } from '../protection/index.ts';

/** A change that somebody asked for: with a form to fill in first, or whole. */
export type AskedChange =
  | { readonly is: 'create' }
  | { readonly is: 'rename'; readonly policy: PolicySummary }
  | { readonly is: 'addUnits'; readonly policy: PolicySummary }
  | { readonly is: 'addSelected'; readonly selectionId: string }
  | { readonly is: 'createRule'; readonly policy: PolicySummary }
  | { readonly is: 'changeRule'; readonly policy: PolicySummary; readonly rule: InclusionRule }
  | { readonly is: 'whole'; readonly change: PolicyChange };

interface PoliciesStore {
  readonly selections: { readonly [list: string]: string | undefined };
  readonly keepSelection: (list: string, id: string | undefined) => void;
}

const usePoliciesStore = create<PoliciesStore>()(set => ({
  selections: {},
  keepSelection: (list, id) => set(state => ({ selections: { ...state.selections, [list]: id } })),
}));

/** The selection of one list of units, kept while other places are looked at. */
export function useListSelection(list: string): KeptSelection {
  const id = usePoliciesStore(state => state.selections[list]);
  const keepSelection = usePoliciesStore(state => state.keepSelection);
  return {
    id,
    current: () => usePoliciesStore.getState().selections[list],
    keep: next => keepSelection(list, next),
  };
}
