export { PoliciesView } from './policies-view.tsx';
