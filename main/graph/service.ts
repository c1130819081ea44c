import type {
  ServiceApp as PublishedServiceApp,
  ServiceStatus as PublishedStatus,
} from '@microsoft/microsoft-graph-types';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import {
  type Actor,
  asObject,
  fieldsOf,
  findObject,
  type GraphObject,
  instant,
  ShapeError,
  text,
  toActor,
  toMember,
  withoutUndefined,
} from './fields.ts';
import type { ReadRequest } from './graph-request.ts';
import { type Page, toPage } from './page.ts';
import { ROOT, segment } from './paths.ts';
import { scopes } from './scopes.ts';

/** Known members of `backupServiceStatus`. */
const serviceStatuses = ['disabled', 'enabled', 'protectionChangeLocked', 'restoreLocked'] as const;
/** Known members of `backupServiceConsumer`. */
const serviceConsumers = ['unknown', 'firstparty', 'thirdparty'] as const;
/** Known members of `disableReason`; the last stands in the documentation but not in the metadata. */
const disableReasons = ['none', 'invalidBillingProfile', 'userRequested', 'controllerServiceAppDeleted'] as const;
/** Known members of `serviceAppStatus`. */
const serviceAppStatuses = ['inactive', 'active', 'pendingActive', 'pendingInactive'] as const;

/** Whether Backup Storage is on in the tenant, and who controls it. */
export interface ServiceStatus {
  /** A known member of `backupServiceStatus`, or the service's own word; `disabled` is the service's default where it says nothing. */
  readonly status: string;
  /** A known member of `backupServiceConsumer`, or the service's own word. */
  readonly consumer?: string;
  readonly disableReason?: string;
  readonly gracePeriodEndsAt?: UtcSeconds;
  readonly restoreAllowedTillAt?: UtcSeconds;
  readonly lastModifiedAt?: UtcSeconds;
  readonly lastModifiedBy?: Actor;
}
/** The status, with the root entity as the service sent it. */
export type FetchedServiceStatus = ServiceStatus & { readonly graph: GraphObject };

/** An application that registered to control Backup Storage in the tenant. */
export interface ServiceApp {
  /** The application's id, by the onboarding guide. */
  readonly id: string;
  /** A known member of `serviceAppStatus`, or the service's own word. */
  readonly status: string;
  readonly applicationId?: string;
  readonly applicationName?: string;
  readonly registeredAt?: UtcSeconds;
  /** When control passes to it. */
  readonly effectiveAt?: UtcSeconds;
  readonly lastModifiedAt?: UtcSeconds;
  readonly lastModifiedBy?: Actor;
}
export type FetchedServiceApp = ServiceApp & { readonly graph: GraphObject };

const statusFields = fieldsOf<PublishedStatus>()({
  status: text,
  backupServiceConsumer: text,
  disableReason: text,
  gracePeriodDateTime: instant,
  restoreAllowedTillDateTime: instant,
  lastModifiedDateTime: instant,
});

const appFields = fieldsOf<PublishedServiceApp>()({
  id: text,
  status: text,
  registrationDateTime: instant,
  effectiveDateTime: instant,
  lastModifiedDateTime: instant,
});

function toServiceStatus(body: unknown): FetchedServiceStatus {
  const graph = asObject(body, 'the root');
  return { ...toStatus(findObject(graph['serviceStatus']) ?? {}), graph };
}

/** Reads a `serviceStatus`, as the root holds it and `enable` answers it. */
export function toStatus(status: GraphObject): ServiceStatus {
  const fields = statusFields.parse(status);
  // One documented answer calls it `serviceConsumer`.
  const consumer = fields.backupServiceConsumer ?? text.parse(status['serviceConsumer']);
  return {
    ...withoutUndefined({
      consumer: consumer === undefined ? undefined : toMember(consumer, serviceConsumers),
      disableReason: fields.disableReason === undefined ? undefined : toMember(fields.disableReason, disableReasons),
      gracePeriodEndsAt: fields.gracePeriodDateTime,
      restoreAllowedTillAt: fields.restoreAllowedTillDateTime,
      lastModifiedAt: fields.lastModifiedDateTime,
      lastModifiedBy: toActor(status['lastModifiedBy']),
    }),
    status: toMember(fields.status ?? 'disabled', serviceStatuses),
  };
}

/** @throws ShapeError where it has no id */
export function toServiceApp(value: unknown): FetchedServiceApp {
  const graph = asObject(value, 'the service app');
  const fields = appFields.parse(graph);
  if (fields.id === undefined) throw new ShapeError('the service app has no id');
  const application = findObject(graph['application']);
  return {
    ...withoutUndefined({
      applicationId: text.parse(application?.['id']),
      applicationName: text.parse(application?.['displayName']),
      registeredAt: fields.registrationDateTime,
      effectiveAt: fields.effectiveDateTime,
      lastModifiedAt: fields.lastModifiedDateTime,
      lastModifiedBy: toActor(graph['lastModifiedBy']),
    }),
    id: fields.id,
    status: toMember(fields.status ?? 'unknown', serviceAppStatuses),
    graph,
  };
}

/** The tenant's service status. (backuprestoreroot-get) */
export function fetchServiceStatusRequest(): ReadRequest<FetchedServiceStatus> {
  return { effect: 'read', method: 'GET', path: ROOT, scopes: [scopes.controlRead], toValue: toServiceStatus };
}

/** The applications that control, controlled, or wait to control. (backuprestoreroot-list-serviceapps) */
export function listServiceAppsRequest(): ReadRequest<Page<FetchedServiceApp>> {
  return {
    effect: 'read',
    method: 'GET',
    path: `${ROOT}/serviceApps`,
    scopes: [scopes.controlRead],
    toValue: toPage(toServiceApp),
  };
}

/** One service app. (serviceapp-get) */
export function fetchServiceAppRequest(serviceAppId: string): ReadRequest<FetchedServiceApp> {
  return {
    effect: 'read',
    method: 'GET',
    path: `${ROOT}/serviceApps/${segment(serviceAppId)}`,
    scopes: [scopes.controlRead],
    toValue: toServiceApp,
  };
}
