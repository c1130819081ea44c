import { arch, availableParallelism, cpus, platform, release, totalmem } from 'node:os';

interface Figure {
  readonly value: number;
  /** What was measured, and on how much. */
  readonly what: string;
}

/** What a run found, by the names that README and the issues quote. */
export class Figures {
  readonly #figures = new Map<string, Figure>();
  readonly #tell: (line: string) => void;

  /** @param tell told of each figure as it is found */
  constructor(tell: (line: string) => void = () => undefined) {
    this.#tell = tell;
  }

  add(name: string, value: number, what: string): void {
    if (this.#figures.has(name)) throw new Error(`The figure ${name} was measured twice`);
    const rounded = Number(value.toPrecision(4));
    this.#figures.set(name, { value: rounded, what });
    this.#tell(`${name.padEnd(34)} ${String(rounded).padStart(10)}  ${what}`);
  }

  /** The figures by their names. */
  values(): Record<string, number> {
    return Object.fromEntries([...this.#figures].map(([name, { value }]) => [name, value]));
  }

  /** What each means. */
  meaning(): Record<string, string> {
    return Object.fromEntries([...this.#figures].map(([name, { what }]) => [name, what]));
  }
}

/** On what the figures were found; without it they say little. */
export function thisMachine(): Record<string, string | number> {
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${release()} ${arch()}`,
    node: process.version,
  };
}
