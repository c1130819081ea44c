import { z } from 'zod';
import { unitKinds } from '../domain/protection-unit.ts';

/** Whole seconds since 1970, UTC. The upper bound is the year 9999, the last that ISO 8601 writes in four digits. */
export const UtcSeconds = z.int().min(0).max(253_402_300_799);
export const Seconds = z.int().min(0);
export const Count = z.int().min(0);

export const TenantId = z.guid();
export const UnitId = z.string().min(1).max(256);
export const RestorePointId = z.string().min(1).max(1024);
export const SessionId = z.string().min(1).max(256);
export const PlanId = z.guid();
export const SelectionId = z.guid();
export const UnitKind = z.enum(unitKinds);
/** An IANA time zone name such as `Europe/Helsinki`. */
export const TimeZone = z.string().min(1).max(64);

/** A window of a long list. Nothing large crosses the bridge at once. */
export const Window = z.object({ offset: Count, limit: z.int().min(1).max(200) });
/** At most this many ids are named in one call; more are named by a selection. */
export const UnitIds = z.array(UnitId).min(1).max(200);
