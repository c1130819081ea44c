import type { ContractRouterClient } from '@orpc/contract';
import { createContext, useContext } from 'react';
import type { ReactNode } from 'react';
import type { Contract } from '../../shared/contract/index.ts';

/** Everything main offers, as asynchronous functions: `client.units.list(input, { signal })`. Each rejects with an AppFailure. */
export type ConsoleClient = ContractRouterClient<Contract>;

const ClientContext = createContext<ConsoleClient | undefined>(undefined);

export function ConsoleClientProvider({ client, children }: { client: ConsoleClient; children: ReactNode }) {
  return <ClientContext.Provider value={client}>{children}</ClientContext.Provider>;
}

/** The client of this window. Throws outside of its provider. */
export function useClient(): ConsoleClient {
  const client = useContext(ClientContext);
  if (client === undefined) throw new Error('useClient needs a ConsoleClientProvider above it');
  return client;
}
