import { objectOf, searchPeriodOf, textOf, textsOf, within } from './request-body.ts';
import { toBrowseQuery } from './restore-routes.ts';
import { firstOf, type Route } from './route.ts';

/** What is the same for all kinds of unit. */
export const commonRoutes: readonly Route[] = [
  {
    method: 'GET',
    pattern: 'protectionPolicies',
    function: 'policies.list',
    ask: async tenant => firstOf(tenant.policies.list()),
  },
  {
    method: 'GET',
    pattern: 'protectionPolicies/{id}',
    function: 'policies.fetch',
    ask: async (tenant, [id = '']) => tenant.policies.fetch(id),
  },
  {
    method: 'DELETE',
    pattern: 'protectionPolicies/{id}',
    function: 'policies.delete',
    ask: async (tenant, [id = '']) => tenant.policies.delete(id),
  },
  {
    method: 'POST',
    pattern: 'protectionPolicies/{id}/activate',
    function: 'policies.activate',
    ask: async (tenant, [id = '']) => tenant.policies.activate(id),
  },
  {
    method: 'POST',
    pattern: 'protectionPolicies/{id}/deactivate',
    function: 'policies.deactivate',
    ask: async (tenant, [id = '']) => tenant.policies.deactivate(id),
  },
  {
    method: 'GET',
    pattern: 'protectionUnits',
    function: 'units.listAll',
    ask: async tenant => firstOf(tenant.units.listAll()),
  },
  {
    method: 'GET',
    pattern: 'protectionUnits/{id}',
    function: 'units.fetch',
    ask: async (tenant, [id = '']) => tenant.units.fetch(id, 'drive'),
  },
  {
    method: 'POST',
    pattern: 'protectionUnits/{id}/offboard',
    function: 'units.offboard',
    ask: async (tenant, [id = '']) => tenant.units.offboard(id, 'drive'),
  },
  {
    method: 'POST',
    pattern: 'protectionUnits/{id}/cancelOffboard',
    function: 'units.cancelOffboard',
    ask: async (tenant, [id = '']) => tenant.units.cancelOffboard(id, 'drive'),
  },
  {
    method: 'POST',
    pattern: 'restorePoints/search',
    function: 'restorePoints.search',
    ask: async (tenant, _, body) => {
      const unitIds = within(textsOf(objectOf(body)['protectionUnitIds']), 20, 'missing');
      const mailQuery = textOf(objectOf(objectOf(body)['artifactQuery'])['queryExpression']);
      return tenant.restorePoints.search({
        unitIds: mailQuery === undefined ? unitIds : unitIds.slice(0, 1),
        ...searchPeriodOf(body),
        ...(mailQuery === undefined ? {} : { mailQuery }),
      });
    },
  },
  {
    method: 'GET',
    pattern: 'restorePoints/{id}',
    function: 'restorePoints.fetch',
    ask: async (tenant, [id = '']) => tenant.restorePoints.fetch(id),
  },
  {
    method: 'GET',
    pattern: 'restorePoints/{id}/protectionUnit',
    function: 'restorePoints.fetchUnit',
    ask: async (tenant, [id = '']) => tenant.restorePoints.fetchUnit(id, 'drive'),
  },
  {
    method: 'GET',
    pattern: 'restoreSessions',
    function: 'restoreSessions.list',
    ask: async tenant => firstOf(tenant.restoreSessions.list()),
  },
  {
    method: 'GET',
    pattern: 'restoreSessions/{id}',
    function: 'restoreSessions.fetch',
    ask: async (tenant, [id = '']) => tenant.restoreSessions.fetch(id),
  },
  {
    method: 'DELETE',
    pattern: 'restoreSessions/{id}',
    function: 'restoreSessions.delete',
    ask: async (tenant, [id = '']) => tenant.restoreSessions.delete(id),
  },
  {
    method: 'POST',
    pattern: 'restoreSessions/{id}/activate',
    function: 'restoreSessions.activate',
    ask: async (tenant, [id = '']) => tenant.restoreSessions.activate(id),
  },
  {
    method: 'GET',
    pattern: 'browseSessions',
    function: 'browseSessions.list',
    ask: async tenant => firstOf(tenant.browseSessions.list()),
  },
  {
    method: 'GET',
    pattern: 'browseSessions/{id}',
    function: 'browseSessions.fetch',
    ask: async (tenant, [id = '']) => tenant.browseSessions.fetch(id),
  },
  {
    method: 'POST',
    pattern: 'browseSessions/{id}/browse',
    function: 'browseSessions.browse',
    ask: async (tenant, [id = ''], body) => firstOf(tenant.browseSessions.browse(undefined, id, toBrowseQuery(body))),
  },
];
