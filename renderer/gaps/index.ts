export { GapsView } from './gaps-view.tsx';
