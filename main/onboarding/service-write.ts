import { z } from 'zod';
import type { AuditEntry, Json } from '../catalog/index.ts';
import { type CallOptions, itemsOf, type ServiceApp, type TenantGraph } from '../graph/index.ts';
import { toIso } from '../../shared/domain/time.ts';

const base = { who: z.string() };
const ofApp = { ...base, appId: z.string() };

/**
 * One request that changes who controls a tenant, as it stands in its intent: enough to find out by reading what became of it, even after
 * the console was killed. `status`: what the app's status, or the service's, was before.
 */
export const ServiceWrite = z.discriminatedUnion('what', [
  z.object({ what: z.literal('serviceApp.register'), ...ofApp }),
  z.object({ what: z.literal('serviceApp.activate'), ...ofApp, effectiveAt: z.int() }),
  z.object({ what: z.literal('serviceApp.cancelTakeover'), ...ofApp }),
  z.object({ what: z.literal('serviceApp.unregister'), ...ofApp, status: z.string() }),
  z.object({ what: z.literal('service.enable'), ...base, ownerTenantId: z.string(), status: z.string() }),
]);
export type ServiceWrite = z.infer<typeof ServiceWrite>;

/** Sends it. @returns Graph's request id. Throws GraphError. */
export async function sendServiceWrite(
  tenant: Pick<TenantGraph, 'service'>,
  write: ServiceWrite,
  options: CallOptions,
): Promise<{ readonly requestId?: string; readonly status?: string }> {
  switch (write.what) {
    case 'serviceApp.register':
      return told(await tenant.service.createApp(options));
    case 'serviceApp.activate':
      return told(await tenant.service.activateApp(write.appId, toIso(write.effectiveAt), options));
    case 'serviceApp.cancelTakeover':
      return told(await tenant.service.deactivateApp(write.appId, options));
    case 'serviceApp.unregister': {
      const { requestId } = await tenant.service.deleteApp(write.appId, options);
      return requestId === undefined ? {} : { requestId };
    }
    case 'service.enable':
      return told(await tenant.service.enable(write.ownerTenantId, options));
  }
}

function told({ requestId, value: { status } }: { requestId?: string; value: { status: string } }) {
  return { status, ...(requestId === undefined ? {} : { requestId }) };
}

/** What reading says of a write whose answer was lost. Throws GraphError where it can't be read. */
export async function settleServiceWrite(
  tenant: Pick<TenantGraph, 'service'>,
  write: ServiceWrite,
  options: CallOptions,
): Promise<'done' | 'not-done' | 'unclear'> {
  if (write.what === 'service.enable') {
    const { value } = await tenant.service.fetchStatus(options);
    if (value.status === write.status) return write.status === 'enabled' ? 'unclear' : 'not-done';
    return value.status === 'enabled' ? 'done' : 'unclear';
  }
  const app = await findApp(tenant, write.appId, options);
  switch (write.what) {
    case 'serviceApp.register':
      return app === undefined ? 'not-done' : 'done';
    case 'serviceApp.activate':
      // A time that the service rounds to its own seconds is the same time.
      if (app?.status === 'active') return 'done';
      if (app?.status === 'pendingActive')
        return app.effectiveAt === undefined || Math.abs(app.effectiveAt - write.effectiveAt) <= 1 ? 'done' : 'unclear';
      return app?.status === 'inactive' ? 'not-done' : 'unclear';
    case 'serviceApp.cancelTakeover':
      if (app?.status === 'inactive') return 'done';
      return app?.status === 'pendingActive' ? 'not-done' : 'unclear';
    case 'serviceApp.unregister':
      if (app === undefined) return 'done';
      // An active app may be seen for its grace period: only one that is as it was has surely not been unregistered.
      return app.status === write.status ? 'not-done' : 'unclear';
  }
}

async function findApp(
  tenant: Pick<TenantGraph, 'service'>,
  appId: string,
  options: CallOptions,
): Promise<ServiceApp | undefined> {
  for await (const app of itemsOf(tenant.service.listApps(options)))
    if ([app.id, app.applicationId].some(id => id?.toLowerCase() === appId.toLowerCase())) return app;
  return undefined;
}

/** What a write is about, in the audit. */
export function targetOf(write: ServiceWrite): string {
  return write.what === 'service.enable' ? 'service Backup Storage' : `service app ${write.appId}`;
}

export function toAudit(
  tenantId: string,
  write: ServiceWrite,
  at: number,
  before: Readonly<Record<string, Json>>,
  after: Readonly<Record<string, Json>>,
  requestId: string | undefined,
): AuditEntry {
  return {
    at,
    tenantId,
    who: write.who,
    what: write.what,
    target: targetOf(write),
    ...(Object.keys(before).length === 0 ? {} : { before }),
    after: { ...intendedBy(write), ...after },
    ...(requestId === undefined ? {} : { requestId }),
  };
}

function intendedBy(write: ServiceWrite): Readonly<Record<string, Json>> {
  if (write.what === 'serviceApp.activate') return { effectiveDateTime: toIso(write.effectiveAt) };
  return write.what === 'service.enable' ? { appOwnerTenantId: write.ownerTenantId } : {};
}

/** Whether a lost write may be sent once more without asking: the documentation calls `enable` idempotent, and nothing else. */
export function isIdempotent({ what }: ServiceWrite): boolean {
  return what === 'service.enable';
}
