export { RestorePointsView } from './restore-points-view.tsx';
