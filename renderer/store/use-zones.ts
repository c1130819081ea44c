import { useQuery } from '@tanstack/react-query';
import { isKnownZone, machineZone } from '../ui/time/zone.ts';
import { useClient } from './console-client.tsx';
import { queries } from './queries.ts';

/** The technician's own zone: the setting, else that of the machine. */
export function useMyZone(): string {
  const zone = useQuery(queries.settings(useClient())).data?.timeZone;
  return zone !== undefined && isKnownZone(zone) ? zone : machineZone();
}

/** The tenant's zone, where it was set. The service tells none. */
export function useTenantZone(tenantId: string): string | undefined {
  const tenants = useQuery(queries.tenants(useClient())).data;
  const zone = tenants?.find(tenant => tenant.id === tenantId)?.timeZone;
  return zone !== undefined && isKnownZone(zone) ? zone : undefined;
}
