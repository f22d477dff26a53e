import { z } from 'zod';
import { failureSchema } from './failure.ts';

const requestId = z.number().int().nonnegative();

/** What a client sends. */
export const clientMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('call'), id: requestId, call: z.string(), input: z.unknown() }),
  z.object({ type: z.literal('subscribe'), event: z.string() }),
  z.object({ type: z.literal('unsubscribe'), event: z.string() }),
]);
export type ClientMessage = z.infer<typeof clientMessage>;

/** What a station sends. `hello` is the first message of every wire. */
export const stationMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hello'), protocol: z.number().int(), version: z.string() }),
  z.object({ type: z.literal('result'), id: requestId, output: z.unknown() }),
  z.object({ type: z.literal('failure'), id: requestId, failure: failureSchema }),
  z.object({ type: z.literal('event'), event: z.string(), payload: z.unknown() }),
]);
export type StationMessage = z.infer<typeof stationMessage>;

/** Reads a message; answers null for anything that is not one. */
export const readMessage = <T>(schema: z.ZodType<T>, text: string): T | null => {
  try {
    const parsed = schema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
};
