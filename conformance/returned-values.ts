import { isDeepStrictEqual } from 'node:util';
import { listOf, objectOf, textOf } from './request-body.ts';
import { typedProblems } from './typed-values.ts';

/**
 * Compares what the client returned with the documented body: put together again it must be the whole body, and each value that has a
 * typed field must stand in it.
 *
 * @param isOpen it comes unread: only the whole is compared
 * @returns one line for each thing that is lost
 */
export function returnedProblems(value: unknown, body: unknown, isOpen = false): string[] {
  if (isOpen) return wholeProblems(objectOf(value)['graph'], body ?? {});
  if (value === undefined) return body === undefined || body === null ? [] : ['the body was not returned'];
  const result = objectOf(value);
  if (body === undefined && Object.keys(objectOf(result['graph'])).length === 0) return [];
  if (Array.isArray(result['items'])) return pageProblems(result, body);
  if (Array.isArray(result['points'])) return searchProblems(result, body);
  if (Array.isArray(result['failures'])) return deltaProblems(result, body);
  return entityProblems(result, body);
}

function pageProblems(page: Readonly<Record<string, unknown>>, body: unknown): string[] {
  const items = listOf(page['items']).map(objectOf);
  const again = {
    ...objectOf(page['annotations']),
    ...(page['nextLink'] === undefined ? {} : { '@odata.nextLink': page['nextLink'] }),
    value: items.map(item => item['graph']),
  };
  return [
    ...wholeProblems(again, body),
    ...items.flatMap((item, index) => typedProblems(item['graph'], item, `value[${index}]`)),
  ];
}

function searchProblems(result: Readonly<Record<string, unknown>>, body: unknown): string[] {
  const points = listOf(result['points']).map(objectOf);
  const results = listOf(objectOf(body)['searchResults']).map(objectOf);
  const lost = points.length === results.length ? [] : [`${results.length - points.length} results are not points`];
  return [
    ...wholeProblems(result['graph'], body),
    ...lost,
    ...typedProblems({ searchResponseId: objectOf(body)['searchResponseId'] }, result, 'the answer'),
    ...points.flatMap((point, index) => [
      ...typedProblems(point['graph'], point, `searchResults[${index}]`),
      ...(point['artifactHitCount'] === results[index]?.['artifactHitCount'] ? [] : ['artifactHitCount is lost']),
    ]),
    ...(isDeepStrictEqual(result['noResultUnitIds'], listOf(objectOf(body)['noResultProtectionUnitIds']))
      ? []
      : ['noResultProtectionUnitIds is lost']),
  ];
}

function deltaProblems(result: Readonly<Record<string, unknown>>, body: unknown): string[] {
  const key = Object.keys(objectOf(body)).find(name => /(ProtectionUnits|RestoreArtifacts)@delta$/i.test(name));
  const members = key === undefined ? [] : listOf(objectOf(body)[key]).map(objectOf);
  const items = listOf(result['units'] ?? result['artifacts']).map(objectOf);
  const failures = listOf(result['failures']).map(objectOf);
  const removed = listOf(result['removedIds']);
  const problems = [...wholeProblems(result['graph'], body)];
  if (items.length + failures.length + removed.length !== members.length) {
    problems.push(
      `${members.length} members became ${items.length} items, ${failures.length} failures, ${removed.length} removals`,
    );
  }
  for (const item of items) {
    const sent = members.find(member => isDeepStrictEqual(member, item['graph']));
    problems.push(...typedProblems(sent ?? {}, item, `item ${String(item['id'])}`));
    if (sent === undefined) problems.push(`an item is none of the answer's: ${String(item['id'])}`);
  }
  for (const failure of failures) problems.push(...failureProblems(failure, members));
  return problems;
}

function failureProblems(
  failure: Readonly<Record<string, unknown>>,
  members: readonly Readonly<Record<string, unknown>>[],
): string[] {
  const sent = members.find(member => isDeepStrictEqual(member, failure['graph'])) ?? {};
  const key = Object.keys(sent).find(name => name.toLowerCase() === '@core.datamodificationexception') ?? '';
  const exception = objectOf(sent[key]);
  const info = objectOf(exception['info']);
  const said = { ...info, ...exception, id: sent['id'], contentId: sent['@contentId'] };
  return ['code', 'message', 'failedOperation', 'responseCode', 'id', 'contentId'].flatMap(name =>
    failure[name] === objectOf(said)[name] ? [] : [`a failure's ${name} is lost`],
  );
}

function entityProblems(entity: Readonly<Record<string, unknown>>, body: unknown): string[] {
  const graph = entity['graph'];
  const envelope = entity['envelope'];
  const status = objectOf(graph)['serviceStatus'];
  const problems = wholeProblems(envelope ?? graph, body);
  if (envelope !== undefined) {
    const inner = objectOf(envelope)['value'];
    const holds = isDeepStrictEqual(inner, graph) || listOf(inner).some(member => isDeepStrictEqual(member, graph));
    if (!holds) problems.push('the entity is none of the answer');
  }
  return [
    ...problems,
    ...typedProblems(status ?? graph, entity, 'the entity'),
    ...memberProblems(entity, graph),
    ...detailProblems(entity, graph),
  ];
}

/** The artifacts that came along with a created session. */
function memberProblems(entity: Readonly<Record<string, unknown>>, graph: unknown): string[] {
  const read = [...listOf(entity['artifacts']), ...listOf(entity['granularArtifacts'])].map(objectOf);
  return Object.entries(objectOf(graph)).flatMap(([name, members]) =>
    /RestoreArtifacts?$/.test(name)
      ? listOf(members).flatMap((member, index) => {
          const artifact = read.find(({ graph: sent }) => isDeepStrictEqual(sent, member));
          return artifact === undefined
            ? [`${name}[${index}] is not among the artifacts`]
            : typedProblems(member, artifact, `${name}[${index}]`);
        })
      : [],
  );
}

/** What jobs and requests say of each item that failed. */
function detailProblems(entity: Readonly<Record<string, unknown>>, graph: unknown): string[] {
  const { error } = objectOf(graph);
  if (error === undefined || error === null || !('name' in entity)) return [];
  const errors = Array.isArray(error) ? (error as readonly unknown[]) : [error];
  const sent = errors.flatMap(member => listOf(objectOf(member)['details'])).map(objectOf);
  const read = listOf(entity['errorDetails']).map(objectOf);
  const isSame = sent.every((detail, index) =>
    ['code', 'message', 'target'].every(
      name => (textOf(detail[name]) || undefined) === (textOf(objectOf(read[index])[name]) || undefined),
    ),
  );
  return isSame && sent.length === read.length ? [] : ['the details of the error are lost'];
}

function wholeProblems(again: unknown, body: unknown): string[] {
  return isDeepStrictEqual(again, body)
    ? []
    : [`put together again, the answer is ${JSON.stringify(again)?.slice(0, 300) ?? 'nothing'}`];
}
