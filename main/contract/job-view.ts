import { z } from 'zod';
import { jobState, moment, rowId } from './values.ts';

/** What can be asked of a job now. `check` asks the platform, the others are commands. */
export const jobAction = z.enum(['check', 'renderAgain', 'resume', 'restart', 'tagDone']);
export type JobAction = z.infer<typeof jobAction>;

/** Something being made at a platform, and what the platform says of it. */
export const jobView = z.object({
  id: rowId,
  connection: z.string(),
  /** The job's id there; null until its command has been answered. */
  externalId: z.string().nullable(),
  orderId: rowId.nullable(),
  orderExternalId: z.string().nullable(),
  state: jobState,
  /** The platform's own word for the state. */
  statusText: z.string(),
  /** Nothing more is to come of it. */
  final: z.boolean(),
  problem: z.string().nullable(),
  problemCode: z.string().nullable(),
  /** Codes of the catalogue, such as `invalidGlyph`. */
  warnings: z.array(z.string()),
  /** What the platform believes: names (keys of the catalogue, or as they stand) and values. */
  beliefs: z.array(z.object({ name: z.string(), value: z.string() })),
  createdAt: moment,
  lastSeenAt: moment.nullable(),
  /** When the platform is asked for it by itself next; null: its list tells, or it is final. */
  nextCheckAt: moment.nullable(),
  actions: z.array(jobAction),
  /** The job that was made in its place. */
  replacedBy: rowId.nullable(),
});
export type JobView = z.infer<typeof jobView>;
