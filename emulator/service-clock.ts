/** Service time: what the service believes the time is. Starts anywhere, runs at any rate, can be frozen and moved on. */

export interface ServiceClock {
  /** Milliseconds since 1970, UTC. Never goes back. */
  nowMilliseconds(): number;
  readonly timeScale: number;
  readonly frozen: boolean;
  change(change: { readonly timeScale?: number; readonly advanceSeconds?: number; readonly freeze?: boolean }): void;
}

export interface ClockReading {
  readonly nowMilliseconds: number;
  readonly timeScale: number;
  readonly frozen: boolean;
}

/** @param real a steady source of real milliseconds */
export const createServiceClock = (start: ClockReading, real: () => number = () => performance.now()): ServiceClock => {
  let { timeScale, frozen } = start;
  let anchorService = start.nowMilliseconds;
  let anchorReal = real();
  const now = (): number => (frozen ? anchorService : anchorService + (real() - anchorReal) * timeScale);
  return {
    nowMilliseconds: () => Math.floor(now()),
    get timeScale() {
      return timeScale;
    },
    get frozen() {
      return frozen;
    },
    change: change => {
      anchorService = now() + (change.advanceSeconds ?? 0) * 1000;
      anchorReal = real();
      timeScale = change.timeScale ?? timeScale;
      frozen = change.freeze ?? frozen;
    },
  };
};
