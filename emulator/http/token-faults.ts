/** Faults at Entra ID's endpoints: only those that name such a route strike there. */
import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { MiddlewareHandler } from 'hono';
import { setTimeout as pause } from 'node:timers/promises';
import type { Faults } from './faults.ts';

/** `/{tenant}/oauth2/v2.0/token`, whatever the tenant. */
const templateOf = (path: string): string => `/{tenant}/${path.split('/').slice(2).join('/')}`;

export const tokenFaults =
  (faults: Faults, findTenantId: (name: string) => string | undefined): MiddlewareHandler<{ Bindings: HttpBindings }> =>
  async (c, next) => {
    const route = templateOf(c.req.path);
    const tenantId = findTenantId(c.req.path.split('/')[1] ?? '');
    const striking = faults.strike({
      method: c.req.method,
      route,
      ...(tenantId === undefined ? {} : { tenantId }),
      onlyRoutesFrom: '/{tenant}/',
    });
    const cut = (): Response => {
      c.env.incoming.socket.destroy();
      return RESPONSE_ALREADY_SENT;
    };
    for (const fault of striking) {
      if (fault.effect === 'delay') await pause(fault.ms ?? 0);
      if (fault.effect === 'dropBefore') return cut();
      if (fault.effect === 'throttle' || fault.effect === 'status') {
        const status = fault.effect === 'throttle' ? 429 : (fault.status ?? 503);
        const retry = fault.retryAfterSeconds === undefined ? {} : { 'Retry-After': String(fault.retryAfterSeconds) };
        const body = {
          error: fault.code ?? 'temporarily_unavailable',
          error_description: fault.message ?? 'The service is made to fail.',
        };
        return Response.json(body, { status, headers: retry });
      }
    }
    await next();
    for (const fault of striking) {
      if (fault.effect === 'dropAfter') return cut();
      if (fault.effect === 'gatewayTimeout')
        c.res = new Response('<html>504</html>', { status: 504, headers: { 'Content-Type': 'text/html' } });
      if (fault.effect === 'malformed')
        c.res = new Response('<!DOCTYPE html><title>Sign in</title>', { headers: { 'Content-Type': 'text/html' } });
      if (fault.effect === 'truncated') {
        const text = await c.res.text();
        c.res = new Response(text.slice(0, Math.floor(text.length / 2)), {
          status: c.res.status,
          headers: { 'Content-Type': 'application/json' },
        });
      }
    }
    return undefined;
  };
