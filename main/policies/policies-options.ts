import type { ConsoleEvent } from '../../shared/contract/console.ts';
import type { AppError } from '../../shared/contract/errors.ts';
import type { TenantId } from '../../shared/domain/protection-unit.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import type { AuthService } from '../auth/index.ts';
import type { Catalog } from '../catalog/index.ts';
import type { GraphClient } from '../graph/index.ts';
import type { Log } from '../host.ts';
import type { Connectivity, SyncService } from '../sync/index.ts';

/** What the policies' services are built from. */
export interface PoliciesOptions {
  readonly catalog: Pick<Catalog, 'tenants' | 'policies' | 'units' | 'selections' | 'intents'>;
  readonly graph: GraphClient;
  readonly auth: Pick<AuthService, 'accountIn' | 'consentOf'>;
  readonly sync: Pick<SyncService, 'readPolicies' | 'readStanding'>;
  readonly connectivity: Pick<Connectivity, 'isOnline'>;
  /** Service time of the tenant. */
  readonly now: (tenantId: TenantId) => UtcSeconds;
  /** Real milliseconds between two looks at what goes on in the service. */
  readonly pollMs: number;
  /** Real milliseconds that `send` waits for a job of the service before it answers; two minutes unless given. */
  readonly jobPatienceMs?: number;
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  readonly toAppError: (error: unknown, tenantId: TenantId) => AppError | undefined;
  readonly emit: (event: ConsoleEvent) => void;
  readonly log: Log;
}
