import type { ConsoleEvent } from '../../shared/contract/console.ts';
import type { AppError } from '../../shared/contract/errors.ts';
import type { TenantId } from '../../shared/domain/protection-unit.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import type { AuthService } from '../auth/index.ts';
import type { Catalog } from '../catalog/index.ts';
import type { GraphClient } from '../graph/index.ts';
import type { Connectivity, SyncService } from '../sync/index.ts';

/** What the service of onboarding is built from. */
export interface OnboardingOptions {
  readonly catalog: Pick<Catalog, 'tenants' | 'settings' | 'intents'>;
  readonly graph: GraphClient;
  readonly auth: Pick<AuthService, 'accountIn' | 'consentOf'>;
  readonly sync: Pick<SyncService, 'readStanding' | 'noteOwnChange'>;
  readonly connectivity: Pick<Connectivity, 'isOnline'>;
  /** Our own application in a tenant. */
  readonly clientIdIn: (tenantId: TenantId) => string;
  /** Service time of the tenant. */
  readonly now: (tenantId: TenantId) => UtcSeconds;
  /** Real milliseconds between two looks at what a lost request may have done. */
  readonly pollMs: number;
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  readonly toAppError: (error: unknown, tenantId: TenantId) => AppError | undefined;
  readonly emit: (event: ConsoleEvent) => void;
}
