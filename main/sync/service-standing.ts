import type { Controller, ServiceApp as KnownApp, ServiceState, Tenant } from '../../shared/contract/tenants.ts';
import type { TenantId } from '../../shared/domain/protection-unit.ts';
import type { TenantsCatalog } from '../catalog/index.ts';
import {
  type FetchedServiceApp,
  type FetchedServiceStatus,
  type GraphClient,
  itemsOf,
  type ServiceApp,
  type ServiceStatus,
} from '../graph/index.ts';
import type { ServiceClocks } from './service-clock.ts';

/** What came of one question: its value, or why there is none. */
type Asked<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown };

/** How Backup Storage stands in a tenant, as the service says now. */
export interface ServiceStanding {
  readonly status: Asked<FetchedServiceStatus>;
  readonly apps: Asked<readonly FetchedServiceApp[]>;
  /** Absent where the status could not be asked. */
  readonly service?: ServiceState;
  /** Absent where neither answer tells. */
  readonly controller?: Controller;
}

export interface StandingReaderParts {
  readonly graph: GraphClient;
  readonly catalog: { readonly tenants: Pick<TenantsCatalog, 'setService'> };
  readonly clocks: ServiceClocks;
  /** Our own application in a tenant. */
  readonly clientIdIn: (tenantId: TenantId) => string;
  /** Told where somebody else controls than was known before, and this console had no hand in it. */
  readonly onControllerChanged?: (tenantId: TenantId, change: NonNullable<Tenant['controllerChange']>) => void;
}

/** Asks a tenant's service status and service apps, side by side, and keeps in the catalog what was told. */
export class StandingReader {
  readonly #parts: StandingReaderParts;
  /** Tenants in which this console itself changes who controls, until a look that began after the change has told what came of it. */
  readonly #ownChanges = new Map<string, 'underWay' | 'over'>();

  constructor(parts: StandingReaderParts) {
    this.#parts = parts;
  }

  /** What any look tells of who controls is no news meanwhile. `undone`: nothing was changed. */
  noteOwnChange(tenantId: TenantId, is: 'underWay' | 'over' | 'undone'): void {
    if (is === 'undone') this.#ownChanges.delete(tenantId.toLowerCase());
    else this.#ownChanges.set(tenantId.toLowerCase(), is);
  }

  /**
   * Never throws for what the service, the network or the sign-in did: that stands in the result. Throws AppFailure of the catalog.
   *
   * @param isOwnChange true after a change that this console made itself: that is no news
   */
  async read(tenantId: TenantId, signal: AbortSignal, isOwnChange = false): Promise<ServiceStanding> {
    const { graph, clocks, catalog, clientIdIn, onControllerChanged } = this.#parts;
    const clientId = clientIdIn(tenantId);
    const key = tenantId.toLowerCase();
    const isAfterOwnChange = this.#ownChanges.get(key) === 'over';
    const tenant = graph.forTenant(tenantId);
    const [status, apps] = await Promise.all([
      settle(async () => {
        const answer = await tenant.service.fetchStatus({ signal });
        clocks.learn(tenantId, answer);
        return answer.value;
      }),
      settle(async () => {
        const all: FetchedServiceApp[] = [];
        for await (const app of itemsOf(tenant.service.listApps({ signal }))) all.push(app);
        return all;
      }),
    ]);
    const knownApps = apps.ok ? apps.value.map(app => toKnownApp(app, clientId)) : undefined;
    const service = status.ok ? toServiceState(status.value, knownApps, clocks.now(tenantId)) : undefined;
    const controller = toController(status.ok ? status.value : undefined, apps.ok ? apps.value : undefined, clientId);
    const controllingAppId =
      controller?.by === 'anotherApp' && apps.ok ? toControllingAppId(apps.value, clientId) : undefined;
    const known = {
      ...(service === undefined ? {} : { service }),
      ...(controller === undefined ? {} : { controller }),
    };
    if (Object.keys(known).length > 0 && !signal.aborted) {
      const change = await catalog.tenants.setService(tenantId, {
        ...known,
        ...(controllingAppId === undefined ? {} : { controllingAppId }),
        isOwnChange: isOwnChange || this.#ownChanges.has(key),
        at: clocks.now(tenantId),
      });
      if (isAfterOwnChange && controller !== undefined) this.#ownChanges.delete(key);
      if (change !== undefined) onControllerChanged?.(tenantId, change);
    }
    return { status, apps, ...known };
  }
}

