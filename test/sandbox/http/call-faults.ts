import { z } from 'zod';

/** What can go wrong with one call of a platform's API. */
export const callFaultSchema = z.discriminatedUnion('kind', [
  /** Answered with this status instead of being looked at, such as 401, 403, 400 with a message, 429, 500 or 503. */
  z.strictObject({
    kind: z.literal('status'),
    status: z.int().min(400).max(599),
    message: z.string().optional(),
    retryAfterSeconds: z.int().nonnegative().optional(),
  }),
  /** Taken and recorded as usual, then the connection is cut before the answer. */
  z.strictObject({ kind: z.literal('answerLost') }),
  /** The connection is cut before anything is taken or recorded as accepted. */
  z.strictObject({ kind: z.literal('reset') }),
  /** Answered as usual, this much later. Comes on top of the other faults. */
  z.strictObject({ kind: z.literal('delay'), delayMs: z.number().nonnegative() }),
  /** Taken, but never answered: the connection stays open until the client or the server gives up. */
  z.strictObject({ kind: z.literal('hang') }),
]);

export type CallFault = z.infer<typeof callFaultSchema>;
