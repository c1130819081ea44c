/** Reads the body of a control request. */
import type { Context } from 'hono';
import type { z } from 'zod';
import { ControlRefusal } from './control-refusal.ts';

/** Throws {@link ControlRefusal} for what is no JSON, zod's error for what has another shape. No body is an empty object. */
export const bodyOf = async <T>(c: Context, shape: z.ZodType<T>): Promise<T> => {
  const text = await c.req.text();
  let value: unknown;
  try {
    value = text === '' ? {} : JSON.parse(text);
  } catch {
    throw new ControlRefusal(400, 'The body is no JSON.');
  }
  return shape.parse(value);
};
