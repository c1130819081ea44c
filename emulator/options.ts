/** What a run of the emulator is told when it starts. */

export interface EmulatorOptions {
  /** 0: any free port. */
  readonly port: number;
  readonly seed: number;
  /** Customers; the MSP's home tenant comes on top. */
  readonly tenants: number;
  /** Protection units of each customer, the three kinds together. */
  readonly units: number;
  /** Seconds of service time in a second of real time. */
  readonly timeScale: number;
  /** Service time at the start, in milliseconds since 1970. */
  readonly nowMilliseconds: number;
  /** Real time that every answer takes. */
  readonly latencyMs: number;
  readonly searchCap: 'per-unit' | 'five';
  /** A world that is in use as it begins: past restores of colleagues in every customer, the last of them throttled. */
  readonly livedIn: boolean;
  /** Judge every answer by the metadata, and fail (500, in the log) where it is not as documented. */
  readonly validateResponses: boolean;
  /** Where changes are kept; without it they end with the run. */
  readonly file?: string;
}

export const defaultOptions = {
  port: 0,
  seed: 7,
  tenants: 3,
  units: 200,
  timeScale: 1,
  latencyMs: 0,
  searchCap: 'per-unit',
  livedIn: false,
  validateResponses: false,
} as const satisfies Partial<EmulatorOptions>;
