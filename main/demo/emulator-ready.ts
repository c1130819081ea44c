import { z } from 'zod';
import { StartError } from '../start-error.ts';

/** A demo that could not be started. */
export class DemoUnavailableError extends StartError {
  override readonly name = 'DemoUnavailableError';
}

const LOOPBACK_HOSTS = new Set(['127.0.0.1', 'localhost', '[::1]']);

const LoopbackUrl = z
  .url({ protocol: /^http$/ })
  .refine(url => LOOPBACK_HOSTS.has(new URL(url).hostname), 'the emulator must be on this machine (127.0.0.1)')
  .transform(url => new URL(url).origin);

/** The line that the emulator prints once it is ready; it says where it is, and who lives in it. */
export const EmulatorReady = z.object({
  url: LoopbackUrl,
  clientId: z.string().min(1),
  now: z.string(),
  tenants: z
    .array(z.object({ id: z.guid(), domain: z.string(), displayName: z.string(), role: z.enum(['home', 'customer']) }))
    .min(1),
  users: z.array(z.object({ userPrincipalName: z.string(), homeTenantId: z.guid() })).min(1),
});
export type EmulatorReady = z.infer<typeof EmulatorReady>;

/** @throws DemoUnavailableError where the text is no ready line, or names another machine */
export function readEmulatorReady(text: string): EmulatorReady {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new DemoUnavailableError(
      'The emulator\'s ready line is not JSON; give the whole line that "npm run --silent emulator" prints.',
    );
  }
  const parsed = EmulatorReady.safeParse(value);
  if (!parsed.success) {
    const first = parsed.error.issues[0];
    const where = first === undefined ? '' : ` (${[...first.path.map(String), first.message].join(': ')})`;
    throw new DemoUnavailableError(`The emulator's ready line can't be used${where}.`);
  }
  return parsed.data;
}

/** Far above the line of a thousand tenants. */
const MAX_LINE_LENGTH = 8 * 1024 * 1024;

/** Collects an emulator's standard output up to its first line, which is the ready line. */
export class FirstLine {
  #text = '';
  readonly #line = Promise.withResolvers<string>();
  readonly line: Promise<string> = this.#line.promise;

  add(chunk: Uint8Array | string): void {
    if (this.#text.length > MAX_LINE_LENGTH) return;
    this.#text += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8');
    const end = this.#text.indexOf('\n');
    if (end >= 0) this.#line.resolve(this.#text.slice(0, end));
    else if (this.#text.length > MAX_LINE_LENGTH)
      this.#line.reject(new DemoUnavailableError('The emulator printed no ready line.'));
  }

  fail(error: DemoUnavailableError): void {
    this.#line.reject(error);
  }
}
