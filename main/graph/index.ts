import type { TenantId } from '../../shared/domain/protection-unit.ts';
import { RequestRunner } from './request-runner.ts';
import { defaultRetry, type RetrySettings } from './retry-policy.ts';
import { ServiceRoot } from './service-root.ts';
import { createTenantGraph, type TenantGraph } from './tenant-graph.ts';
import { type OnThrottled, ThrottleGate } from './throttle-gate.ts';
import type { Timing } from './timing.ts';
import type { TokenSource } from './token-source.ts';
import { Transport } from './transport.ts';

/** How to reach Graph. */
export interface GraphClientOptions {
  /** Such as `https://graph.microsoft.com`: the only origin that a token goes to. */
  readonly graphOrigin: string;
  readonly tokens: TokenSource;
  /** The host's network. It must honour `redirect: 'manual'` and `signal`. */
  readonly fetch: typeof globalThis.fetch;
  /** `realTiming(host.now, timeScale)`, but in tests. */
  readonly timing: Timing;
  /** Told each time that the service asks for a pause in a tenant. */
  readonly onThrottled?: OnThrottled;
  /** How long one request may take, its answer included; real seconds, 100 unless given. */
  readonly timeoutSeconds?: number;
  readonly retry?: Partial<RetrySettings>;
}

export interface GraphClient {
  /** Graph as one tenant's. Cheap; pauses are kept a tenant, however many of these there are. */
  forTenant(tenantId: TenantId): TenantGraph;
}

/**
 * The typed client for Backup Storage over Microsoft's Graph client. Lists are async iterators of pages; reads are retried, writes only
 * where the service surely did nothing; a throttled tenant's requests wait, others' go on.
 */
export function createGraphClient(options: GraphClientOptions): GraphClient {
  const { timing } = options;
  const root = new ServiceRoot(options.graphOrigin);
  const runner = new RequestRunner({
    root,
    timing,
    gate: new ThrottleGate(timing, options.onThrottled ?? (() => {})),
    transport: new Transport({
      root,
      timing,
      fetch: options.fetch,
      tokens: options.tokens,
      timeoutMs: (options.timeoutSeconds ?? 100) * 1000,
    }),
    retry: { ...defaultRetry, ...options.retry },
  });
  return { forTenant: tenantId => createTenantGraph(runner, tenantId) };
}

export type { ArtifactCounts } from './artifact-counts.ts';
export { type Answer, type AnswerFacts, toClockOffset } from './answer.ts';
export type { BatchPart } from './batch.ts';
export type { Pages } from './calls.ts';
export type { DeltaFailure } from './delta-result.ts';
export type { DelegatedAdminCustomer, Organization, SignedInUser } from './directory.ts';
export type { ListedSite, ListedUser } from './directory-lists.ts';
export { type DirectoryObject, fetchGroupRequest } from './directory-search.ts';
export type {
  EmailNotificationsChange,
  EmailNotificationsSetting,
  EmailRecipient,
  FetchedEmailNotificationsSetting,
} from './email-notifications.ts';
export type { Actor, GraphObject } from './fields.ts';
export {
  type ClientFault,
  clientFaults,
  GraphError,
  type GraphErrorFacts,
  hasCode,
  type Outcome,
} from './graph-error.ts';
export type { AfterUnknown, CallOptions, ReadRequest } from './graph-request.ts';
export { openRequest } from './open-entity.ts';
export type { Page } from './page.ts';
export { itemsOf } from './paging.ts';
export type { FetchedBulkAdditionJob } from './bulk-addition-jobs.ts';
export type { FetchedRule } from './inclusion-rules.ts';
export type { FetchedPolicy, ProtectionPolicy, RetentionSetting } from './policies.ts';
export type { PolicyChange as PolicyUpdate, PolicyChangeResult } from './policy-changes.ts';
export type { DestinationType, FetchedArtifact, RestoreArtifact } from './restore-artifacts.ts';
export {
  type FetchedPoint,
  fetchPointRequest,
  listPointsRequest,
  type PointList,
  type PointSearch,
  type PointSearchResult,
  type RestorePoint,
  searchPointsRequest,
} from './restore-points.ts';
export { type ArtifactToRestore, type SessionChange, type SessionChangeResult } from './restore-sessions.ts';
export type { RetrySettings } from './retry-policy.ts';
export type { FetchedServiceApp, FetchedServiceStatus, ServiceApp, ServiceStatus } from './service.ts';
export type { FetchedSession, RestoreSession } from './session-entity.ts';
export type { TenantGraph } from './tenant-graph.ts';
export type { OnThrottled } from './throttle-gate.ts';
export { realTiming, type Timing } from './timing.ts';
export type { AccessToken, AccessTokenOptions, TokenSource } from './token-source.ts';
export { type FetchedUnit, fetchUnitRequest, listUnitsRequest } from './units.ts';
