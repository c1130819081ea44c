/**
 * A world that is in use as it begins: restores that colleagues made in the past, some of which failed, and one tenant whose
 * limit of questions is low. All of it follows from the seed, and all has ended days before the world begins.
 */
import type { DirectoryUser, RegisteredApp } from '../directory.ts';
import { days, minutes } from '../instant.ts';
import type { Ticks } from '../instant.ts';
import { fraction, guid, hash } from '../seeded-random.ts';
import type { UnitKind } from '../world/units.ts';
import { planRun } from './restore-run.ts';
import type { RunCircumstances } from './restore-run.ts';
import type { Artifact, IdentitySet, Session } from './session-store.ts';
import type { Tenant } from './tenant.ts';
import type { StoredUnit } from './unit-store.ts';

/** Low enough for a console that reads everything at once to be refused now and then, and let in again in seconds. */
export const busyTenantLimit = { questions: 30, seconds: 10 } as const;

interface Past {
  readonly seed: number;
  readonly worldStart: Ticks;
  readonly app: RegisteredApp;
  readonly colleagues: readonly DirectoryUser[];
}

type Trouble = Partial<RunCircumstances>;

interface Template {
  readonly kind: UnitKind;
  readonly artifacts: number;
  readonly destinationType: 'new' | 'inPlace';
  /** What of the artifacts fails, and why; the others end well, or fail by chance. */
  readonly trouble: (place: number) => Trouble;
}

const fine = (): Trouble => ({});
const onlyFirst =
  (trouble: Trouble) =>
  (place: number): Trouble =>
    place === 0 ? trouble : {};

/** Newest first. Every tenant has the like of each, with units and times of its own. */
const templates: readonly Template[] = [
  { kind: 'site', artifacts: 1, destinationType: 'new', trouble: fine },
  { kind: 'mailbox', artifacts: 12, destinationType: 'new', trouble: onlyFirst({ isTroubled: true }) },
  { kind: 'drive', artifacts: 3, destinationType: 'inPlace', trouble: fine },
  { kind: 'mailbox', artifacts: 1, destinationType: 'inPlace', trouble: () => ({ isHeld: true }) },
  { kind: 'site', artifacts: 25, destinationType: 'inPlace', trouble: onlyFirst({ isBusy: true }) },
  { kind: 'drive', artifacts: 8, destinationType: 'new', trouble: onlyFirst({ isGone: true }) },
  { kind: 'site', artifacts: 2, destinationType: 'inPlace', trouble: onlyFirst({ isExpired: true }) },
  { kind: 'mailbox', artifacts: 40, destinationType: 'inPlace', trouble: fine },
];

/** The newest ended at least so long ago, and each is so much older than the one before it, by and large. */
const newestAge = days(3);
const between = days(11);

const unitsFor = (tenant: Tenant, kind: UnitKind, from: number, at: Ticks): readonly StoredUnit[] => {
  const all = [...tenant.units.list(kind)].filter(
    ({ history }) => history !== undefined && history.from < at - days(1),
  );
  const start = all.length === 0 ? 0 : from % all.length;
  return [...all.slice(start), ...all.slice(0, start)];
};

/** Puts the sessions in place. Nothing of the service's own work is touched: ids that it gives later are the same without them. */
export const putPastSessions = (tenant: Tenant, { seed, worldStart, app, colleagues }: Past): void => {
  templates.forEach((template, number) => {
    const draw = (salt: number): number => fraction(hash(seed, tenant.id, 'past session', number, salt));
    const { kind, destinationType } = template;
    const activatedAt = worldStart - newestAge - Math.floor((number + draw(1)) * between);
    const id = guid(seed, tenant.id, 'past session', number);
    const units = unitsFor(tenant, kind, hash(seed, tenant.id, number), activatedAt);
    const artifacts = units.slice(0, template.artifacts).flatMap((unit, place): readonly Artifact[] => {
      const before = activatedAt - Math.floor(draw(place + 10) * days(2));
      const question = { from: unit.history?.from ?? before, to: before, now: activatedAt };
      const [point] = tenant.points.listTold(unit, { ...question, newestFirst: true, fastOnly: false, limit: 1 });
      if (point === undefined) return [];
      const artifactId = guid(id, place);
      const run = planRun(activatedAt, {
        seed,
        artifactId,
        kind,
        destinationType,
        isFastPoint: point.isFast,
        isHeld: false,
        isGone: false,
        isExpired: false,
        isBusy: false,
        mayFailByChance: true,
        ...template.trouble(place),
      });
      return [
        {
          id: artifactId,
          sessionId: id,
          unitId: unit.id,
          pointId: point.id,
          pointAt: point.at,
          pointExpiresAt: point.expiresAt,
          isFastPoint: point.isFast,
          destinationType,
          run,
        },
      ];
    });
    if (artifacts.length === 0) return;
    const colleague = colleagues[number % Math.max(colleagues.length, 1)];
    const by: IdentitySet = {
      application: { id: app.clientId, displayName: app.displayName },
      ...(colleague === undefined
        ? {}
        : {
            user: {
              id: colleague.objectId,
              displayName: colleague.displayName,
              email: colleague.userPrincipalName,
            },
          }),
    };
    const session: Session = {
      id,
      kind,
      jobType: 'standard',
      createdAt: activatedAt - minutes(2),
      createdBy: by,
      lastModifiedAt: activatedAt,
      lastModifiedBy: by,
      activatedAt,
    };
    tenant.sessions.put(session, artifacts);
  });
};
