import type { Wire } from './wire.ts';

export interface RawAnswer {
  readonly i: string;
  readonly t?: number;
  readonly p: {
    readonly s?: number;
    readonly e?: string;
    readonly b?: { readonly json?: unknown };
    readonly d?: { readonly json?: unknown };
  };
}

/** Speaks to the bridge as the wire has it, so that these tests do not lean on the library's client nor on ours. */
export class RawCaller {
  readonly received: unknown[] = [];
  readonly #wire: Wire;
  readonly #waiting: { readonly matches: (frame: unknown) => boolean; readonly resolve: (frame: unknown) => void }[] =
    [];
  #lastId = 0;

  constructor(wire: Wire) {
    this.#wire = wire;
    wire.onText(text => {
      const frame: unknown = JSON.parse(text);
      this.received.push(frame);
      for (const [index, waiting] of [...this.#waiting.entries()].reverse()) {
        if (!waiting.matches(frame)) continue;
        this.#waiting.splice(index, 1);
        waiting.resolve(frame);
      }
    });
  }

  /** Sends a call and leaves it open. @returns its id */
  start(path: string, input?: unknown): string {
    this.#lastId += 1;
    const id = `call${this.#lastId}`;
    this.#wire.send(JSON.stringify({ i: id, p: { u: path, ...(input === undefined ? {} : { b: { json: input } }) } }));
    return id;
  }

  abort(id: string): void {
    this.#wire.send(JSON.stringify({ i: id, t: 4 }));
  }

  /** The next frame that matches, sent from now on. */
  next(matches: (frame: unknown) => boolean): Promise<unknown> {
    return new Promise(resolve => this.#waiting.push({ matches, resolve }));
  }

  async call(path: string, input?: unknown): Promise<RawAnswer> {
    const id = this.start(path, input);
    return asAnswer(await this.next(frame => isFrameOf(frame, id)));
  }
}

export function isFrameOf(frame: unknown, id: string): boolean {
  return typeof frame === 'object' && frame !== null && 'i' in frame && frame.i === id;
}

export function isControl(frame: unknown, control: string): boolean {
  return typeof frame === 'object' && frame !== null && 'control' in frame && frame.control === control;
}

function asAnswer(frame: unknown): RawAnswer {
  if (!isRawAnswer(frame)) throw new Error(`no answer: ${JSON.stringify(frame)}`);
  return frame;
}

function isRawAnswer(frame: unknown): frame is RawAnswer {
  return typeof frame === 'object' && frame !== null && 'i' in frame && 'p' in frame && typeof frame.p === 'object';
}
