import { defineConfig } from 'vitest/config';
import './scripts/require-node.mjs';

export default defineConfig({
  test: {
    include: ['{shared,main,preload,renderer,emulator,bench,conformance,scripts}/**/*.test.{ts,tsx}'],
    environment: 'node',
    // Two cores, and many tests start processes of their own: more workers only make each slower.
    maxWorkers: 2,
    // Generous: a busy machine is no failure, and a test that hangs is one all the same.
    testTimeout: 90_000,
    hookTimeout: 120_000,
    reporters: ['default', './scripts/count-reporter.ts'],
  },
});
