import { AppFailure } from '../../shared/contract/errors.ts';
import { LastEnable, type ServiceStanding } from '../../shared/contract/onboarding.ts';
import type { TenantId } from '../../shared/domain/protection-unit.ts';
import type { OnboardingOptions } from './onboarding-options.ts';

/** The name of the setting, one a tenant. */
const LAST_ENABLE = 'lastEnable';

type Options = Pick<OnboardingOptions, 'catalog' | 'sync' | 'clientIdIn' | 'toAppError'>;

/** How a tenant's service stands: as the catalog knows it, or as it answers now. */
export class StandingOfTenant {
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  /** From the catalog alone. @throws AppFailure TENANT_NOT_ADDED */
  async get(tenantId: TenantId): Promise<ServiceStanding> {
    const { catalog, clientIdIn } = this.#options;
    const { controller, service } = await catalog.tenants.get(tenantId);
    const lastEnable = await this.lastEnable(tenantId);
    return {
      tenantId,
      clientId: clientIdIn(tenantId),
      controller,
      unread: [],
      ...(service === undefined ? {} : { service }),
      ...(lastEnable === undefined ? {} : { lastEnable }),
    };
  }

  /**
   * Asks the service, keeps the answer, and tells it with what could not be read.
   *
   * @throws AppFailure TENANT_NOT_ADDED, ABORTED, or what kept both questions from being asked at all
   */
  async fetch(
    tenantId: TenantId,
    { signal, isOwnChange = false }: { readonly signal?: AbortSignal; readonly isOwnChange?: boolean } = {},
  ): Promise<ServiceStanding> {
    const { catalog, sync, toAppError } = this.#options;
    await catalog.tenants.get(tenantId);
    const asked = await sync.readStanding(tenantId, { isOwnChange, ...(signal === undefined ? {} : { signal }) });
    if (signal?.aborted === true) throw new AppFailure({ code: 'ABORTED' });
    const unread: ServiceStanding['unread'] = [];
    for (const part of ['status', 'apps'] as const) {
      const answer = asked[part];
      if (answer.ok) continue;
      const error = toAppError(answer.error, tenantId);
      if (error === undefined) throw answer.error;
      unread.push({ part, error });
    }
    return { ...(await this.get(tenantId)), unread };
  }

  async lastEnable(tenantId: TenantId): Promise<LastEnable | undefined> {
    const read = LastEnable.safeParse(await this.#options.catalog.settings.get(LAST_ENABLE, tenantId));
    return read.success ? read.data : undefined;
  }

  async keepEnable(tenantId: TenantId, last: LastEnable): Promise<void> {
    const { code, ...rest } = last;
    await this.#options.catalog.settings.set(
      LAST_ENABLE,
      { ...rest, ...(code === undefined ? {} : { code }) },
      tenantId,
    );
  }
}
