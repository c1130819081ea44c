import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { type StartedProcess, startProcess } from './process.ts';

const main = fileURLToPath(new URL('../../emulator/main.ts', import.meta.url));

const Ready = z.looseObject({
  url: z.string(),
  clientId: z.string(),
  now: z.string(),
  tenants: z.array(
    z.looseObject({ id: z.string(), domain: z.string(), displayName: z.string(), units: z.number(), role: z.string() }),
  ),
  users: z.array(z.looseObject({ userPrincipalName: z.string(), objectId: z.string(), homeTenantId: z.string() })),
});

export interface EmulatorOptions {
  readonly units?: number;
  readonly tenants?: number;
  readonly seed?: number;
  readonly timeScale?: number;
  readonly searchCap?: 'per-unit' | 'five';
  readonly file?: string;
}

const KINDS = { site: 'siteProtectionUnit', drive: 'driveProtectionUnit', mailbox: 'mailboxProtectionUnit' } as const;
export type Kind = keyof typeof KINDS;

/** A protection unit as Graph tells it: what the console is expected to show. */
export interface GraphUnit {
  readonly id: string;
  readonly kind: Kind;
  readonly name: string;
  /** Of a mailbox. */
  readonly email?: string;
  readonly status: string;
}

const Units = z.object({
  value: z.array(
    z.looseObject({
      id: z.string(),
      status: z.string(),
      siteName: z.string().nullish(),
      displayName: z.string().nullish(),
      email: z.string().nullish(),
    }),
  ),
  '@odata.nextLink': z.string().optional(),
});

/** A protection policy as Graph tells it. */
const Policies = z.object({
  value: z.array(z.looseObject({ id: z.string(), displayName: z.string(), status: z.string() })),
});

/** Units with what says who they are and which policy holds them. */
const HeldUnits = z.object({
  value: z.array(
    z.looseObject({
      id: z.string(),
      status: z.string(),
      policyId: z.string().nullish(),
      email: z.string().nullish(),
    }),
  ),
  '@odata.nextLink': z.string().optional(),
});

/** The whole truth about a unit's points. Times are instants in milliseconds. */
const Points = z.object({
  value: z.array(
    z.looseObject({
      id: z.string(),
      protectionDateTime: z.string(),
      expirationDateTime: z.string(),
      visibleDateTime: z.string(),
    }),
  ),
});
type Point = z.infer<typeof Points>['value'][number];

const Faults = z.object({ value: z.array(z.looseObject({ id: z.string(), struck: z.number() })) });

const Requests = z.looseObject({
  http: z.number(),
  questions: z.number(),
  byRoute: z.array(z.looseObject({ method: z.string(), route: z.string(), status: z.number(), count: z.number() })),
});

const HOUR_MILLIS = 3_600_000;
const DAY_MILLIS = 86_400_000;

/** One restore that really began, as the emulator tells it. */
const Restores = z.object({
  value: z.array(
    z.looseObject({
      unitId: z.string(),
      restorePointId: z.string(),
      pointDateTime: z.string(),
      destinationType: z.string(),
      sessionId: z.string(),
      outcome: z.string(),
    }),
  ),
});

/** An emulator of a test's own, and its levers. */
export class Emulator {
  readonly ready: z.infer<typeof Ready>;
  readonly #process: StartedProcess;

  private constructor(started: StartedProcess) {
    this.#process = started;
    this.ready = Ready.parse(JSON.parse(started.line));
  }

  static async start(options: EmulatorOptions = {}): Promise<Emulator> {
    const { units = 60, tenants = 3, seed = 7, timeScale = 60, searchCap = 'per-unit', file } = options;
    const args = [
      // Every answer is judged by the metadata, but those that a test disturbs.
      '--validate-responses',
      '--port',
      '0',
      '--units',
      units,
      '--tenants',
      tenants,
      '--seed',
      seed,
      '--time-scale',
      timeScale,
      '--search-cap',
      searchCap,
    ];
    return new Emulator(
      await startProcess('node', [main, ...args.map(String), ...(file === undefined ? [] : ['--file', file])]),
    );
  }

  get readyLine(): string {
    return this.#process.line;
  }

  get customers(): z.infer<typeof Ready>['tenants'] {
    return this.ready.tenants.filter(({ role }) => role === 'customer');
  }

  /** The n-th customer tenant. */
  customer(n = 0): z.infer<typeof Ready>['tenants'][number] {
    const found = this.customers[n];
    if (found === undefined) throw new Error(`The emulator has no customer ${n}.`);
    return found;
  }

