import { z } from 'zod';
import { NotificationSettings, RecentNotification } from '../../shared/contract/notifications.ts';
import {
  type Happening,
  notificationSorts,
  type SeenTenant,
  type Waiting,
} from '../../shared/domain/notifications/index.ts';
import { tenantLevels } from '../../shared/domain/tenant-state.ts';
import type { Json, SettingsCatalog } from '../catalog/index.ts';

const SETTINGS = 'notifications';
const KEPT = 'notifications.kept';

const inTenant = { at: z.int(), tenantId: z.string(), tenantName: z.string() };
const ofPlan = { ...inTenant, planId: z.string(), planName: z.string() };
const KeptHappening: z.ZodType<Happening> = z.discriminatedUnion('sort', [
  z.object({ sort: z.literal('restoreFinished'), ...ofPlan, units: z.int() }),
  z.object({ sort: z.literal('restoreFailed'), ...ofPlan, units: z.int(), failed: z.int(), refused: z.int() }),
  z.object({ sort: z.literal('restoreWaits'), ...ofPlan, waitsFor: z.string() }),
  z.object({
    sort: z.literal('tenantUnsafe'),
    ...inTenant,
    level: z.enum(['critical', 'atRisk']),
    reason: z.string(),
    consequence: z.string(),
  }),
  z.object({
    sort: z.literal('controlLost'),
    ...inTenant,
    to: z.enum(['ours', 'pending', 'leaving', 'anotherApp', 'microsoft', 'nobody', 'unknown']),
  }),
]);

const Kept = z.object({
  tenants: z.record(z.string(), z.object({ level: z.enum(tenantLevels), controlNoticedAt: z.int().optional() })),
  waits: z.record(z.string(), z.string()),
  waiting: z.array(z.object({ happening: KeptHappening, held: z.boolean() })),
  recent: z.array(RecentNotification),
  unseen: z.int(),
});

/** What must outlive the console: whatever is in it is neither told twice nor lost. */
export interface KeptNotifications {
  /** How each tenant stood when it was last judged, by id. */
  readonly tenants: { readonly [tenantId: string]: SeenTenant };
  /** What plans were said to wait for, by plan. */
  readonly waits: { readonly [planId: string]: string };
  readonly waiting: readonly Waiting[];
  readonly recent: readonly RecentNotification[];
  readonly unseen: number;
}

const nothingKept: KeptNotifications = { tenants: {}, waits: {}, waiting: [], recent: [], unseen: 0 };

export const defaultSettings: NotificationSettings = {
  sorts: Object.fromEntries(notificationSorts.map(sort => [sort, true])) as NotificationSettings['sorts'],
  criticalBreaksThrough: true,
};

/** Settings and memory of notifications in `work`. What another version wrote and this one can't read counts as not kept. */
export class NotificationStore {
  readonly #settings: SettingsCatalog;

  constructor(settings: SettingsCatalog) {
    this.#settings = settings;
  }

  async settings(): Promise<NotificationSettings> {
    const read = NotificationSettings.safeParse(await this.#settings.get(SETTINGS));
    return read.success ? read.data : defaultSettings;
  }

  async setSettings(settings: NotificationSettings): Promise<void> {
    await this.#settings.set(SETTINGS, toJson(settings));
  }

  async kept(): Promise<KeptNotifications> {
    const read = Kept.safeParse(await this.#settings.get(KEPT));
    return read.success ? read.data : nothingKept;
  }

  async keep(kept: KeptNotifications): Promise<void> {
    await this.#settings.set(KEPT, toJson(kept));
  }
}

/** Plain values are JSON but for members that are undefined, which JSON leaves out. */
function toJson(value: object): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}