async function settle<T>(work: () => Promise<T>): Promise<Asked<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    return { ok: false, error };
  }
}

function toKnownApp(app: ServiceApp, clientId: string): KnownApp {
  const name = app.applicationName;
  return {
    id: app.id,
    status: app.status,
    isOurs: isOwn(app, clientId),
    ...(name === undefined ? {} : { name }),
    ...(app.registeredAt === undefined ? {} : { registeredAt: app.registeredAt }),
    ...(app.effectiveAt === undefined ? {} : { effectiveAt: app.effectiveAt }),
  };
}

function toServiceState(status: ServiceStatus, apps: KnownApp[] | undefined, askedAt: number): ServiceState {
  const { disableReason, gracePeriodEndsAt, restoreAllowedTillAt } = status;
  return {
    status: status.status,
    askedAt,
    ...(apps === undefined ? {} : { apps }),
    // `none` is how the service says that there is no reason.
    ...(disableReason === undefined || disableReason === 'none' ? {} : { disableReason }),
    ...(gracePeriodEndsAt === undefined ? {} : { gracePeriodUntilAt: gracePeriodEndsAt }),
    ...(restoreAllowedTillAt === undefined ? {} : { restoreAllowedUntilAt: restoreAllowedTillAt }),
  };
}

const isOwn = (app: ServiceApp, clientId: string): boolean =>
  isSame(app.id, clientId) || (app.applicationId !== undefined && isSame(app.applicationId, clientId));

const controls = ({ status }: ServiceApp): boolean => status === 'active' || status === 'pendingInactive';

/** Which other app is in control; `undefined` where the apps that we may see don't tell. */
export function toControllingAppId(apps: readonly ServiceApp[], clientId: string): string | undefined {
  const app = apps.find(one => !isOwn(one, clientId) && controls(one));
  return app?.applicationId ?? app?.id;
}

/**
 * Who controls Backup Storage, from what could be read. Our own app decides where it is registered; else the apps that are; else the status,
 * which knows only "Microsoft" or "some app".
 */
export function toController(
  status: Pick<ServiceStatus, 'consumer' | 'status'> | undefined,
  apps: readonly ServiceApp[] | undefined,
  clientId: string,
): Controller | undefined {
  const own = apps?.find(app => isOwn(app, clientId));
  const others = apps?.filter(app => app !== own) ?? [];
  switch (own?.status) {
    case 'active':
      return { by: 'ours' };
    case 'pendingActive':
      return { by: 'pending', ...(own.effectiveAt === undefined ? {} : { fromAt: own.effectiveAt }) };
    case 'pendingInactive': {
      // The date stands at the app that takes over; ours keeps that of its own start.
      const untilAt = others.find(app => app.status === 'pendingActive')?.effectiveAt;
      return { by: 'leaving', ...(untilAt === undefined ? {} : { untilAt }) };
    }
    default:
      break;
  }
  if (others.some(controls)) return { by: 'anotherApp' };
  if (status?.consumer === 'firstparty') return { by: 'microsoft' };
  // A third party, and the apps show none in control: another one that we may not see.
  if (status?.consumer === 'thirdparty') return { by: 'anotherApp' };
  if (apps === undefined) return undefined;
  // Without a status it can't be told whether Microsoft controls, which registers no app.
  if (status === undefined) return { by: 'unknown' };
  const namesNobody = status.consumer === undefined || status.consumer === 'unknown';
  // A service that is enabled has somebody in control, whom neither answer names.
  return namesNobody && status.status !== 'enabled' ? { by: 'nobody' } : { by: 'unknown' };
}

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
