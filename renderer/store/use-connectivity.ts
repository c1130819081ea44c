import { useQuery } from '@tanstack/react-query';
import type { Connectivity } from '../../shared/contract/console.ts';
import { useClient } from './console-client.tsx';
import { queries } from './queries.ts';

/** Online until main says otherwise. */
export function useConnectivity(): Connectivity {
  return useQuery(queries.connectivity(useClient())).data ?? { state: 'online' };
}

export function useIsOffline(): boolean {
  return useConnectivity().state === 'offline';
}
