import { isJson, listOf, textAt } from '../example.ts';
import type { Example } from '../example.ts';
import { idOf, withTimes } from './entities.ts';
import type { Stage } from './stage.ts';

export const serviceAppScene = (stage: Stage, example: Example, rest: readonly string[], clientId: string): void => {
  const documented = isJson(example.response.body) ? example.response.body : undefined;
  const [id, action] = rest;
  if (id === undefined) {
    if (example.request.method === 'POST') return;
    listOf(documented?.['value']).forEach((app, number) =>
      stage.put('serviceApps', {
        ...withTimes(app),
        application: { id: number === 0 ? clientId : idOf('another application') },
      }),
    );
    return;
  }
  const status =
    action?.toLowerCase() === 'deactivate'
      ? 'pendingActive'
      : action !== undefined || example.request.method === 'DELETE'
        ? 'inactive'
        : (textAt(documented, 'status') ?? 'active');
  stage.put('serviceApps', { ...withTimes(documented ?? {}), id, status, application: { id: clientId } });
};
