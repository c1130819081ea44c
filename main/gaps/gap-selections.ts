import { randomUUID } from 'node:crypto';
import { AppFailure } from '../../shared/contract/errors.ts';
import type { GapSelection } from '../../shared/contract/gaps.ts';
import type { TenantId, UnitId } from '../../shared/domain/protection-unit.ts';
import { type Gap, type KnownGap, ownerOfGap, policyOfGap } from './known-gaps.ts';

interface Selection {
  readonly tenantId: TenantId;
  readonly gapIds: Set<string>;
}

/** Selections kept at once; the oldest goes for a new one. */
const AT_MOST = 50;

export type UnitsOfGaps = 'troubled' | 'inError' | 'removed' | 'deletionAsked';

/** Named sets of a tenant's gaps, in memory. A gap that is mended leaves them by itself. */
export class GapSelections {
  readonly #selections = new Map<string, Selection>();

  open(tenantId: TenantId): string {
    const [oldest] = this.#selections.keys();
    if (this.#selections.size >= AT_MOST && oldest !== undefined) this.#selections.delete(oldest);
    const id = randomUUID();
    this.#selections.set(id, { tenantId, gapIds: new Set() });
    return id;
  }

  /** @throws AppFailure SELECTION_NOT_FOUND */
  get(selectionId: string): Selection {
    const selection = this.#selections.get(selectionId);
    if (selection === undefined) throw new AppFailure({ code: 'SELECTION_NOT_FOUND', selectionId });
    return selection;
  }

  forget(tenantId: TenantId): void {
    for (const [id, selection] of this.#selections) if (selection.tenantId === tenantId) this.#selections.delete(id);
  }
}

/** What can be done with the selected gaps, of those that are still there. */
export function toGapSelection(id: string, chosen: readonly KnownGap[]): GapSelection {
  const gaps = chosen.map(({ gap }) => gap);
  const owners = { site: 0, drive: 0, mailbox: 0 };
  for (const gap of gaps) for (const kind of ownerOfGap(gap)?.kinds ?? []) owners[kind] += 1;
  const policies = new Set(gaps.map(gap => policyOfGap(gap)?.id));
  const [policyId] = policies;
  const [only] = gaps.length === 1 ? gaps : [];
  return {
    id,
    count: gaps.length,
    owners,
    units: {
      troubled: unitsOfGaps(gaps, 'troubled').length,
      inError: unitsOfGaps(gaps, 'inError').length,
      removed: unitsOfGaps(gaps, 'removed').length,
      deletionAsked: unitsOfGaps(gaps, 'deletionAsked').length,
    },
    ...(only?.sort === 'rule' ? { rule: { policyId: only.policy.id, ruleId: only.ruleId, type: only.type } } : {}),
    ...(policies.size === 1 && policyId !== undefined ? { policyId } : {}),
  };
}

/** The units among gaps that this can be done with, each once. */
export function unitsOfGaps(gaps: readonly Gap[], which: UnitsOfGaps): UnitId[] {
  const found = gaps.flatMap((gap): UnitId[] => {
    switch (gap.sort) {
      case 'late':
      case 'withoutPoint':
      case 'inError':
        return isUnitMeant(gap, which) ? [gap.unitId] : [];
      case 'unprotected':
      case 'leftOut':
        return gap.missing.flatMap(({ why, unitId }) => (why === which && unitId !== undefined ? [unitId] : []));
      default:
        return [];
    }
  });
  return [...new Set(found)];
}

function isUnitMeant(gap: Extract<Gap, { readonly unitId: string }>, which: UnitsOfGaps): boolean {
  switch (which) {
    case 'troubled':
      return true;
    case 'inError':
      return gap.sort === 'inError' && gap.policy !== undefined;
    case 'removed':
      return gap.policy === undefined && gap.status === 'unprotected';
    case 'deletionAsked':
      return gap.status === 'offboardRequested';
  }
}
