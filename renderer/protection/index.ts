export { ProtectionView } from './protection-view.tsx';
