import { z } from 'zod';
import type { Destination } from '../../shared/contract/plans.ts';
import { unitKinds } from '../../shared/domain/protection-unit.ts';
import type { Json } from '../catalog/index.ts';
import { packSessions, type RestoreItem } from '../../shared/domain/restore-packing.ts';

const Item = z.object({
  unitId: z.string(),
  kind: z.enum(unitKinds),
  restorePointId: z.string(),
}) satisfies z.ZodType<RestoreItem>;

/**
 * What a started plan is carried out by, fixed on disk before the first request: which units go into which session, and who
 * started it. It never changes while the run lasts, so that a restart packs, compares and finishes the very same thing.
 */
export const RunPlan = z.object({
  version: z.literal(1),
  /** Names this start of the plan; a plan whose start was cancelled may start again, and its older intents are not this run's. */
  run: z.guid(),
  destination: z.enum(['inPlace', 'new']),
  /** Whoever started it; drafts are recognised as ours by it. */
  startedBy: z.object({ username: z.string(), objectId: z.string().optional() }),
  /** One restore session each. */
  parts: z.array(z.object({ kind: z.enum(unitKinds), items: z.array(Item).min(1) })),
  /** Set once a technician took the start back, before anything was activated. */
  cancelled: z.boolean(),
});
export type RunPlan = z.infer<typeof RunPlan>;

/** As the catalog keeps it beside the plan. */
export function toFacts({ startedBy: { username, objectId }, ...rest }: RunPlan): Json {
  return { ...rest, startedBy: objectId === undefined ? { username } : { username, objectId } };
}

/** Packs the chosen points into sessions for a new run. */
export function newRunPlan(
  items: readonly RestoreItem[],
  facts: { readonly run: string; readonly destination: Destination; readonly startedBy: RunPlan['startedBy'] },
): RunPlan {
  const parts = packSessions(items).map(({ kind, chunks }) => ({ kind, items: chunks.flat() }));
  return { version: 1, ...facts, parts, cancelled: false };
}
