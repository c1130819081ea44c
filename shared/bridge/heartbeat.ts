/** Beats of silence after which the other end counts as dead. */
export const SILENT_BEATS_ALLOWED = 3;
/** Real seconds from one beat to the next. */
export const BEAT_SECONDS = 10;

export interface HeartbeatActions {
  /** Asks the other end for a sign of life. */
  readonly ping: () => void;
  /** The other end has been silent for too long. Called once. */
  readonly dead: () => void;
}

/**
 * Notices a dead peer on a carrier that does not tell (Chromium fires no `close` on a page's port). It counts beats and not
 * elapsed time: a machine that slept for an hour has missed no beat, and must not find its bridge closed on waking.
 */
export class Heartbeat {
  readonly #actions: HeartbeatActions;
  #silentBeats = 0;
  #dead = false;

  constructor(actions: HeartbeatActions) {
    this.#actions = actions;
  }

  /** Anything that arrived, a pong or an answer, is a sign of life. */
  heard(): void {
    this.#silentBeats = 0;
  }

  /** To be called every `BEAT_SECONDS`. */
  beat(): void {
    if (this.#dead) return;
    if (this.#silentBeats >= SILENT_BEATS_ALLOWED) {
      this.#dead = true;
      this.#actions.dead();
      return;
    }
    this.#silentBeats += 1;
    this.#actions.ping();
  }
}
