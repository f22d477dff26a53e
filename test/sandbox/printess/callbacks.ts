import type { PrintessBehaviour } from './behaviour.ts';
import { isFinal, type PrintessJob, phaseOf } from './job.ts';
import { type AnswerContext, callbackBody } from './job-answers.ts';

/** One attempt to tell a callback URL that a job is final. */
export interface CallbackEntry {
  readonly kind: 'callback';
  readonly job: string;
  readonly to: string;
  /** From 1. */
  readonly attempt: number;
  readonly answer:
    | { readonly kind: 'answered'; readonly status: number; readonly body: string }
    | { readonly kind: 'failed'; readonly message: string }
    /** Never sent, because callbacks are being lost. */
    | { readonly kind: 'lost' };
}

const MINUTE_MS = 60_000;

/** The waits between the attempts, in sandbox time: ten repeats over 31 hours and 40 minutes (Printess, backend API). */
const CALLBACK_WAITS_MS: readonly number[] = [5, 5, 5, 5, 5, 15, 60, 120, 240, 1440].map(
  (minutes) => minutes * MINUTE_MS,
);

const ANSWER_TIMEOUT_MS = 10_000;

interface CallbackDeps {
  readonly behaviour: Readonly<PrintessBehaviour>;
  readonly stopped: AbortSignal;
  jobOf(jobId: string): PrintessJob | undefined;
  context(): AnswerContext;
  record(entry: CallbackEntry): void;
}

export interface Callbacks {
  /** The job is told of when it becomes final, if it has a callback URL. */
  expect(job: PrintessJob): void;
  /** Makes every attempt that is due, and ends when they have ended. */
  sendDue(): Promise<void>;
  /** One attempt now, whatever is due; throws when the job has no URL and none is given. */
  send(job: PrintessJob, to?: string): Promise<CallbackEntry>;
}

interface Pending {
  readonly jobId: string;
  attempts: number;
  /** Null until the job is final. */
  nextAtMs: number | null;
  sending: boolean;
}

export function createCallbacks(deps: CallbackDeps): Callbacks {
  const pending = new Map<string, Pending>();

  async function attempt(job: PrintessJob, to: string, number: number): Promise<CallbackEntry> {
    const answer = await post(to, JSON.stringify(callbackBody(job, deps.context())), deps.stopped);
    const entry: CallbackEntry = { kind: 'callback', job: job.jobId, to, attempt: number, answer };
    deps.record(entry);
    return entry;
  }

  async function attemptPending(entry: Pending, job: PrintessJob, to: string): Promise<void> {
    entry.sending = true;
    entry.attempts += 1;
    const { answer } = await attempt(job, to, entry.attempts);
    entry.sending = false;
    const waitMs = CALLBACK_WAITS_MS[entry.attempts - 1];
    const delivered = answer.kind === 'answered' && answer.status >= 200 && answer.status < 300;
    if (delivered || waitMs === undefined) pending.delete(entry.jobId);
    else entry.nextAtMs = deps.context().nowMs + waitMs;
  }

  return {
    expect(job) {
      if (job.callbackUrl !== null) {
        pending.set(job.jobId, { jobId: job.jobId, attempts: 0, nextAtMs: null, sending: false });
      }
    },
    async sendDue() {
      if (deps.behaviour.callbacks === 'manual') return;
      const { nowMs } = deps.context();
      const attempts: Promise<void>[] = [];
      for (const entry of [...pending.values()]) {
        const job = deps.jobOf(entry.jobId);
        const to = job?.callbackUrl ?? null;
        if (job === undefined || to === null || entry.sending || !isFinal(phaseOf(job, nowMs))) continue;
        if (entry.nextAtMs !== null && entry.nextAtMs > nowMs) continue;
        if (deps.behaviour.callbacks === 'lose') {
          pending.delete(entry.jobId);
          deps.record({ kind: 'callback', job: job.jobId, to, attempt: entry.attempts + 1, answer: { kind: 'lost' } });
        } else attempts.push(attemptPending(entry, job, to));
      }
      await Promise.all(attempts);
    },
    send(job, to = job.callbackUrl ?? undefined) {
      if (to === undefined) throw new Error(`job ${job.jobId} has no callback URL, and no other was given`);
      return attempt(job, to, 1);
    },
  };
}

async function post(to: string, body: string, stopped: AbortSignal): Promise<CallbackEntry['answer']> {
  try {
    const response = await fetch(to, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      redirect: 'manual',
      signal: AbortSignal.any([stopped, AbortSignal.timeout(ANSWER_TIMEOUT_MS)]),
    });
    return { kind: 'answered', status: response.status, body: await response.text() };
  } catch (error) {
    if (!(error instanceof Error)) return { kind: 'failed', message: String(error) };
    return { kind: 'failed', message: error.cause instanceof Error ? error.cause.message : error.message };
  }
}
