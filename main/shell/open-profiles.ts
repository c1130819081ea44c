import type { OpenConsole } from '../start/index.ts';

export type ProfileKind = 'own' | 'demo';

/** A switch that failed. The profile that was open before is open again unless `reopened` is false. */
export class SwitchFailedError extends Error {
  override readonly name = 'SwitchFailedError';
  readonly reopened: boolean;
  constructor(reopened: boolean, options: ErrorOptions) {
    super('the other profile could not be opened', options);
    this.reopened = reopened;
  }
}

/** Keeps one profile open at a time. Calls are carried out one after the other. */
export class OpenProfiles {
  readonly #open: (kind: ProfileKind) => Promise<OpenConsole>;
  #current: { readonly kind: ProfileKind; readonly console: OpenConsole } | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(open: (kind: ProfileKind) => Promise<OpenConsole>) {
    this.#open = open;
  }

  get console(): OpenConsole | undefined {
    return this.#current?.console;
  }

  open(kind: ProfileKind): Promise<void> {
    return this.#inTurn(async () => {
      this.#current = { kind, console: await this.#open(kind) };
    });
  }

  /** Closes the open profile, then opens the other: two at once would be two consoles. @throws SwitchFailedError */
  switchTo(kind: ProfileKind): Promise<void> {
    return this.#inTurn(async () => {
      const before = this.#current;
      if (before === undefined || before.kind === kind) return;
      await this.#close();
      try {
        this.#current = { kind, console: await this.#open(kind) };
      } catch (cause) {
        await this.#open(before.kind).then(
          console => {
            this.#current = { kind: before.kind, console };
          },
          () => undefined,
        );
        throw new SwitchFailedError(this.#current !== undefined, { cause });
      }
    });
  }

  stop(): Promise<void> {
    return this.#inTurn(() => this.#close());
  }

  async #close(): Promise<void> {
    const current = this.#current;
    this.#current = undefined;
    await current?.console.stop();
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}
