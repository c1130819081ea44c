export { ChangeDialog } from './change-dialog.tsx';
export type { AskedChange } from './policies-store.ts';
export { PoliciesView } from './policies-view.tsx';
export { forgetListSelections } from './policies-store.ts';
export { useWhyNotChange } from './use-why-not-change.ts';
