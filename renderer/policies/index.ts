export { PoliciesView } from './policies-view.tsx';
export { forgetListSelections } from './policies-store.ts';
