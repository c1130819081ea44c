/** What may be refused, and how: the documented errors of each call, and what is guessed where no page says it. Both are data. */
import documented from './documented-errors.json' with { type: 'json' };
import guessed from './guessed-refusals.json' with { type: 'json' };
import { responseProblems } from './response-validator.ts';

export interface DocumentedError {
  readonly call: string;
  readonly status: number;
  readonly code: string;
  /** As the answer, in an item of a delta's answer of 200, or in the `error` property of an entity. */
  readonly in: string;
}

export const documentedErrors: readonly DocumentedError[] = documented.calls.flatMap(({ call, errors }) =>
  errors.map(error => ({ call, ...error })),
);

interface Rule {
  readonly status: number;
  readonly code: string;
  readonly routes: readonly RegExp[];
}

const root = '/solutions/backupRestore';

/** `GET /restoreSessions/{id}` with alternatives in parentheses, as a pattern of `GET` and a template below the root. */
const patternOf = (route: string): RegExp =>
  route === '*' ? /^/ : new RegExp(`^(?:${route.replaceAll('{id}', '\\{id\\}').replaceAll('$', '\\$')})$`);

const rules: readonly Rule[] = [
  ...documented.calls.flatMap(({ routes, errors }) =>
    errors
      .filter(error => error.in === 'answer')
      .map(({ status, code }) => ({ status, code, routes: routes.map(patternOf) })),
  ),
  ...guessed.refusals.map(({ routes, status, code }) => ({ status, code, routes: routes.map(patternOf) })),
];

/** Is this a documented or listed refusal of this call? `template` as in the route table. */
const isKnown = (method: string, template: string, status: number, code: string): boolean => {
  const below = template.startsWith(root) ? template.slice(root.length) : template;
  const call = `${method} ${below === '' ? '/' : below}`;
  return rules.some(
    rule => rule.status === status && rule.code === code && rule.routes.some(pattern => pattern.test(call)),
  );
};

type JsonObject = { readonly [name: string]: unknown };
const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What is wrong with the body of a refusal, by its shape alone. */
export const errorBodyProblems = (body: unknown): readonly string[] => {
  const error = isObject(body) ? body['error'] : undefined;
  if (!isObject(body) || !isObject(error)) return ['$ must be an object with an error'];
  const foreign = Object.keys(body).filter(name => name !== 'error');
  const { code, message, innerError, details } = error;
  const ids = isObject(innerError) ? ['date', 'request-id', 'client-request-id'] : [];
  const hasIds = ids.every(name => isObject(innerError) && typeof innerError[name] === 'string');
  return [
    ...foreign.map(name => `$.${name} is nothing that a refusal has`),
    ...(typeof code === 'string' && code !== '' ? [] : ['$.error.code must be a text']),
    ...(typeof message === 'string' && message !== '' ? [] : ['$.error.message must be a text']),
    ...(isObject(innerError) || Array.isArray(details) ? [] : ['$.error needs innerError or details']),
    ...(hasIds ? [] : ['$.error.innerError needs date, request-id and client-request-id']),
    ...responseProblems('microsoft.graph.publicError', error, { includesUnknownMembers: true }),
  ];
};

/** What is wrong with a refusal: its shape, and whether this call may be refused so. */
export const refusalProblems = (
  method: string,
  template: string,
  answer: { readonly status: number; readonly body: unknown },
): readonly string[] => {
  const problems = errorBodyProblems(answer.body);
  const error = isObject(answer.body) ? answer.body['error'] : undefined;
  const code = isObject(error) ? String(error['code']) : '';
  return isKnown(method, template, answer.status, code)
    ? problems
    : [...problems, `${answer.status} ${code} is neither documented for this call nor listed as a guess`];
};