  async control(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(`${this.ready.url}/_emulator${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} /_emulator${path} answered ${response.status}: ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  }

  async fault(match: object, effect: string, more: object = { times: 1 }): Promise<void> {
    await this.control('POST', '/faults', { match, effect, ...more });
  }

  /** What is on, and how often each struck. */
  async faults(): Promise<z.infer<typeof Faults>['value']> {
    return Faults.parse(await this.control('GET', '/faults')).value;
  }

  async clearFaults(): Promise<void> {
    await this.control('DELETE', '/faults');
  }

  async restores(tenantId: string): Promise<z.infer<typeof Restores>['value']> {
    return Restores.parse(await this.control('GET', `/restores?tenantId=${tenantId}`)).value;
  }

  async advance(seconds: number): Promise<void> {
    await this.control('POST', '/clock', { advanceSeconds: seconds });
  }

  /** Service time now. */
  async now(): Promise<Date> {
    return new Date(z.object({ now: z.string() }).parse(await this.control('GET', '/state')).now);
  }

  /** A moment of service time some hours ago, at a full minute, as people say it. */
  async hoursAgo(hours: number): Promise<Date> {
    const now = await this.now();
    return new Date(Math.floor((now.getTime() - hours * HOUR_MILLIS) / 60_000) * 60_000);
  }

  async setTimeScale(timeScale: number): Promise<void> {
    await this.control('POST', '/clock', { timeScale });
  }

  /** Changes a tenant's rules: sign-in, controller, status, throttling … */
  async change(tenantId: string, rules: object): Promise<void> {
    await this.control('PATCH', `/tenants/${tenantId}`, rules);
  }

  async put(tenantId: string, collection: string, value: readonly object[]): Promise<void> {
    await this.control('POST', `/tenants/${tenantId}/entities`, { collection, value });
  }

  async requests(): Promise<z.infer<typeof Requests>> {
    return Requests.parse(await this.control('GET', '/requests'));
  }

  /** Takes the console's app away from a tenant, so that it is as one that never had Backup Storage. */
  async forgetApp(tenantId: string): Promise<void> {
    await this.change(tenantId, { controller: 'none' });
    const response = await fetch(`${this.ready.url}/v1.0/solutions/backupRestore/serviceApps/${this.ready.clientId}`, {
      method: 'DELETE',
      headers: { Authorization: `Bearer ${await this.#token(tenantId, 'BackupRestore-Control.ReadWrite.All')}` },
    });
    if (!response.ok) throw new Error(`The app could not be unregistered: ${response.status}.`);
    await this.change(tenantId, { controller: 'none', serviceStatus: { status: 'disabled', disableReason: 'none' } });
  }

  /** A token with which a test reads Graph as any program would. */
  async #readToken(tenantId: string): Promise<string> {
    return await this.#token(tenantId, 'BackupRestore-Configuration.Read.All');
  }

  async #token(tenantId: string, scope: string): Promise<string> {
    const [user] = this.ready.users;
    const { accessToken } = z.object({ accessToken: z.string() }).parse(
      await this.control('POST', '/tokens', {
        tenantId,
        userPrincipalName: user?.userPrincipalName,
        scopes: [scope],
      }),
    );
    return accessToken;
  }

  /** All protection policies of a tenant, as the service has them now. */
  async policies(tenantId: string): Promise<z.infer<typeof Policies>['value']> {
    const response = await fetch(`${this.ready.url}/v1.0/solutions/backupRestore/protectionPolicies`, {
      headers: { Authorization: `Bearer ${await this.#readToken(tenantId)}` },
    });
    return Policies.parse(await response.json()).value;
  }

  /** The mailboxes that a policy holds, as the service has them now. */
  async mailboxesOf(tenantId: string, policyId: string): Promise<z.infer<typeof HeldUnits>['value']> {
    const accessToken = await this.#readToken(tenantId);
    const held: z.infer<typeof HeldUnits>['value'] = [];
    let url: string | undefined =
      `${this.ready.url}/v1.0/solutions/backupRestore/exchangeProtectionPolicies/${policyId}/mailboxProtectionUnits`;
    while (url !== undefined) {
      const response = await fetch(url, { headers: { Authorization: `Bearer ${accessToken}` } });
      const page = HeldUnits.parse(await response.json());
      held.push(...page.value);
      url = page['@odata.nextLink'];
    }
    return held;
  }

  /** All protection units of a tenant, read from Graph as any program would. */
  async units(tenantId: string): Promise<readonly GraphUnit[]> {
    const accessToken = await this.#readToken(tenantId);
    const units: GraphUnit[] = [];
    for (const kind of ['site', 'drive', 'mailbox'] as const) {
      let url: string | undefined =
        `${this.ready.url}/v1.0/solutions/backupRestore/protectionUnits/microsoft.graph.${KINDS[kind]}`;
      while (url !== undefined) {
        const response = await fetch(url, {
          headers: { Authorization: `Bearer ${accessToken}`, Prefer: 'include-unknown-enum-members' },
        });
        const page = Units.parse(await response.json());
        for (const { id, status, siteName, displayName, email } of page.value)
          units.push({
            id,
            kind,
            status,
            name: siteName ?? displayName ?? id,
            ...(typeof email === 'string' ? { email } : {}),
          });
        url = page['@odata.nextLink'];
      }
    }
    return units;
  }

  /**
   * The newest point of a unit that lies strictly before a moment and lives; `undefined` where there is none. The console
   * keeps whole seconds, floored, so "strictly before" is judged by these.
   */
  async newestBefore(tenantId: string, unitId: string, incident: Date): Promise<Point | undefined> {
    const now = await this.now();
    // Near first: the whole history of a mailbox is 12 MB.
    for (const days of [1, 15, 400]) {
      const from = new Date(incident.getTime() - days * DAY_MILLIS).toISOString();
      const query = new URLSearchParams({ tenantId, unitId, from, to: incident.toISOString() });
      const { value } = Points.parse(await this.control('GET', `/points?${query.toString()}`));
      const alive = value.filter(
        point => new Date(point.expirationDateTime) > now && new Date(point.visibleDateTime) <= now,
      );
      if (alive.length > 0)
        return alive.toSorted((a, b) => a.protectionDateTime.localeCompare(b.protectionDateTime)).at(-1);
    }
    return undefined;
  }

  async stop(): Promise<void> {
    await this.#process.stop();
  }
}
