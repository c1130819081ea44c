import { SignInError } from './sign-in-problem.ts';

/** One prompt at a time: a second is refused, since a person can answer only one and would not know which. */
export class PromptSlot {
  readonly #changed: () => void;
  readonly #stopping = new AbortController();
  #current: { readonly tenantId?: string; readonly abort: AbortController; readonly ended: Promise<void> } | undefined;

  /** @param changed told when a prompt begins and when it has ended */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** The prompt that is open: for `tenantId`, or at home where it has none. */
  get current(): { readonly tenantId?: string } | undefined {
    return this.#current;
  }

  /** Runs a prompt, whose signal ends with the caller's, with `cancel` and with `stop`. @throws SignInError `interactionInProgress`, `cancelled` */
  async run<T>(
    tenantId: string | undefined,
    signal: AbortSignal | undefined,
    prompt: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const named = tenantId === undefined ? {} : { tenantId };
    if (this.#current !== undefined) throw new SignInError({ ...named, kind: 'interactionInProgress' });
    if (this.#stopping.signal.aborted || signal?.aborted === true)
      throw new SignInError({ ...named, kind: 'cancelled' });
    const abort = new AbortController();
    const ended = Promise.withResolvers<void>();
    this.#current = { ...named, abort, ended: ended.promise };
    this.#changed();
    try {
      return await prompt(
        AbortSignal.any([abort.signal, this.#stopping.signal, ...(signal === undefined ? [] : [signal])]),
      );
    } finally {
      this.#current = undefined;
      this.#changed();
      ended.resolve();
    }
  }

  /** Cancels the open prompt; with a tenant, only if it is for that one. */
  cancel(tenantId?: string): void {
    if (tenantId === undefined || this.#current?.tenantId === tenantId) this.#current?.abort.abort();
  }

  /** Cancels the open prompt, waits for its end, and lets none begin. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#current?.ended;
  }
}
