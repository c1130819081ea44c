export { SessionsView } from './sessions-view.tsx';
