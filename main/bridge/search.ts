import type { Services } from '../services.ts';
import { bridge } from './implementing.ts';

const { search: procedures } = bridge;

export const searchHandlers = ({ catalog }: Services) => ({
  units: procedures.units.handler(async ({ input }) => {
    const { hits, more } = await catalog.units.searchAcrossTenants(input);
    return { hits: [...hits], more };
  }),
});
