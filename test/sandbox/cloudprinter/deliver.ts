import { wait } from '../wait.ts';
import type { OrderDocument } from './documents.ts';

/** One attempt to post an order document to the shop. */
export interface DeliveryEntry {
  readonly kind: 'delivery';
  readonly order: string;
  readonly to: string;
  /** From 1. */
  readonly attempt: number;
  readonly answer:
    | { readonly kind: 'answered'; readonly status: number; readonly body: string }
    | { readonly kind: 'failed'; readonly message: string };
}

export interface DeliveryRetry {
  /** How often it is tried at most, the first time included. */
  readonly attempts: number;
  readonly delayMs: number;
}

interface DeliveryDeps {
  record(entry: DeliveryEntry): void;
  readonly stopped: AbortSignal;
}

const ANSWER_TIMEOUT_MS = 30_000;

/** Posts until 200 comes or the attempts are used up; gives the last attempt's entry. Only 200 counts as delivered. */
export async function deliver(
  document: OrderDocument,
  target: { readonly order: string; readonly to: string; readonly retry: DeliveryRetry },
  deps: DeliveryDeps,
): Promise<DeliveryEntry> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await postOnce(document, target.to, deps.stopped);
    const entry: DeliveryEntry = { kind: 'delivery', order: target.order, to: target.to, attempt, answer };
    deps.record(entry);
    const delivered = answer.kind === 'answered' && answer.status === 200;
    if (delivered || attempt >= target.retry.attempts || deps.stopped.aborted) return entry;
    await wait(target.retry.delayMs, deps.stopped);
    if (deps.stopped.aborted) return entry;
  }
}

async function postOnce(document: OrderDocument, to: string, stopped: AbortSignal): Promise<DeliveryEntry['answer']> {
  try {
    const response = await fetch(to, {
      method: 'POST',
      headers: { 'content-type': document.contentType },
      body: document.body,
      redirect: 'manual',
      signal: AbortSignal.any([stopped, AbortSignal.timeout(ANSWER_TIMEOUT_MS)]),
    });
    return { kind: 'answered', status: response.status, body: await response.text() };
  } catch (error) {
    return { kind: 'failed', message: messageOf(error) };
  }
}

/** The cause of a failed fetch (such as "connect ECONNREFUSED") stands inside the error. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
