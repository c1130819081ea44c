export { ServiceView } from './service-view.tsx';
