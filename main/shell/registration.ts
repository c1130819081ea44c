import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Cloud } from '../host.ts';
import { StartError } from '../start-error.ts';

/** The MSP's own Entra app, which an administrator has registered for the console. */
const Registration = z.strictObject({ clientId: z.guid() });

/**
 * Reads `backstop.json` of the application's data folder: `{"clientId": "<application id>"}`. It names an application and
 * nothing else: authority and Graph are Microsoft's, and no file can change them.
 *
 * @returns `undefined` where there is no such file; then the console shows its demo tenants
 * @throws StartError where there is one that can't be used
 */
export function readRegistration(path: string): Cloud | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new StartError(`${path} can't be read; make it readable, or delete it to see the demo tenants.`, {
      cause: error,
    });
  }
  const parsed = Registration.safeParse(parseJson(text));
  if (!parsed.success) {
    throw new StartError(
      `${path} must hold {"clientId": "<application id of your Entra app>"}; correct it, or delete it to see the demo tenants.`,
    );
  }
  return {
    clientId: parsed.data.clientId,
    graphOrigin: 'https://graph.microsoft.com',
    loginOrigin: 'https://login.microsoftonline.com',
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
