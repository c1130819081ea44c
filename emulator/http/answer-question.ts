/**
 * The way of one question through the service, the same for a request of its own and for a part of a `$batch`:
 * route, faults, token, throttle, permission, control, the call itself, faults again, counting.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { asksForUnknownMembers } from '../graph/enum-members.ts';
import type { GraphAnswer, GraphContext, GraphRequest } from '../graph/exchange.ts';
import { json, linkTo } from '../graph/exchange.ts';
import { accessDenied, badRequest, GraphError } from '../graph/graph-error.ts';
import { findGap, permissions } from '../graph/permissions.ts';
import { routeOf } from '../graph/router.ts';
import type { Match, Routing } from '../graph/router.ts';
import { toText } from '../instant.ts';
import type { Ticks } from '../instant.ts';
import { controllerAt } from '../state/service-app-store.ts';
import type { Tenant } from '../state/tenant.ts';
import type { World } from '../state/world.ts';
import { errorBodyProblems, refusalProblems } from '../metadata/refusals.ts';
import { responseProblems } from '../metadata/response-validator.ts';
import { settleTenant } from '../work/settle.ts';
import type { AccessTokenClaims, TokenRefusal, TokenVerdict } from '../tokens.ts';
import { disturbed, refusalOf } from './disturbances.ts';
import type { Fault, Faults } from './faults.ts';
import { lostConnection } from './request-counters.ts';
import type { CountedQuestion, RequestCounters } from './request-counters.ts';
import type { Throttle } from './throttle.ts';

export interface Desk {
  readonly world: World;
  readonly faults: Faults;
  readonly counters: RequestCounters;
  readonly throttle: Throttle;
  /** Judge every answer by the metadata, and fail where it is not as documented: for tests. */
  readonly validateResponses: boolean;
}

export type Outcome =
  /** `askedAt`: the moment of service time that the answer is true for. */
  | { readonly kind: 'answer'; readonly answer: GraphAnswer; readonly askedAt: Ticks }
  | { readonly kind: 'connectionLost' };

const refusalTexts: Readonly<Record<TokenRefusal, string>> = {
  missing: 'Access token is empty.',
  malformed: 'IDX14100: JWT is not well formed.',
  signature: 'Signature verification failed.',
  audience: 'Access token validation failure. Invalid audience.',
  expired: 'Lifetime validation failed, the token is expired.',
};

/** 401 as Graph words it. */
export const unauthorized = (world: World, refusal: TokenRefusal, claims?: string): GraphError => {
  const challenge = [
    'Bearer realm=""',
    'authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize"',
    `client_id="${world.directory.app.clientId}"`,
    ...(claims === undefined
      ? refusal === 'missing'
        ? []
        : ['error="invalid_token"']
      : ['error="insufficient_claims"', `claims="${Buffer.from(claims).toString('base64')}"`]),
  ];
  return new GraphError(401, 'InvalidAuthenticationToken', refusalTexts[refusal], {
    'WWW-Authenticate': challenge.join(', '),
  });
};

/** Graph's error body, with the ids by which support finds the request. */
export const errorAnswer = (error: GraphError, request: Pick<GraphRequest, 'header'>, now: Ticks): GraphAnswer => {
  const requestId = randomUUID();
  const clientRequestId = request.header('client-request-id') ?? requestId;
  return json(
    error.status,
    {
      error: {
        code: error.code,
        message: error.message,
        innerError: { date: toText(now).slice(0, 19), 'request-id': requestId, 'client-request-id': clientRequestId },
      },
    },
    { 'request-id': requestId, 'client-request-id': clientRequestId, ...error.headers },
  );
};

const noRoute = '(unknown)';

const routeName = (routing: Routing): string => {
  if (routing.found === 'route') return routing.match.route.template;
  return routing.found === 'path' ? routing.template : noRoute;
};

/** Microsoft's own command-line client, which some calls refuse. */
const graphPowerShell = '14d82eec-204b-4c2f-b7e8-296a70dab67e';

const requirePermission = (claims: AccessTokenClaims, { route }: Match): void => {
  const gap = findGap(claims, permissions[route.permission], route.workload);
  if (gap === undefined) return;
  if (gap === 'role') throw accessDenied('The signed-in user has no role that allows this call.');
  throw new GraphError(
    403,
    'Authorization_RequestDenied',
    gap === 'scope' ? 'Insufficient privileges to complete the operation.' : 'This call needs a signed-in user.',
  );
};

const requireControl = (
  tenant: Tenant,
  claims: AccessTokenClaims,
  ownAppId: string,
  now: Ticks,
  { route }: Match,
): void => {
  const controller = claims.appid === ownAppId ? controllerAt(tenant.settings, now) : 'other';
  if (route.gate === 'anyone' || controller === 'self' || controller === 'leaving') return;
  if (route.gate === 'waiting' && controller === 'pending') return;
  throw accessDenied(
    controller === 'pending'
      ? 'The application only waits to become the backup controller of this tenant: it may read policies and protection units.'
      : 'The application is not the backup controller of this tenant.',
  );
};

