import type { Calls } from './calls.ts';
import * as email from './email-notifications.ts';
import type { CallOptions } from './graph-request.ts';
import * as control from './service-control.ts';
import * as service from './service.ts';
import { settleDelete } from './settle.ts';

/** The service as a whole: whether it is on, who controls it, whom it mails. */
export function serviceCalls({ run, pages }: Calls) {
  const fetchApp = async (serviceAppId: string, options?: CallOptions) =>
    run(() => service.fetchServiceAppRequest(serviceAppId), options);
  return {
    service: {
      fetchStatus: async (options?: CallOptions) => run(service.fetchServiceStatusRequest, options),
      enable: async (appOwnerTenantId: string, options?: CallOptions) =>
        run(() => control.enableServiceRequest(appOwnerTenantId), options),
      listApps: (options?: CallOptions) => pages(service.listServiceAppsRequest, options),
      fetchApp,
      createApp: async (options?: CallOptions) => run(control.createServiceAppRequest, options),
      activateApp: async (serviceAppId: string, effectiveDateTime: string, options?: CallOptions) =>
        run(() => control.activateServiceAppRequest(serviceAppId, effectiveDateTime), options),
      deactivateApp: async (serviceAppId: string, options?: CallOptions) =>
        run(() => control.deactivateServiceAppRequest(serviceAppId), options),
      deleteApp: async (serviceAppId: string, options?: CallOptions) =>
        run(() => control.deleteServiceAppRequest(serviceAppId), options),
      /** After `deleteApp` with an unknown outcome; an active app stays for its grace period, so that it may still be seen. */
      settleDeleteApp: async (serviceAppId: string, options?: CallOptions) =>
        settleDelete(async () => fetchApp(serviceAppId, options)),
    },
    emailNotifications: {
      fetch: async (options?: CallOptions) => run(email.fetchEmailNotificationsRequest, options),
      update: async (change: email.EmailNotificationsChange, options?: CallOptions) =>
        run(() => email.updateEmailNotificationsRequest(change), options),
    },
  };
}
