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

/** One restore that really began, as the emulator tells it. */
const Restores = z.object({
  value: z.array(
    z.looseObject({
      unitId: z.string(),
      restorePointId: z.string(),
      pointDateTime: z.string(),
      destinationType: z.string(),
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

  async restores(tenantId: string): Promise<z.infer<typeof Restores>['value']> {
    return Restores.parse(await this.control('GET', `/restores?tenantId=${tenantId}`)).value;
  }

  async advance(seconds: number): Promise<void> {
    await this.control('POST', '/clock', { advanceSeconds: seconds });
  }

  async stop(): Promise<void> {
    await this.#process.stop();
  }
}
