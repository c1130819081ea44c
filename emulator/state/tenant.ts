/** Everything that the service knows of one tenant. */
import { seconds } from '../instant.ts';
import type { Ticks } from '../instant.ts';
import { guid } from '../seeded-random.ts';
import type { Organisation } from '../world/organisations.ts';
import { policiesOf } from '../world/policies.ts';
import type { PointIds } from '../world/point-ids.ts';
import { unitIdOf, waitingUnits } from '../world/units.ts';
import type { Health, UnitSource } from '../world/units.ts';
import { createAgenda } from './agenda.ts';
import type { Agenda } from './agenda.ts';
import type { Journal } from './journal.ts';
import { createRecordStore } from './record-store.ts';
import type { RecordStore } from './record-store.ts';
import type {
  BrowseSessionRecord,
  BulkRequestRecord,
  EmailSettings,
  JobRecord,
  RuleRecord,
  SearchRecord,
} from './records.ts';
import { createResources } from './resources.ts';
import type { Resources } from './resources.ts';
import { createPointStore } from './point-store.ts';
import type { PointStore } from './point-store.ts';
import { createPolicyStore } from './policy-store.ts';
import type { PolicyStore } from './policy-store.ts';
import { createServiceAppStore } from './service-app-store.ts';
import type { ServiceAppStore } from './service-app-store.ts';
import { createSessionStore } from './session-store.ts';
import type { IdentitySet, SessionStore } from './session-store.ts';
import type { TenantSettings } from './tenant-settings.ts';
import { createUnitStore } from './unit-store.ts';
import type { UnitStore } from './unit-store.ts';

export interface Tenant {
  readonly id: string;
  readonly organisation: Organisation;
  readonly settings: TenantSettings;
  setSettings(settings: TenantSettings): void;
  readonly units: UnitStore;
  readonly policies: PolicyStore;
  readonly points: PointStore;
  readonly sessions: SessionStore;
  readonly serviceApps: ServiceAppStore;
  readonly resources: Resources;
  readonly rules: RecordStore<RuleRecord>;
  readonly jobs: RecordStore<JobRecord>;
  readonly bulkRequests: RecordStore<BulkRequestRecord>;
  readonly browseSessions: RecordStore<BrowseSessionRecord>;
  readonly searches: RecordStore<SearchRecord>;
  /** Of e-mail notifications: one record. */
  readonly emailSettings: RecordStore<EmailSettings & { readonly id: string }>;
  readonly agenda: Agenda;
  /** Whom unsigned work of the past is ascribed to. */
  readonly administrator: IdentitySet;
}

export interface TenantPlan {
  /** Nothing is kept of it yet: what will happen by itself is still to be planned. */
  readonly isNew: boolean;
  readonly seed: number;
  readonly id: string;
  /** Number in the world, part of its points' ids. */
  readonly number: number;
  readonly organisation: Organisation;
  readonly unitCount: number;
  readonly health: Health;
  readonly worldStart: Ticks;
  readonly settings: TenantSettings;
  /** The application that `self` means now. */
  readonly app: () => { readonly id: string; readonly displayName: string };
  readonly administrator: IdentitySet;
}

export const createTenant = (plan: TenantPlan, pointIds: PointIds, journal: Journal): Tenant => {
  const { seed, id, worldStart } = plan;
  let settings = journal.read<TenantSettings>('settings').get(id) ?? plan.settings;
  const policies = plan.unitCount === 0 ? [] : policiesOf(seed, id, worldStart);
  const source: UnitSource = {
    seed,
    tenantId: id,
    organisation: plan.organisation,
    count: plan.unitCount,
    policies: policies.map(({ unitPolicy }) => unitPolicy),
    health: plan.health,
    worldStart,
  };
  const units = createUnitStore(source, journal);
  const agenda = createAgenda(id, journal);
  if (plan.isNew) {
    for (const { number, at } of waitingUnits(source)) agenda.plan('unit', unitIdOf(source, number), at);
  }
  return {
    id,
    organisation: plan.organisation,
    get settings() {
      return settings;
    },
    setSettings: changed => {
      settings = changed;
      journal.put('settings', id, settings);
    },
    units,
    policies: createPolicyStore(
      id,
      policies.map(({ policy }) => policy),
      units,
      journal,
    ),
    points: createPointStore(id, plan.number, units, pointIds, journal),
    sessions: createSessionStore(id, journal),
    serviceApps: createServiceAppStore(
      id,
      plan.app,
      { id: guid(seed, 'another partner'), displayName: 'Vaultkeeper Backup' },
      plan.administrator,
      worldStart,
      () => settings,
      journal,
    ),
    resources: createResources(
      { seed, tenantId: id, organisation: plan.organisation, count: plan.unitCount },
      units,
      journal,
    ),
    rules: createRecordStore<RuleRecord>('rule', id, journal),
    jobs: createRecordStore<JobRecord>('job', id, journal),
    bulkRequests: createRecordStore<BulkRequestRecord>('bulk request', id, journal),
    browseSessions: createRecordStore<BrowseSessionRecord>('browse session', id, journal),
    searches: createRecordStore<SearchRecord>('search', id, journal),
    emailSettings: createRecordStore<EmailSettings & { readonly id: string }>('e-mail settings', id, journal),
    agenda,
    administrator: plan.administrator,
  };
};

/** The settings of a tenant in good order, or of one that never had Backup Storage. */
export const initialSettings = (
  isProtected: boolean,
  worldStart: Ticks,
  searchCap: TenantSettings['searchCap'],
): TenantSettings => ({
  serviceStatus: {
    status: isProtected ? 'enabled' : 'disabled',
    disableReason: 'none',
    lastModifiedAt: worldStart - seconds(86_400 * 490),
  },
  controller: isProtected ? 'self' : 'none',
  latencyMs: 0,
  searchCap,
  artifactFailures: 'seeded',
  pageSize: 100,
});
