import type { Services } from '../services.ts';
import { bridge } from './implementing.ts';

const { background: procedures } = bridge;

export const backgroundHandlers = ({ background }: Services) => ({
  state: procedures.state.handler(() => background.state()),
});
