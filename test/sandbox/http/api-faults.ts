import { z } from 'zod';
import { callFaultSchema } from './call-faults.ts';

/** What can go wrong with one call of an API that is asked for something: as with any call, or the answer is no answer. */
export const apiFaultSchema = z.discriminatedUnion('kind', [
  ...callFaultSchema.options,
  /** 200 and half a JSON document, as JSON. */
  z.strictObject({ kind: z.literal('garbage') }),
  /** A web page, as a proxy shows it. Default 200. */
  z.strictObject({ kind: z.literal('html'), status: z.int().min(200).max(599).optional() }),
]);

export type ApiFault = z.infer<typeof apiFaultSchema>;

interface UnreadableAnswer {
  readonly status: number;
  readonly body: string;
  readonly contentType: string;
}

/** The answer that a fault gives in place of the true one; null for a fault that leaves the answer as it is. */
export function unreadableAnswer(fault: ApiFault | undefined): UnreadableAnswer | null {
  if (fault?.kind === 'garbage') return { status: 200, body: '{"results":[{"id":"', contentType: 'application/json' };
  if (fault?.kind !== 'html') return null;
  const body = '<!doctype html><html><head><title>Maintenance</title></head><body><h1>Back soon</h1></body></html>';
  return { status: fault.status ?? 200, body, contentType: 'text/html' };
}
