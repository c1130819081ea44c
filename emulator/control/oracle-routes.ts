/** The truth, for tests: every point of a unit, and what was really restored. */
import { Hono } from 'hono';
import { parseInstant, seconds, toPreciseText, toText } from '../instant.ts';
import { artifactStatusAt } from '../state/restore-run.ts';
import type { World } from '../state/world.ts';
import { ControlRefusal, refuse } from './control-refusal.ts';
import { tenantNamed } from './tenant-named.ts';

export const oracleRoutes = (world: World): Hono => {
  const app = new Hono();

  app.get('/points', c => {
    const { tenant } = tenantNamed(world, c.req.query('tenantId'));
    const unitId = c.req.query('unitId') ?? refuse('unitId is required.');
    const unit = tenant.units.find(unitId);
    if (unit === undefined) throw new ControlRefusal(404, `There is no unit ${unitId}.`);
    const bound = (name: string, otherwise: number): number => {
      const text = c.req.query(name);
      if (text === undefined) return otherwise;
      return parseInstant(text.replace(/ (\d{2}:\d{2})$/, '+$1')) ?? refuse(`${name} is no time in ISO 8601.`);
    };
    // Without bounds: all that was ever made, up to now.
    const points = tenant.points.listAll(unit, bound('from', seconds(-1e9)), bound('to', world.now() + 1));
    return c.json({
      value: points.map(({ id, at, expiresAt, visibleAt, isFast }) => ({
        id,
        protectionDateTime: toPreciseText(at),
        expirationDateTime: toPreciseText(expiresAt),
        tags: isFast ? 'fastRestore' : 'none',
        visibleDateTime: toPreciseText(visibleAt),
      })),
    });
  });

  app.get('/restores', c => {
    const { tenant } = tenantNamed(world, c.req.query('tenantId'));
    const now = world.now();
    const value = tenant.sessions.list().flatMap(session =>
      tenant.sessions.listArtifacts(session.id).flatMap(artifact => {
        const { run } = artifact;
        if (run?.startAt === undefined || now < run.startAt) return [];
        const status = artifactStatusAt(run, now);
        return [
          {
            unitId: artifact.unitId,
            restorePointId: artifact.pointId,
            pointDateTime: toPreciseText(artifact.pointAt),
            destinationType: artifact.destinationType,
            sessionId: session.id,
            artifactId: artifact.id,
            startedDateTime: toText(run.startAt),
            completedDateTime: now >= run.endAt ? toText(run.endAt) : null,
            outcome: status === 'succeeded' || status === 'failed' ? status : 'inProgress',
          },
        ];
      }),
    );
    return c.json({ value });
  });

  return app;
};
