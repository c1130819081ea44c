/** The emulator's switches. */
import { parseArgs } from 'node:util';
import { parseInstant, toMilliseconds } from './instant.ts';
import { defaultOptions } from './options.ts';
import type { EmulatorOptions } from './options.ts';

export interface CommandLine {
  readonly options: EmulatorOptions;
  /** End when standard input or the channel to the parent process closes. */
  readonly exitWithParent: boolean;
}

export const usage = `Usage: emulator [switches]
  --port <number>         port on 127.0.0.1; 0 takes any free one (0)
  --seed <number>         the same seed makes the same world (7)
  --tenants <number>      customer tenants beside the MSP's own (3)
  --units <number>        protection units of each customer (200)
  --time-scale <number>   seconds of service time in a real second (1)
  --now <ISO 8601>        service time at the start (the real time)
  --latency-ms <number>   real time that every answer takes (0)
  --search-cap <cap>      per-unit: one point a unit; five: five points a search (per-unit)
  --lived-in              begins with past restores of colleagues, and the last customer throttled
  --file <path>           keeps all changes there, and goes on from it
  --validate-responses    judges every answer by the metadata
  --exit-with-parent      ends when standard input or the parent's channel closes`;

/** A switch that can't be understood; the message says which and why. */
export class UsageError extends Error {}

const numberOf = (
  name: string,
  text: string | undefined,
  otherwise: number,
  least: number,
  isWhole: boolean,
): number => {
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < least || (isWhole && !Number.isInteger(value))) {
    throw new UsageError(`--${name} must be a ${isWhole ? 'whole ' : ''}number from ${least} on, not ${text}.`);
  }
  return value;
};

/** Throws {@link UsageError}. @param realNow milliseconds, taken for `--now` when that is left out */
export const readCommandLine = (args: readonly string[], realNow: number): CommandLine => {
  const text = { type: 'string' } as const;
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        port: text,
        seed: text,
        tenants: text,
        units: text,
        'time-scale': text,
        now: text,
        'latency-ms': text,
        'search-cap': text,
        file: text,
        'lived-in': { type: 'boolean' },
        'validate-responses': { type: 'boolean' },
        'exit-with-parent': { type: 'boolean' },
      },
    }));
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
  const start = values.now === undefined ? undefined : parseInstant(values.now);
  if (values.now !== undefined && start === undefined) {
    throw new UsageError(`--now must be a time such as 2026-03-06T14:05:00Z, not ${values.now}.`);
  }
  const cap = values['search-cap'] ?? defaultOptions.searchCap;
  if (cap !== 'per-unit' && cap !== 'five') throw new UsageError(`--search-cap must be per-unit or five, not ${cap}.`);
  const port = numberOf('port', values.port, defaultOptions.port, 0, true);
  if (port > 65_535) throw new UsageError(`--port must be at most 65535, not ${port}.`);
  const tenants = numberOf('tenants', values.tenants, defaultOptions.tenants, 0, true);
  if (tenants > 10_000) throw new UsageError(`--tenants must be at most 10000, not ${tenants}.`);
  return {
    options: {
      port,
      seed: numberOf('seed', values.seed, defaultOptions.seed, 0, true),
      tenants,
      units: numberOf('units', values.units, defaultOptions.units, 0, true),
      timeScale: numberOf('time-scale', values['time-scale'], defaultOptions.timeScale, 0, false),
      nowMilliseconds: start === undefined ? realNow : toMilliseconds(start),
      latencyMs: numberOf('latency-ms', values['latency-ms'], defaultOptions.latencyMs, 0, false),
      searchCap: cap,
      livedIn: values['lived-in'] === true,
      validateResponses: values['validate-responses'] === true,
      ...(values.file === undefined ? {} : { file: values.file }),
    },
    exitWithParent: values['exit-with-parent'] === true,
  };
};