const match = (routing: Routing, request: GraphRequest): Match => {
  if (routing.found === 'route') return routing.match;
  if (routing.found === 'path') {
    throw new GraphError(405, 'Request_BadRequest', 'Specified HTTP method is not allowed for the request target.');
  }
  const segment = /([^/]*)\/*$/.exec(request.path)?.[1] ?? '';
  throw badRequest(`Resource not found for the segment '${segment}'.`);
};

/** Throws, as a fault of the emulator's own, when an answer is not what the metadata says. */
const requireDocumented = (context: GraphContext, { route }: Match, answer: GraphAnswer): void => {
  if (route.returns === undefined || answer.body === undefined || !('json' in answer.body)) return;
  const problems = responseProblems(route.returns, answer.body.json, context);
  if (problems.length > 0) {
    throw new Error(
      `${route.method} ${route.template} answers what is not documented: ${problems.slice(0, 5).join('; ')}`,
    );
  }
};

const work = (desk: Desk, request: GraphRequest, routing: Routing, verdict: TokenVerdict, now: Ticks): GraphAnswer => {
  const { world, throttle } = desk;
  if (!verdict.ok) throw unauthorized(world, verdict.refusal);
  const { claims } = verdict;
  const tenant = world.findTenant(claims.tid);
  if (tenant === undefined) throw unauthorized(world, 'audience');
  const limit = tenant.settings.throttle;
  const wait =
    limit === undefined ? undefined : throttle.refuse({ tenantId: tenant.id, applicationId: claims.appid }, limit);
  if (wait !== undefined) {
    throw new GraphError(429, 'TooManyRequests', 'Too many requests. Try again later.', {
      'Retry-After': String(wait),
    });
  }
  settleTenant(world, tenant, now);
  const matched = match(routing, request);
  requirePermission(claims, matched);
  if (matched.route.refusesPowerShell === true && claims.appid === graphPowerShell) {
    throw new GraphError(403, 'Forbidden', 'This call is not open to Graph PowerShell.');
  }
  requireControl(tenant, claims, world.appIn(tenant.id).clientId, now, matched);
  const context: GraphContext = {
    request,
    caller: claims,
    world,
    tenant,
    now,
    id: matched.ids.at(-1) ?? '',
    parentId: matched.ids[0] ?? '',
    includesUnknownMembers: asksForUnknownMembers(request.header('prefer')),
  };
  const answer = matched.route.handler(context);
  if (desk.validateResponses) requireDocumented(context, matched, answer);
  if (matched.route.tellsLocation !== true) return answer;
  return { ...answer, headers: { 'Content-Location': linkTo(context, request.path), ...answer.headers } };
};

/** Throws, as a fault of the emulator's own, when a refusal has another shape, or another code, than it may have. */
export const requireDocumentedRefusal = (method: string, route: string, answer: GraphAnswer): void => {
  const body = answer.body !== undefined && 'json' in answer.body ? answer.body.json : undefined;
  // What no path leads to has no page, and what is throttled or badly signed in is refused before it is looked at.
  const problems =
    route === noRoute ? errorBodyProblems(body) : refusalProblems(method, route, { status: answer.status, body });
  if (problems.length > 0) {
    throw new Error(`${method} ${route} refuses as is not documented: ${problems.slice(0, 5).join('; ')}`);
  }
};

/** Faults that strike before anything is done: the refusal that stands in for the answer, if any. */
const refusalBefore = (world: World, striking: readonly Fault[]): GraphError | undefined => {
  for (const fault of striking) {
    if (fault.effect === 'expiredToken') return unauthorized(world, 'expired', fault.claims);
    const refusal = refusalOf(fault);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
};

/** Answers one question and counts it. Everything documented is an answer; what is thrown is a fault of the emulator's own. */
export const answerQuestion = async (desk: Desk, request: GraphRequest, kind: 'single' | 'part'): Promise<Outcome> => {
  const { world, faults, counters } = desk;
  const routing = routeOf(request.method, request.path);
  const verdict = world.tokens.verifyAuthorization(request.header('authorization'));
  const tenantId = verdict.ok ? verdict.claims.tid : undefined;
  const question = {
    method: request.method.toUpperCase(),
    route: routeName(routing),
    ...(tenantId === undefined ? {} : { tenantId }),
  };
  const count = (status: number): void => counters.count({ ...question, kind, status } satisfies CountedQuestion);
  const striking = faults.strike(question);
  const delay = striking.reduce((sum, fault) => sum + (fault.effect === 'delay' ? (fault.ms ?? 0) : 0), 0);
  const latency =
    world.latencyMs + (tenantId === undefined ? 0 : (world.findTenant(tenantId)?.settings.latencyMs ?? 0));
  if (delay + latency > 0) await pause(delay + latency);
  if (striking.some(({ effect }) => effect === 'dropBefore')) {
    count(lostConnection);
    return { kind: 'connectionLost' };
  }
  const now = world.now();
  const refusal = refusalBefore(world, striking);
  if (refusal !== undefined) {
    count(refusal.status);
    return { kind: 'answer', answer: errorAnswer(refusal, request, now), askedAt: now };
  }
  const guarded = (): GraphAnswer => {
    try {
      return work(desk, request, routing, verdict, now);
    } catch (error) {
      if (!(error instanceof GraphError)) throw error;
      const refused = errorAnswer(error, request, now);
      if (desk.validateResponses) requireDocumentedRefusal(question.method, question.route, refused);
      return refused;
    }
  };
  const answer = guarded();
  if (striking.some(({ effect }) => effect === 'dropAfter')) {
    count(lostConnection);
    return { kind: 'connectionLost' };
  }
  const changed = striking.reduce(disturbed, answer);
  count(changed.status);
  return { kind: 'answer', answer: changed, askedAt: now };
};
