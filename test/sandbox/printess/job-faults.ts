import { z } from 'zod';
import { createKnobBoard, type KnobBoard } from '../knobs/knob-board.ts';

/** What can become of a job, decided when it is made. */
export const jobFaultSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('fail'), message: z.string() }),
  /** It never reaches a final state. */
  z.strictObject({ kind: z.literal('never') }),
  z.strictObject({ kind: z.literal('slow'), renderMs: z.number().nonnegative() }),
  /** Finished, with a character that its font does not have. */
  z.strictObject({ kind: z.literal('invalidGlyph') }),
  /** The result names one zip file and no documents. */
  z.strictObject({ kind: z.literal('zipOnly') }),
  /** Finished, and the result is empty. */
  z.strictObject({ kind: z.literal('noFiles') }),
]);
export type JobFault = z.infer<typeof jobFaultSchema>;

/** What a knob on jobs can be matched by; `order` is the external order id. */
export const JOB_FIELDS = ['template', 'origin', 'order'] as const;
export type JobField = (typeof JOB_FIELDS)[number];

export type JobKnobs = KnobBoard<JobField, JobFault>;

/** `timesEach` counts each template of each order apart. */
export const createJobKnobs = (seed: string | number): JobKnobs =>
  createKnobBoard<JobField, JobFault>(JOB_FIELDS, seed);
