import type { ServerResponse } from 'node:http';
import { wait } from '../wait.ts';
import type { CallFault } from './call-faults.ts';

/** What became of a call, as the ledger keeps it. */
export type CallAnswer =
  | { readonly kind: 'answered'; readonly status: number; readonly message: string }
  /** Taken by the platform, but the caller never heard: the connection was cut, or left open without an answer. */
  | { readonly kind: 'lost' }
  /** The connection was cut before anything was taken. */
  | { readonly kind: 'reset' };

export interface PlannedAnswer {
  readonly status: number;
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The answer a `status` fault stands for. */
export function faultAnswer(fault: Extract<CallFault, { readonly kind: 'status' }>): PlannedAnswer {
  return {
    status: fault.status,
    message: fault.message ?? '',
    headers: fault.retryAfterSeconds === undefined ? {} : { 'retry-after': String(fault.retryAfterSeconds) },
  };
}

/** Sends the answer, unless a fault keeps it from the caller. Ends when the answer is out or can no longer come. */
export async function sendAnswer(
  response: ServerResponse,
  answer: PlannedAnswer & { readonly body: string; readonly contentType: string },
  faults: readonly CallFault[],
  stopped: AbortSignal,
): Promise<void> {
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  const over = AbortSignal.any([gone.signal, stopped]);
  for (const fault of faults) {
    if (fault.kind === 'delay') await wait(fault.delayMs, over);
  }
  if (faults.some((fault) => fault.kind === 'answerLost' || fault.kind === 'reset')) {
    response.socket?.destroy();
    return;
  }
  // Left open on purpose: the client's timeout or the server's stop ends it.
  if (over.aborted || faults.some((fault) => fault.kind === 'hang')) return;
  const type = answer.body === '' ? {} : { 'content-type': answer.contentType };
  response.writeHead(answer.status, {
    'content-length': String(Buffer.byteLength(answer.body)),
    ...type,
    ...answer.headers,
  });
  response.end(answer.body);
}
