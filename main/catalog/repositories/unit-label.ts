import type { UnitKind } from '../../../shared/domain/protection-unit.ts';

/** What is shown of a unit, however it was named. */
export interface UnitLabel {
  readonly unitId: string;
  readonly kind: UnitKind;
  readonly name: string;
  readonly address?: string;
}

export type LabelRow = Omit<UnitLabel, 'address'> & { readonly address: string | null };

export const toLabel = ({ unitId, kind, name, address }: LabelRow): UnitLabel => ({
  unitId,
  kind,
  name,
  ...(address === null ? {} : { address }),
});
