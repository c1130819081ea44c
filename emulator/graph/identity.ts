/** Who did something, as Graph writes it. */
import type { Identity, IdentitySet } from '../state/session-store.ts';
import { isDelegated } from './exchange.ts';
import type { GraphContext } from './exchange.ts';
import type { JsonObject } from './request-body.ts';

/** The caller of this request. */
export const callerIdentity = ({ caller, tenant, world }: GraphContext): IdentitySet => {
  const { clientId, displayName } = world.appIn(tenant.id);
  return {
    application: { id: caller.appid, ...(caller.appid === clientId ? { displayName } : {}) },
    ...(caller.idtyp === 'user'
      ? {
          user: {
            id: caller.oid,
            ...(caller.name === undefined ? {} : { displayName: caller.name }),
            ...(caller.upn === undefined ? {} : { email: caller.upn }),
          },
        }
      : {}),
  };
};

/** Addresses are told to signed-in people only. */
export const identityJson = (context: GraphContext, { application, user }: IdentitySet): JsonObject => {
  const toJson = ({ email, ...identity }: Identity): JsonObject =>
    email !== undefined && isDelegated(context) ? { email, ...identity } : identity;
  return {
    ...(application === undefined ? {} : { application: toJson(application) }),
    ...(user === undefined ? {} : { user: toJson(user) }),
  };
};
