import { asObject, type GraphObject } from './fields.ts';
import type { WriteRequest } from './graph-request.ts';
import { ROOT, segment } from './paths.ts';
import { scopes } from './scopes.ts';
import { type FetchedServiceApp, type FetchedServiceStatus, toServiceApp, toStatus } from './service.ts';

/**
 * Registers the app that the token is for; it begins `inactive`. (backuprestoreroot-post-serviceapps)
 *
 * Not idempotent by any word of the documentation. After an unknown outcome list the service apps: the app's own stands there once.
 */
export function createServiceAppRequest(): WriteRequest<FetchedServiceApp> {
  return {
    effect: 'write',
    afterUnknown: 'search',
    method: 'POST',
    path: `${ROOT}/serviceApps`,
    body: {},
    scopes: [scopes.controlReadWrite],
    toValue: toServiceApp,
  };
}

/**
 * Unregisters an app; an active one begins a grace period of seven days that costs. (backuprestoreroot-delete-serviceapps)
 * After an unknown outcome fetch the app: 404 says that it is done.
 */
export function deleteServiceAppRequest(serviceAppId: string): WriteRequest<void> {
  return {
    effect: 'write',
    afterUnknown: 'read',
    method: 'DELETE',
    path: appPath(serviceAppId),
    scopes: [scopes.controlReadWrite],
    toValue: () => undefined,
  };
}

/**
 * Takes control, at once or, where somebody else has it, 7 to 30 days ahead. (serviceapp-activate; delegated only)
 * After an unknown outcome fetch the app: `active` or `pendingActive` with this time says that it is done.
 *
 * @param effectiveDateTime ISO 8601, UTC
 */
export function activateServiceAppRequest(
  serviceAppId: string,
  effectiveDateTime: string,
): WriteRequest<FetchedServiceApp> {
  return {
    effect: 'write',
    afterUnknown: 'read',
    method: 'POST',
    path: `${appPath(serviceAppId)}/activate`,
    body: { effectiveDateTime },
    scopes: [scopes.controlReadWrite],
    toValue: toServiceApp,
  };
}

/**
 * Cancels a pending takeover; an active app is refused with 403. (serviceapp-deactivate; delegated only)
 * After an unknown outcome fetch the app: `inactive` says that it is done.
 */
export function deactivateServiceAppRequest(serviceAppId: string): WriteRequest<FetchedServiceApp> {
  return {
    effect: 'write',
    afterUnknown: 'read',
    method: 'POST',
    path: `${appPath(serviceAppId)}/deactivate`,
    scopes: [scopes.controlReadWrite],
    toValue: toServiceApp,
  };
}

/**
 * Switches the service on for the tenant, the app's owner paying. (backuprestoreroot-enable) Documented as idempotent: after an
 * unknown outcome the caller may ask again, or look at the root's status.
 *
 * @returns the status; `graph` is the bare `serviceStatus` as it came
 */
export function enableServiceRequest(appOwnerTenantId: string): WriteRequest<FetchedServiceStatus> {
  return {
    effect: 'write',
    afterUnknown: 'ask-again',
    method: 'POST',
    path: `${ROOT}/enable`,
    body: { appOwnerTenantId },
    scopes: [scopes.controlReadWrite],
    toValue: body => toEnabledStatus(asObject(body, 'the service status')),
  };
}

function toEnabledStatus(graph: GraphObject): FetchedServiceStatus {
  return { ...toStatus(graph), graph };
}

function appPath(serviceAppId: string): string {
  return `${ROOT}/serviceApps/${segment(serviceAppId)}`;
}
