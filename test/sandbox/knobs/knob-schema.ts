import { z } from 'zod';

/** A knob as JSON, for the admin endpoint: the fields it may be matched by and the faults it may hold. */
export function knobSchema<Field extends string, Fault extends z.ZodType>(fields: readonly Field[], fault: Fault) {
  return z.strictObject({
    fault,
    match: z.partialRecord(z.enum(fields), z.string()).optional(),
    after: z.int().nonnegative().optional(),
    times: z.int().positive().optional(),
    timesEach: z.int().positive().optional(),
    chance: z.number().min(0).max(1).optional(),
  });
}
