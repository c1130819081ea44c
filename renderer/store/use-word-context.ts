import { useQuery } from '@tanstack/react-query';
import type { WordContext } from '../ui/messages.ts';
import { formatDatedMoment, formatMoment } from '../ui/time/format.ts';
import { useClient } from './console-client.tsx';
import { queries } from './queries.ts';
import { useHostNow } from './use-now.ts';
import { useMyZone } from './use-zones.ts';

/** What the words of an error need: the tenants' names and the technician's zone. */
export function useWordContext(): WordContext {
  const tenants = useQuery(queries.tenants(useClient())).data;
  const zone = useMyZone();
  const now = useHostNow();
  return {
    tenantName: tenantId => tenants?.find(tenant => tenant.id === tenantId)?.displayName ?? 'this tenant',
    moment: at => formatMoment(at, zone, now),
    datedMoment: at => formatDatedMoment(at, zone),
  };
}
