/** What the faults of `faults.ts` do to an answer. */
import type { GraphAnswer } from '../graph/exchange.ts';
import { GraphError } from '../graph/graph-error.ts';
import { isObject } from '../graph/request-body.ts';
import type { Fault } from './faults.ts';

/** A refusal that stands in for the answer, before anything is done. */
export const refusalOf = (fault: Fault): GraphError | undefined => {
  if (fault.effect === 'throttle') {
    const { retryAfterSeconds } = fault;
    return new GraphError(
      429,
      'TooManyRequests',
      fault.message ?? 'Too many requests. Try again later.',
      retryAfterSeconds === undefined ? {} : { 'Retry-After': String(retryAfterSeconds) },
    );
  }
  if (fault.effect === 'status') {
    const { status = 503, code = 'serviceNotAvailable', retryAfterSeconds } = fault;
    return new GraphError(
      status,
      code,
      fault.message ?? 'The service is made to fail.',
      retryAfterSeconds === undefined ? {} : { 'Retry-After': String(retryAfterSeconds) },
    );
  }
  return undefined;
};

const jsonOf = (answer: GraphAnswer): unknown =>
  answer.body !== undefined && 'json' in answer.body ? answer.body.json : undefined;

/** Applies a change to every object of an answer: the entity, or each entry of a collection. */
const eachEntity = (value: unknown, change: (entity: Record<string, unknown>) => Record<string, unknown>): unknown => {
  if (!isObject(value)) return value;
  const list = value['value'];
  if (!Array.isArray(list)) return change({ ...value });
  return { ...value, value: list.map((entry: unknown) => (isObject(entry) ? change({ ...entry }) : entry)) };
};

/** Properties whose values are members of an enum. */
const enumProperties = new Set([
  'status',
  'tags',
  'destinationType',
  'restoreJobType',
  'protectionSources',
  'backupServiceConsumer',
]);

const withUnknownMember = (entity: Record<string, unknown>): Record<string, unknown> => {
  const changed = { ...entity };
  for (const [name, value] of Object.entries(changed)) {
    if (enumProperties.has(name) && typeof value === 'string') changed[name] = 'memberOfNextYear';
    else if (isObject(value) && !name.startsWith('@')) changed[name] = withUnknownMember({ ...value });
    else if (Array.isArray(value)) {
      changed[name] = value.map((entry: unknown) => (isObject(entry) ? withUnknownMember({ ...entry }) : entry));
    }
  }
  return changed;
};

const withUnknownProperty = (entity: Record<string, unknown>): Record<string, unknown> => ({
  ...entity,
  propertyOfNextYear: { kind: 'unheardOf', since: '2027-01-01T00:00:00Z', list: [1, 'two', null] },
});

const withText = (answer: GraphAnswer, text: string, contentType = 'application/json'): GraphAnswer => ({
  ...answer,
  body: { text, contentType },
});

/** What the fault makes of an answer that was given: the work is done by now. */
export const disturbed = (answer: GraphAnswer, fault: Fault): GraphAnswer => {
  const body = jsonOf(answer);
  switch (fault.effect) {
    case 'gatewayTimeout':
      return {
        status: 504,
        headers: {},
        body: {
          text: '<html><head><title>504 Gateway Time-out</title></head><body></body></html>',
          contentType: 'text/html',
        },
      };
    case 'malformed':
      return withText(answer, '<!DOCTYPE html><title>Please sign in to the network</title>', 'text/html');
    case 'truncated': {
      const text = JSON.stringify(body ?? { value: [] });
      return withText(answer, text.slice(0, Math.floor(text.length / 2)));
    }
    case 'unknownEnumMember':
      return body === undefined ? answer : { ...answer, body: { json: eachEntity(body, withUnknownMember) } };
    case 'unknownProperty':
      return body === undefined ? answer : { ...answer, body: { json: eachEntity(body, withUnknownProperty) } };
    default:
      return answer;
  }
};
