/** What was asked, and what is to go wrong. */
import { Hono } from 'hono';
import type { Desk } from '../http/answer-question.ts';
import { parseInstant, toMilliseconds } from '../instant.ts';
import { ControlRefusal, refuse } from './control-refusal.ts';
import { defined } from './defined.ts';
import { bodyOf } from './request-body.ts';
import { faultRequest } from './shapes.ts';

export const trafficRoutes = ({ faults, counters }: Desk): Hono => {
  const app = new Hono();

  app.get('/requests', c => {
    const since = c.req.query('since');
    if (since === undefined) return c.json(counters.read());
    if (/^\d+$/.test(since)) return c.json(counters.read({ sequence: Number(since) }));
    const moment = parseInstant(since) ?? refuse('since is neither a time in ISO 8601 nor a sequence number.');
    return c.json(counters.read({ milliseconds: toMilliseconds(moment) }));
  });

  app.delete('/requests', c => {
    counters.reset();
    return c.body(null, 204);
  });

  app.get('/faults', c => c.json({ value: faults.list() }));
  app.post('/faults', async c => {
    const asked = await bodyOf(c, faultRequest);
    return c.json(faults.add({ ...defined(asked), match: defined(asked.match) }), 201);
  });
  app.delete('/faults', c => {
    faults.clear();
    return c.body(null, 204);
  });
  app.get('/faults/:id', c => {
    const fault = faults.list().find(({ id }) => id === c.req.param('id'));
    if (fault === undefined) throw new ControlRefusal(404, 'There is no fault of this id.');
    return c.json(fault);
  });
  app.delete('/faults/:id', c => {
    if (!faults.remove(c.req.param('id'))) throw new ControlRefusal(404, 'There is no fault of this id.');
    return c.body(null, 204);
  });

  return app;
};
