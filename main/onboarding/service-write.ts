import { z } from 'zod';
import { type Answer, type CallOptions, itemsOf, type ServiceApp, type TenantGraph } from '../graph/index.ts';
import { toIso } from '../../shared/domain/time.ts';
import type { Settled, WriteFacts, WriteKind } from '../writes/index.ts';

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

/** The status that what was written has then; none where it is gone. */
export type ServiceDone = { readonly status?: string };

async function send(
  tenant: Pick<TenantGraph, 'service'>,
  write: ServiceWrite,
  options: CallOptions,
): Promise<Answer<ServiceDone>> {
  switch (write.what) {
    case 'serviceApp.register':
      return told(await tenant.service.createApp(options));
    case 'serviceApp.activate':
      return told(await tenant.service.activateApp(write.appId, toIso(write.effectiveAt), options));
    case 'serviceApp.cancelTakeover':
      return told(await tenant.service.deactivateApp(write.appId, options));
    case 'serviceApp.unregister':
      return { ...(await tenant.service.deleteApp(write.appId, options)), value: {} };
    case 'service.enable':
      return told(await tenant.service.enable(write.ownerTenantId, options));
  }
}

function told(answer: Answer<{ readonly status: string }>): Answer<ServiceDone> {
  return { ...answer, value: { status: answer.value.status } };
}

async function look(
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

async function settle(
  tenant: Pick<TenantGraph, 'service'>,
  write: ServiceWrite,
  options: CallOptions,
): Promise<Settled<ServiceWrite, ServiceDone>> {
  const state = await look(tenant, write, options);
  switch (state) {
    case 'done':
      return { state, done: {} };
    case 'not-done':
      return { state, left: write };
    case 'unclear':
      return { state };
  }
}

function intendedBy(write: ServiceWrite): WriteFacts {
  if (write.what === 'serviceApp.activate') return { effectiveDateTime: toIso(write.effectiveAt) };
  return write.what === 'service.enable' ? { appOwnerTenantId: write.ownerTenantId } : {};
}

/** The documentation calls `enable` idempotent, and nothing else. */
const isIdempotent = ({ what }: ServiceWrite): boolean => what === 'service.enable';

/** Changes of who controls a tenant: sent once, but for `enable`, which may be asked once more. */
export const serviceWrites: WriteKind<ServiceWrite, ServiceDone> = {
  schema: ServiceWrite,
  targetOf: write => (write.what === 'service.enable' ? 'service Backup Storage' : `service app ${write.appId}`),
  intendedBy,
  factsOf: ({ status }) => (status === undefined ? {} : { status }),
  send,
  settle,
  sendsOf: write => (isIdempotent(write) ? 2 : 1),
  isIdempotent,
};
