import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { Cloud } from '../../host.ts';

const Ready = z.looseObject({
  url: z.string(),
  clientId: z.string(),
  tenants: z.array(z.looseObject({ id: z.string(), domain: z.string(), role: z.string() })),
  users: z.array(z.looseObject({ userPrincipalName: z.string(), objectId: z.string(), homeTenantId: z.string() })),
});
type Ready = z.infer<typeof Ready>;

export interface Emulator {
  readonly ready: Ready;
  readonly cloud: Cloud;
  /** Changes a tenant through the control interface. */
  patchTenant(id: string, change: Readonly<Record<string, unknown>>): Promise<void>;
  stop(): Promise<void>;
}

/** The emulator as a process of its own, as anybody outside would start it. */
export async function startEmulator(): Promise<Emulator> {
  const child = spawn(process.execPath, ['emulator/main.ts', '--seed', '7', '--units', '5'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const lines = createInterface({ input: child.stdout });
  const line: unknown = (await once(lines, 'line'))[0];
  const ready = Ready.parse(JSON.parse(String(line)));
  const at = (path: string) => `${ready.url}/{tenant}${path}`;
  return {
    ready,
    cloud: {
      clientId: ready.clientId,
      graphOrigin: ready.url,
      loginOrigin: 'https://login.microsoftonline.com',
      authorityMetadata: JSON.stringify({
        authorization_endpoint: at('/oauth2/v2.0/authorize'),
        token_endpoint: at('/oauth2/v2.0/token'),
        issuer: at('/v2.0'),
        jwks_uri: at('/discovery/v2.0/keys'),
        end_session_endpoint: at('/oauth2/v2.0/logout'),
      }),
    },
    async patchTenant(id, change) {
      const response = await fetch(`${ready.url}/_emulator/tenants/${id}`, {
        method: 'PATCH',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(change),
      });
      if (!response.ok) throw new Error(`The emulator refused the change: ${response.status} ${await response.text()}`);
    },
    async stop() {
      const exited = once(child, 'exit');
      child.kill();
      await exited;
    },
  };
}

/** Which button a person presses on a page: its name and value, and whether the page has it. */
export type Choice = readonly [name: string, value: string];

/**
 * A person who goes through the emulator's sign-in pages by their buttons alone, in order of preference, until a page posts
 * itself back to the console.
 */
export function personWho(choices: readonly Choice[]): (url: URL) => Promise<void> {
  return async url => {
    const pages = async () => {
      let html = await (await fetch(url)).text();
      for (let step = 0; step < 6; step++) {
        const answer = /<form[^>]*action="(http:\/\/localhost:\d+[^"]*)"/.exec(html)?.[1];
        if (answer !== undefined) {
          await fetch(answer.replace('localhost', '127.0.0.1'), { method: 'POST', body: hiddenFields(html) });
          return;
        }
        const buttons = html.match(/<button[^>]*>/g) ?? [];
        const choice = choices.find(([name, value]) =>
          buttons.some(button => button.includes(`name="${name}" value="${value}"`)),
        );
        if (choice === undefined) throw new Error('No page that this person knows.');
        const body = hiddenFields(html);
        body.set(...choice);
        html = await (await fetch(url, { method: 'POST', body })).text();
      }
    };
    setImmediate(() => void pages());
  };
}

function hiddenFields(html: string): URLSearchParams {
  const fields = new URLSearchParams();
  for (const [, name = '', value = ''] of html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g))
    fields.set(name, value.replaceAll('&amp;', '&').replaceAll('&#39;', "'").replaceAll('&quot;', '"'));
  return fields;
}
