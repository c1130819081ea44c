import type { Json } from '../api/json.ts';

/** SQL's NULL stands for a property that is left out. */
export const orNull = <T>(value: T | undefined): T | null => value ?? null;

/** Reads JSON that this catalog wrote itself: its shape is that of the writer's type, which the caller names. */
export const fromJson = (text: string): unknown => JSON.parse(text);
export const toFacts = (text: string): Json => fromJson(text) as Json;
export const toJson = (value: unknown): string => JSON.stringify(value ?? null);
