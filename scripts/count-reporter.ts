import { mkdirSync, writeFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';

export const UNIT_COUNTS_FILE = new URL('../.cache/counts/unit.json', import.meta.url);

/** How many tests ended how. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Writes the counts for `scripts/test.ts` to add up; vitest's own summary ends with a duration and a hint. */
export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    let passed = 0;
    let skipped = 0;
    // A file that can't be loaded has no tests; it counts as one failure, or it would vanish from the counts.
    let failed = unhandledErrors.length;
    for (const module of modules) {
      if (module.errors().length > 0) failed += 1;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed') passed += 1;
        else if (state === 'failed') failed += 1;
        else skipped += 1;
      }
    }
    mkdirSync(new URL('.', UNIT_COUNTS_FILE), { recursive: true });
    writeFileSync(UNIT_COUNTS_FILE, JSON.stringify({ passed, failed, skipped } satisfies Counts));
  }
}
