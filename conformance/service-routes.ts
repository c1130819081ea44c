import { listOf, objectOf, textOf } from './request-body.ts';
import { firstOf, type Route } from './route.ts';

/** The service itself: its status, its apps, its e-mail. */
export const serviceRoutes: readonly Route[] = [
  { method: 'GET', pattern: '', function: 'service.fetchStatus', ask: async tenant => tenant.service.fetchStatus() },
  {
    method: 'POST',
    pattern: 'enable',
    function: 'service.enable',
    ask: async (tenant, _, body) => tenant.service.enable(textOf(objectOf(body)['appOwnerTenantId']) ?? ''),
  },
  {
    method: 'GET',
    pattern: 'serviceApps',
    function: 'service.listApps',
    ask: async tenant => firstOf(tenant.service.listApps()),
  },
  { method: 'POST', pattern: 'serviceApps', function: 'service.createApp', ask: async t => t.service.createApp() },
  {
    method: 'GET',
    pattern: 'serviceApps/{id}',
    function: 'service.fetchApp',
    ask: async (tenant, [id = '']) => tenant.service.fetchApp(id),
  },
  {
    method: 'DELETE',
    pattern: 'serviceApps/{id}',
    function: 'service.deleteApp',
    ask: async (tenant, [id = '']) => tenant.service.deleteApp(id),
  },
  {
    method: 'POST',
    pattern: 'serviceApps/{id}/activate',
    function: 'service.activateApp',
    ask: async (tenant, [id = ''], body) =>
      tenant.service.activateApp(id, textOf(objectOf(body)['effectiveDateTime']) ?? ''),
  },
  {
    method: 'POST',
    pattern: 'serviceApps/{id}/deactivate',
    function: 'service.deactivateApp',
    ask: async (tenant, [id = '']) => tenant.service.deactivateApp(id),
  },
  {
    method: 'GET',
    pattern: 'emailNotificationsSetting',
    function: 'emailNotifications.fetch',
    ask: async tenant => tenant.emailNotifications.fetch(),
  },
  {
    method: 'PATCH',
    pattern: 'emailNotificationsSetting',
    function: 'emailNotifications.update',
    ask: async (tenant, _, body) => {
      const { isEnabled, additionalEvents, recipients } = objectOf(body);
      return tenant.emailNotifications.update({
        ...(typeof isEnabled === 'boolean' ? { isEnabled } : {}),
        ...(typeof additionalEvents === 'string' ? { additionalEvents: [additionalEvents] } : {}),
        ...(recipients === undefined
          ? {}
          : {
              customRecipients: listOf(objectOf(recipients)['customRecipients']).map(graph => ({
                graph: objectOf(graph),
              })),
            }),
      });
    },
  },
];
