/** Who controls a tenant's backups: an application registers, takes control, gives up waiting, leaves. */
import { parseInstant } from '../instant.ts';
import { controlChange, deletionGrace, serviceAppMoves, serviceStandingAt } from '../state/machines/service-machine.ts';
import { controllerAt } from '../state/service-app-store.ts';
import type { ServiceApp } from '../state/service-app-store.ts';
import type { Controller, TenantSettings } from '../state/tenant-settings.ts';
import { json, linkTo } from './exchange.ts';
import type { GraphAnswer, GraphContext } from './exchange.ts';
import { accessDenied, badRequest, requireState } from './graph-error.ts';
import { objectBody, property } from './request-body.ts';
import { findServiceApp, serviceAppJson } from './service.ts';

const location = (context: GraphContext, id: string): Readonly<Record<string, string>> => ({
  'Content-Location': linkTo(context, `/solutions/backupRestore/serviceApps/${id}`),
});

const ownApp = (context: GraphContext): ServiceApp | undefined =>
  context.tenant.serviceApps.list(context.now).find(({ application }) => application.id === context.caller.appid);

/** The application acts for itself only. Throws 404 or 403. */
const requireOwn = (context: GraphContext): ServiceApp => {
  const app = findServiceApp(context);
  if (app.application.id !== context.caller.appid) throw accessDenied('The service app is another application’s.');
  return app;
};

const requireMove = ({ status }: ServiceApp, move: keyof typeof serviceAppMoves): void =>
  requireState(serviceAppMoves[move], status, `A service app that is ${status} refuses to ${move}.`);

/** Who controls is said anew: what was said of a pending change is gone unless said again. */
const settle = (
  { tenant }: GraphContext,
  change: Partial<TenantSettings> & { readonly isUnregistered?: boolean },
): void => {
  const { controlPassesAt: _passes, pendingFrom: _from, isUnregistered: _unregistered, ...rest } = tenant.settings;
  tenant.setSettings({ ...rest, ...change });
};

/** A pending change of control, as it stands. */
const keptChange = ({ tenant }: GraphContext): Partial<TenantSettings> => {
  const { controlPassesAt, pendingFrom } = tenant.settings;
  return {
    ...(controlPassesAt === undefined ? {} : { controlPassesAt }),
    ...(pendingFrom === undefined ? {} : { pendingFrom }),
  };
};

const accepted = (context: GraphContext): GraphAnswer => {
  const app = ownApp(context);
  if (app === undefined) throw new Error('The service app is gone.');
  return json(202, serviceAppJson(context, app), location(context, app.id));
};

/** Registering again changes nothing. */
export const registerServiceApp = (context: GraphContext): GraphAnswer => {
  objectBody(context.request);
  if (context.caller.appid !== context.world.appIn(context.tenant.id).clientId) {
    throw accessDenied('This application is not known to the emulator.');
  }
  if (context.tenant.settings.isUnregistered === true) settle(context, keptChange(context));
  return accepted(context);
};

const effectiveAtOf = (context: GraphContext): number => {
  const value = property(objectBody(context.request), 'effectiveDateTime');
  const at = typeof value === 'string' ? parseInstant(value) : undefined;
  if (at === undefined) throw badRequest('effectiveDateTime is required: a time in UTC.');
  return at;
};

export const activateServiceApp = (context: GraphContext): GraphAnswer => {
  const at = effectiveAtOf(context);
  const app = requireOwn(context);
  requireMove(app, 'activate');
  const controller = controllerAt(context.tenant.settings, context.now);
  if (controller !== 'firstParty' && controller !== 'other') {
    settle(context, { controller: 'self' });
    return accepted(context);
  }
  if (at < context.now + controlChange.least || at > context.now + controlChange.most) {
    throw badRequest('Somebody controls this tenant already: effectiveDateTime must lie 7 to 30 days ahead.');
  }
  settle(context, { controller: 'pending', controlPassesAt: at, pendingFrom: controller });
  return accepted(context);
};

export const deactivateServiceApp = (context: GraphContext): GraphAnswer => {
  const app = requireOwn(context);
  requireMove(app, 'deactivate');
  if (app.status === 'pendingActive') {
    const before: Controller = context.tenant.settings.pendingFrom ?? 'other';
    settle(context, { controller: before });
  }
  return accepted(context);
};

export const deleteServiceApp = (context: GraphContext): GraphAnswer => {
  const app = requireOwn(context);
  const { settings } = context.tenant;
  requireMove(app, 'delete');
  if (app.status === 'active') {
    const until = context.now + deletionGrace;
    const { curedAt: _curedAt, ...standing } = serviceStandingAt(settings.serviceStatus, context.now);
    settle(context, {
      controller: 'none',
      isUnregistered: true,
      serviceStatus: {
        ...standing,
        status: 'protectionChangeLocked',
        disableReason: 'userRequested',
        gracePeriodAt: until,
        restoreAllowedTillAt: until,
        lastModifiedAt: context.now,
      },
    });
  } else {
    const waits = app.status === 'pendingActive' ? { controller: settings.pendingFrom ?? ('other' as const) } : {};
    settle(context, { ...waits, isUnregistered: true });
  }
  return { status: 204, headers: location(context, app.id) };
};
