import type { ConsoleEvent } from '../../shared/contract/console.ts';
import type { AppError } from '../../shared/contract/errors.ts';
import type { TenantId } from '../../shared/domain/protection-unit.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import type { Catalog } from '../catalog/index.ts';
import type { GraphClient } from '../graph/index.ts';
import type { Log } from '../host.ts';
import type { PoliciesService } from '../policies/index.ts';
import type { ServiceClocks } from '../sync/index.ts';

/** What the service of gaps is built from. */
export interface GapsOptions {
  readonly catalog: Pick<Catalog, 'gaps' | 'policies' | 'selections' | 'tenants'>;
  readonly graph: GraphClient;
  readonly policies: { readonly reader: Pick<PoliciesService['reader'], 'readRules' | 'readJobs'> } & Pick<
    PoliciesService,
    'ownerLists'
  >;
  readonly isOnline: () => boolean;
  readonly isSignedIn: (tenantId: TenantId) => boolean;
  /** Service time of the tenant. */
  readonly now: (tenantId: TenantId) => UtcSeconds;
  /** Tells the tenant's clock what an answer says of the time. */
  readonly learn: ServiceClocks['learn'];
  readonly toAppError: (error: unknown, tenantId: TenantId) => AppError | undefined;
  readonly emit: (event: ConsoleEvent) => void;
  readonly log: Log;
}
