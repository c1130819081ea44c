/** The root of Backup Storage, its service status and its service apps, read. */
import { toText } from '../instant.ts';
import { serviceStandingAt } from '../state/machines/service-machine.ts';
import { controllerAt } from '../state/service-app-store.ts';
import type { ServiceApp } from '../state/service-app-store.ts';
import type { Controller } from '../state/tenant-settings.ts';
import { listed, page, selected } from './collection.ts';
import { json, linkTo } from './exchange.ts';
import type { GraphAnswer, GraphContext } from './exchange.ts';
import { notFound } from './graph-error.ts';
import { identityJson } from './identity.ts';
import type { JsonObject } from './request-body.ts';

const consumerOf: Readonly<Record<Controller, string>> = {
  self: 'thirdparty',
  pending: 'thirdparty',
  leaving: 'thirdparty',
  other: 'thirdparty',
  firstParty: 'firstparty',
  none: 'unknown',
};

export const serviceStatusJson = (context: GraphContext): JsonObject => {
  const { settings, administrator } = context.tenant;
  const controller = controllerAt(settings, context.now);
  const { status, disableReason, gracePeriodAt, restoreAllowedTillAt, lastModifiedAt } = serviceStandingAt(
    settings.serviceStatus,
    context.now,
  );
  return {
    status,
    disableReason,
    backupServiceConsumer: consumerOf[controller === 'pending' ? (settings.pendingFrom ?? controller) : controller],
    gracePeriodDateTime: gracePeriodAt === undefined ? null : toText(gracePeriodAt),
    restoreAllowedTillDateTime: restoreAllowedTillAt === undefined ? null : toText(restoreAllowedTillAt),
    lastModifiedDateTime: toText(lastModifiedAt),
    lastModifiedBy: identityJson(context, administrator),
  };
};

export const getRoot = (context: GraphContext): GraphAnswer =>
  json(200, {
    '@odata.context': linkTo(context, '/$metadata#solutions/backupRestore/$entity'),
    id: context.tenant.id,
    serviceStatus: serviceStatusJson(context),
  });

export const serviceAppJson = (context: GraphContext, app: ServiceApp): JsonObject => ({
  '@odata.type': '#microsoft.graph.serviceApp',
  id: app.id,
  status: app.status,
  application: app.application,
  registrationDateTime: toText(app.registeredAt),
  effectiveDateTime: app.effectiveAt === undefined ? null : toText(app.effectiveAt),
  lastModifiedDateTime: toText(app.lastModifiedAt),
  lastModifiedBy: identityJson(context, app.lastModifiedBy),
});

export const listServiceApps = (context: GraphContext): GraphAnswer =>
  page(context, listed(context.tenant.serviceApps.list(context.now)), app => serviceAppJson(context, app));

/** Throws 404. */
export const findServiceApp = (context: GraphContext): ServiceApp => {
  const app = context.tenant.serviceApps
    .list(context.now)
    .find(({ id }) => id.toLowerCase() === context.id.toLowerCase());
  if (app === undefined) throw notFound('There is no service app of this id.');
  return app;
};

export const getServiceApp = (context: GraphContext): GraphAnswer =>
  json(200, selected(context, serviceAppJson(context, findServiceApp(context))));
