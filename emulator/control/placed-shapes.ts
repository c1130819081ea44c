/** What the entities that are put in place have in common. */
import { z } from 'zod';
import type { IdentitySet } from '../state/session-store.ts';
import type { Tenant } from '../state/tenant.ts';
import type { World } from '../state/world.ts';
import type { UnitKind } from '../world/units.ts';
import { given } from './defined.ts';

export interface Place {
  readonly world: World;
  readonly tenant: Tenant;
}

export type Entity = { readonly id: string; readonly [name: string]: unknown };

/** Puts one entity in place. `kind` follows from the collection or from `@odata.type`, if from anything, `parentId` from a path. */
export type Placer = (place: Place, entity: Entity, kind: UnitKind | undefined, parentId: string | undefined) => void;

export const identity = z.looseObject({
  id: z.string().default(''),
  displayName: z.string().optional(),
  email: z.string().optional(),
});
export const identitySet = z
  .looseObject({ application: identity.optional(), user: identity.optional() })
  .transform(({ application, user }): IdentitySet =>
    given({
      application:
        application === undefined
          ? undefined
          : { id: application.id, ...given({ displayName: application.displayName, email: application.email }) },
      user:
        user === undefined
          ? undefined
          : { id: user.id, ...given({ displayName: user.displayName, email: user.email }) },
    }),
  );

export const publicError = z.looseObject({ code: z.string(), message: z.string().default('') });
