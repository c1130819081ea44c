export { forgetLook } from './protection-store.ts';
export { ProtectionView } from './protection-view.tsx';
