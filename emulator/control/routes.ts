/** `/_emulator`: the emulator itself, seen and moved from outside. */
import { Hono } from 'hono';
import { z } from 'zod';
import type { Desk } from '../http/answer-question.ts';
import { fromMilliseconds, toText } from '../instant.ts';
import { controllerAt } from '../state/service-app-store.ts';
import type { Tenant } from '../state/tenant.ts';
import { serviceStandingAt } from '../state/machines/service-machine.ts';
import { lockForBilling } from '../work/billing-work.ts';
import { settleTenant } from '../work/settle.ts';
import { ControlRefusal, refuse } from './control-refusal.ts';
import { defined } from './defined.ts';
import { putEntities } from './entities.ts';
import { oracleRoutes } from './oracle-routes.ts';
import { bodyOf } from './request-body.ts';
import { clockChange, entitiesRequest, tenantChange, tokenRequest } from './shapes.ts';
import { directoryChange, settingsAfter } from './tenant-changes.ts';
import { tenantNamed } from './tenant-named.ts';
import { trafficRoutes } from './traffic-routes.ts';

export const controlRoutes = (desk: Desk): Hono => {
  const { world } = desk;

  const tenantJson = (tenant: Tenant) => {
    const entry = tenantNamed(world, tenant.id).entry;
    return {
      id: tenant.id,
      domain: entry.domain,
      displayName: entry.displayName,
      role: entry.role,
      units: tenant.units.count,
      serviceStatus: serviceStandingAt(tenant.settings.serviceStatus, world.now()).status,
      controller: controllerAt(tenant.settings, world.now()),
    };
  };

  const tenantInFull = (tenant: Tenant) => {
    const { entry } = tenantNamed(world, tenant.id);
    const { throttle, latencyMs, searchCap, artifactFailures, pageSize, billing } = tenant.settings;
    const { consentedScopes, consentedRoles, signInRules, tokenLifetimeSeconds, ownApplication } = entry;
    return {
      ...tenantJson(tenant),
      consentedScopes,
      consentedRoles,
      signInRules,
      tokenLifetimeSeconds,
      ownApplication: ownApplication ?? null,
      throttle: throttle ?? null,
      latencyMs,
      searchCap,
      artifactFailures,
      pageSize,
      billing: billing ?? 'healthy',
    };
  };

  const clockJson = () => ({
    now: toText(world.now()),
    timeScale: world.clock.timeScale,
    frozen: world.clock.frozen,
  });

  const app = new Hono();

  // What has become due is done before anybody looks.
  app.use(async (_c, next) => {
    for (const tenant of world.tenants) settleTenant(world, tenant, world.now());
    await next();
  });

  app.get('/state', c => c.json({ ...clockJson(), tenants: world.tenants.map(tenantJson) }));

  app.post('/clock', async c => {
    world.clock.change(defined(await bodyOf(c, clockChange)));
    world.keepTime(false);
    return c.json(clockJson());
  });

  app.get('/tenants/:id', c => c.json(tenantInFull(tenantNamed(world, c.req.param('id')).tenant)));

  app.patch('/tenants/:id', async c => {
    const { tenant, entry } = tenantNamed(world, c.req.param('id'));
    const change = await bodyOf(c, tenantChange);
    const now = world.now();
    tenant.setSettings(settingsAfter(tenant.settings, change, now));
    if (change.billing === 'invalid') {
      lockForBilling({ seed: world.seed, newId: () => world.newId(), tenant, now, by: tenant.administrator });
    }
    world.directory.changeTenant(entry.id, directoryChange(entry, change));
    return c.json(tenantInFull(tenant));
  });

  app.post('/tenants/:id/entities', async c => {
    const { tenant } = tenantNamed(world, c.req.param('id'));
    const { collection, value } = await bodyOf(c, entitiesRequest);
    putEntities(world, tenant, collection, value);
    return c.json({ collection, count: value.length }, 201);
  });

  app.get('/directory', c => {
    const { tenant } = tenantNamed(world, c.req.query('tenantId'));
    return c.json({
      people: tenant.resources.list('drive'),
      sites: tenant.resources.list('site'),
      groups: tenant.resources.listGroups(),
    });
  });

  app.post('/tokens', async c => {
    const { tenantId, userPrincipalName, scopes, roles, clientId } = await bodyOf(c, tokenRequest);
    const { entry } = tenantNamed(world, tenantId);
    const user = world.directory.findUser(userPrincipalName) ?? refuse(`There is no user ${userPrincipalName}.`);
    const short = scopes.map(scope => scope.slice(scope.lastIndexOf('/') + 1));
    const token = world.tokens.issueDelegated({
      tenant: entry,
      user,
      scopes: short,
      roles: roles ?? ['Microsoft 365 Backup Administrator'],
      ...(clientId === undefined ? {} : { clientId }),
    });
    return c.json({ accessToken: token.accessToken, expiresOn: toText(fromMilliseconds(token.expiresAt * 1000)) });
  });

  app.route('/', oracleRoutes(world));
  app.route('/', trafficRoutes(desk));
  app.onError((error, c) => {
    if (error instanceof ControlRefusal)
      return c.json({ error: { code: 'refused', message: error.message } }, error.status);
    if (error instanceof z.ZodError)
      return c.json({ error: { code: 'refused', message: z.prettifyError(error) } }, 400);
    throw error;
  });
  return app;
};
