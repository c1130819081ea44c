import { parseArgs } from 'node:util';

const USAGE = 'npm run bench [-- --json FILE] [--tenants N] [--units N] [--points N]';

export interface BenchOptions {
  /** Where the figures are written as JSON. */
  readonly json?: string;
  readonly tenants: number;
  /** Of all tenants together. */
  readonly units: number;
  readonly pointsAUnit: number;
}

/** @throws RangeError that says which switch is wrong, and the usage */
export function readCommandLine(args: readonly string[]): BenchOptions {
  const { json, ...counts } = parsed(args);
  const countOf = (name: keyof typeof counts): number => {
    const count = Number(counts[name]);
    if (Number.isSafeInteger(count) && count > 0) return count;
    throw new RangeError(`--${name} takes a whole number above 0, not "${counts[name]}". Usage: ${USAGE}`);
  };
  const size = { tenants: countOf('tenants'), units: countOf('units'), pointsAUnit: countOf('points') };
  return json === undefined ? size : { ...size, json };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        json: { type: 'string' },
        units: { type: 'string', default: '100000' },
        points: { type: 'string', default: '100' },
        tenants: { type: 'string', default: '40' },
      },
    }).values;
  } catch (error) {
    throw new RangeError(`${error instanceof Error ? error.message : String(error)}. Usage: ${USAGE}`, {
      cause: error,
    });
  }
}
