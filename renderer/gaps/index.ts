export { forgetGapsLook } from './gaps-look.ts';
export { GapsView } from './gaps-view.tsx';
