import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { queries, useClient } from '../store/index.ts';
import { ControllerBar } from '../tenants/index.ts';
import { useMyZone, useTenantNow } from '../store/index.ts';
import { ChangeDialog } from './change-dialog.tsx';
import { OpenedPolicy } from './opened-policy.tsx';
import type { AskedChange } from './policies-store.ts';
import { PolicyList } from './policy-list.tsx';
import { UnitsWithoutPolicy } from './units-without-policy.tsx';

interface PoliciesViewProps {
  readonly tenantId: string;
  readonly policyId?: string;
  readonly withoutPolicy: boolean;
}

/** The policies of a tenant: all of them, one opened, or the units that none of them holds; and the dialog that changes them. */
export function PoliciesView({ tenantId, policyId, withoutPolicy }: PoliciesViewProps) {
  const tenant = useQuery(queries.tenants(useClient())).data?.find(({ id }) => id === tenantId);
  const zone = useMyZone();
  const now = useTenantNow(tenantId);
  const [asked, setAsked] = useState<AskedChange | undefined>(undefined);
  return (
    <>
      {tenant !== undefined && <ControllerBar tenant={tenant} zone={zone} now={now} />}
      {policyId !== undefined ? (
        <OpenedPolicy tenantId={tenantId} tenant={tenant} policyId={policyId} onAsk={setAsked} />
      ) : withoutPolicy ? (
        <UnitsWithoutPolicy tenantId={tenantId} tenant={tenant} onAsk={setAsked} />
      ) : (
        <PolicyList tenantId={tenantId} tenant={tenant} onAsk={setAsked} />
      )}
      {asked !== undefined && tenant !== undefined && (
        <ChangeDialog tenant={tenant} asked={asked} onClose={() => setAsked(undefined)} />
      )}
    </>
  );
}
