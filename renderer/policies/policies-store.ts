import { create } from 'zustand';
import type { InclusionRule, PolicyChange, PolicySummary } from '../../shared/contract/policies.ts';
import type { UnitKind } from '../../shared/domain/protection-unit.ts';
import type { KeptSelection } from '../protection/index.ts';

/** A change that somebody asked for: with a form to fill in first, or whole. */
export type AskedChange =
  | { readonly is: 'create' }
  | { readonly is: 'rename'; readonly policy: PolicySummary }
  | { readonly is: 'addUnits'; readonly policy: PolicySummary }
  | { readonly is: 'addSelected'; readonly selectionId: string }
  /** Users and sites that main keeps as a list, with how many of them each kind of policy could take in. */
  | { readonly is: 'addOwners'; readonly ownerListId: string; readonly counts: { readonly [K in UnitKind]: number } }
  | { readonly is: 'createRule'; readonly policy: PolicySummary }
  | { readonly is: 'changeRule'; readonly policy: PolicySummary; readonly rule: InclusionRule }
  | { readonly is: 'whole'; readonly change: PolicyChange };

interface PoliciesStore {
  /** By tenant, and there by list. */
  readonly selections: { readonly [tenantId: string]: { readonly [list: string]: string | undefined } };
}

const usePoliciesStore = create<PoliciesStore>()(() => ({ selections: {} }));

/** The selection of the units of one policy, or of none, kept while other places are looked at. */
export function useListSelection(tenantId: string, policyId: string | undefined): KeptSelection {
  const list = policyId ?? 'without';
  const find = ({ selections }: PoliciesStore): string | undefined => selections[tenantId]?.[list];
  return {
    id: usePoliciesStore(find),
    current: () => find(usePoliciesStore.getState()),
    keep: id =>
      usePoliciesStore.setState(({ selections }) => ({
        selections: { ...selections, [tenantId]: { ...selections[tenantId], [list]: id } },
      })),
  };
}

/** Drops what was selected in a tenant's policies, after the tenant is gone. */
export function forgetListSelections(tenantId: string): void {
  usePoliciesStore.setState(({ selections: { [tenantId]: _, ...selections } }) => ({ selections }));
}
