import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { nowOf } from './clock.ts';
import type { ReadClock } from './clock.ts';
import { useClient } from './console-client.tsx';
import { queries } from './queries.ts';

/** Ticks each real second; the shown ages change no oftener. The machine's own clock until main's is known. */
function useTicking(clock: ReadClock | undefined): UtcSeconds {
  const [millis, setMillis] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setMillis(performance.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return clock === undefined ? Math.floor((performance.timeOrigin + millis) / 1000) : nowOf(clock, millis);
}

/** Now by the host's clock: in the demo it runs at the emulator's rate. */
export function useHostNow(): UtcSeconds {
  return useTicking(useQuery(queries.consoleState(useClient())).data?.clock);
}

/** Now in the tenant's service time, which ages, expiry and "in the future" are judged by. The host's clock until it is known. */
export function useTenantNow(tenantId: string): UtcSeconds {
  const client = useClient();
  const host = useQuery(queries.consoleState(client)).data?.clock;
  const service = useQuery(queries.overview(client, tenantId)).data?.clock;
  return useTicking(service ?? host);
}
