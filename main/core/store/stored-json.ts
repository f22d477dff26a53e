import type { z } from 'zod';

/** Reads a JSON column through its schema; text that is no JSON is read as undefined, for the schema's `catch`. Throws a ZodError. */
export const readStored = <Value>(schema: z.ZodType<Value>, json: string): Value => {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    value = undefined;
  }
  return schema.parse(value);
};
