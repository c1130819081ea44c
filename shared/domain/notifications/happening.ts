import type { ControllerFacts } from '../control.ts';
import type { TenantId } from '../protection-unit.ts';
import type { TenantLevel } from '../tenant-state.ts';
import type { UtcSeconds } from '../time.ts';

/** What a technician can be told of; each can be switched off for itself. */
export const notificationSorts = [
  'restoreFinished',
  'restoreFailed',
  'restoreWaits',
  'tenantUnsafe',
  'controlLost',
] as const;
export type NotificationSort = (typeof notificationSorts)[number];

interface InTenant {
  /** By the host's clock. */
  readonly at: UtcSeconds;
  readonly tenantId: TenantId;
  readonly tenantName: string;
}

interface OfPlan extends InTenant {
  readonly planId: string;
  readonly planName: string;
}

/** Something that a technician may want to be told of. Names and numbers alone: never what stands in a file or a mail. */
export type Happening =
  | (OfPlan & { readonly sort: 'restoreFinished'; readonly units: number })
  /** Ended, and some of it failed: `refused` by the service at the start, `failed` in the restore. */
  | (OfPlan & {
      readonly sort: 'restoreFailed';
      readonly units: number;
      readonly failed: number;
      readonly refused: number;
    })
  /** Neither ended nor going on. `waitsFor`: in words that follow "waits for". */
  | (OfPlan & { readonly sort: 'restoreWaits'; readonly waitsFor: string })
  | (InTenant & {
      readonly sort: 'tenantUnsafe';
      readonly level: Extract<TenantLevel, 'critical' | 'atRisk'>;
      readonly reason: string;
      readonly consequence: string;
    })
  | (InTenant & { readonly sort: 'controlLost'; readonly to: ControllerFacts['by'] });

/** Where a click leads: to a restore, to a tenant, or to all of them. */
export type NotificationPlace =
  | { readonly at: 'home' }
  | { readonly at: 'tenant'; readonly tenantId: TenantId }
  | { readonly at: 'restore'; readonly tenantId: TenantId; readonly planId: string };

/** Whether it can't wait for the end of quiet hours, where critical ones may break through. */
export function isCritical(happening: Happening): boolean {
  switch (happening.sort) {
    case 'restoreFinished':
    case 'restoreFailed':
      return false;
    case 'tenantUnsafe':
      return happening.level === 'critical';
    case 'restoreWaits':
    case 'controlLost':
      return true;
  }
}

/** Two with the same key speak of the same thing, the later more truly. */
export function keyOf(happening: Happening): string {
  return 'planId' in happening ? `plan ${happening.planId}` : `${happening.sort} ${happening.tenantId}`;
}

export function placeOf(happening: Happening): NotificationPlace {
  const { tenantId } = happening;
  return 'planId' in happening ? { at: 'restore', tenantId, planId: happening.planId } : { at: 'tenant', tenantId };
}
