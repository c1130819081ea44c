/** The service apps of one tenant: who may control its backups. They follow from the controller, or are put in place. */
import { days } from '../instant.ts';
import type { Ticks } from '../instant.ts';
import type { Journal } from './journal.ts';
import type { IdentitySet } from './session-store.ts';
import type { Controller, TenantSettings } from './tenant-settings.ts';

export interface ServiceApp {
  readonly id: string;
  readonly status: string;
  readonly application: { readonly id: string; readonly displayName?: string };
  readonly registeredAt: Ticks;
  readonly effectiveAt?: Ticks;
  readonly lastModifiedAt: Ticks;
  readonly lastModifiedBy: IdentitySet;
}

export interface ServiceAppStore {
  list(now: Ticks): readonly ServiceApp[];
  put(app: ServiceApp): void;
}

/** Who controls at a moment: control passes by itself at the date that was set. */
export const controllerAt = ({ controller, controlPassesAt }: TenantSettings, now: Ticks): Controller => {
  if (controlPassesAt === undefined || now < controlPassesAt) return controller;
  if (controller === 'pending') return 'self';
  return controller === 'leaving' ? 'other' : controller;
};

interface Statuses {
  readonly own: string;
  /** Undefined where there is no other partner's app. */
  readonly other?: string;
}

const statusesOf: Readonly<Record<Controller, Statuses>> = {
  self: { own: 'active' },
  pending: { own: 'pendingActive', other: 'pendingInactive' },
  leaving: { own: 'pendingInactive', other: 'pendingActive' },
  firstParty: { own: 'inactive' },
  other: { own: 'inactive', other: 'active' },
  none: { own: 'inactive' },
};

export const createServiceAppStore = (
  tenantId: string,
  own: () => { readonly id: string; readonly displayName: string },
  other: { readonly id: string; readonly displayName: string },
  registeredBy: IdentitySet,
  worldStart: Ticks,
  settings: () => TenantSettings,
  journal: Journal,
): ServiceAppStore => {
  const keptAs = `serviceApp ${tenantId}`;
  const placed = new Map<string, ServiceApp>(journal.read<ServiceApp>(keptAs));
  const registeredAt = worldStart - days(500);
  const toApp = (identity: { id: string; displayName: string }, status: string): ServiceApp => {
    const { controlPassesAt } = settings();
    return {
      id: identity.id,
      status,
      application: identity,
      registeredAt,
      ...(status.startsWith('pending') && controlPassesAt !== undefined ? { effectiveAt: controlPassesAt } : {}),
      lastModifiedAt: registeredAt + days(1),
      lastModifiedBy: registeredBy,
    };
  };
  /** The own application's record, when it was put in place: its status still follows from who controls. */
  const ownPlaced = (): Partial<ServiceApp> => {
    const found = [...placed.values()].find(({ application }) => application.id === own().id);
    if (found === undefined) return {};
    const { status: _status, effectiveAt: _effectiveAt, ...rest } = found;
    return rest;
  };
  return {
    list: now => {
      const { isUnregistered, pendingFrom } = settings();
      const statuses = statusesOf[controllerAt(settings(), now)];
      const isOtherThere = statuses.other !== undefined && pendingFrom !== 'firstParty';
      const apps = [
        ...(isUnregistered === true ? [] : [{ ...toApp(own(), statuses.own), ...ownPlaced() }]),
        ...(isOtherThere && statuses.other !== undefined ? [toApp(other, statuses.other)] : []),
      ];
      const known = new Map(apps.map(app => [app.id, app]));
      for (const [id, app] of placed) if (app.application.id !== own().id) known.set(id, app);
      return [...known.values()];
    },
    put: app => {
      placed.set(app.id, app);
      journal.put(keptAs, app.id, app);
    },
  };
};
