export { forgetLook } from './protection-store.ts';
export { ProtectionView } from './protection-view.tsx';
export { selectionByPlace } from './selection-by-place.ts';
export { unitColumns } from './unit-columns.tsx';
export { UnitPanel } from './unit-panel.tsx';
export { toUnitSort } from './unit-query.ts';
export { useUnitSelection } from './use-unit-selection.ts';
export type { KeptSelection } from './use-unit-selection.ts';
