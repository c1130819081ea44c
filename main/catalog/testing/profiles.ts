import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Catalog } from '../catalog.ts';
import { openCatalog } from '../open-catalog.ts';

export const NOW = 1_790_000_000;

/** The worker's source: Node runs it as it is. */
export const WORKER = new URL('../worker/main.ts', import.meta.url);

/** A folder for a profile, deleted with the test. */
export function aProfile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'backstop-catalog-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'profile');
}

/** Opens a profile in a real worker, closed with the test. What the worker calls unforeseen is collected in `trouble`. */
export async function openedCatalog(
  profile: string,
  worker = WORKER,
): Promise<{ catalog: Catalog; trouble: string[] }> {
  const trouble: string[] = [];
  const log = { warn: (event: string, facts: { trace: string }) => void trouble.push(`${event}: ${facts.trace}`) };
  const catalog = await openCatalog({ profile, worker, now: () => NOW, log });
  onTestFinished(() => catalog.close());
  return { catalog, trouble };
}
