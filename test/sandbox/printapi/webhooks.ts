import { wait } from '../wait.ts';

const MINUTE_MS = 60_000;

/** What passes between one try and the next (official v1 documentation): about 2 min, 5 min, then an hour up to 7 times. */
const RETRY_PAUSES_MS: readonly number[] = [
  2 * MINUTE_MS,
  5 * MINUTE_MS,
  ...Array.from({ length: 7 }, () => 60 * MINUTE_MS),
];

const ANSWER_TIMEOUT_MS = 10_000;

/** `send`: posted at each change. `lose`: recorded, but never posted. `manual`: only `sendWebhook` posts. */
export type WebhookMode = 'send' | 'lose' | 'manual';

/** One try to tell of an order, or one that was lost on the way. */
export interface WebhookEntry {
  readonly kind: 'webhook';
  readonly order: string;
  readonly to: string;
  /** From 1. */
  readonly attempt: number;
  readonly answer:
    | { readonly kind: 'answered'; readonly status: number }
    | { readonly kind: 'failed'; readonly message: string }
    | { readonly kind: 'lost' };
}

interface WebhookDeps {
  nowMs(): number;
  /** Without them, `deliverDue` is the only way to a further try. */
  readonly useTimers: boolean;
  record(entry: WebhookEntry): void;
  readonly stopped: AbortSignal;
}

export interface Webhooks {
  mode: WebhookMode;
  url: string | undefined;
  /** Tells of a change as the mode has it; resolves after the first try. */
  changed(order: string): Promise<void>;
  /** Posts once, whatever the mode, and never again. */
  post(order: string, to: string | undefined): Promise<WebhookEntry>;
  /** The further tries whose time has come; several missed tries of one webhook become one. */
  deliverDue(): Promise<void>;
}

interface Waiting {
  readonly order: string;
  readonly attempt: number;
  readonly dueAtMs: number;
}

/** The webhook of Print API: a form with the order's id and no more, repeated until 200 comes. */
export function createWebhooks(deps: WebhookDeps, url: string | undefined, mode: WebhookMode): Webhooks {
  const waiting = new Set<Waiting>();

  async function attempt(order: string, to: string, number: number): Promise<WebhookEntry> {
    const answer = await postForm(to, order, deps.stopped);
    const entry: WebhookEntry = { kind: 'webhook', order, to, attempt: number, answer };
    deps.record(entry);
    return entry;
  }

  async function attemptAndPlan(order: string, number: number): Promise<void> {
    if (webhooks.url === undefined || deps.stopped.aborted) return;
    const { answer } = await attempt(order, webhooks.url, number);
    const pauseMs = RETRY_PAUSES_MS[number - 1];
    if (pauseMs === undefined || (answer.kind === 'answered' && answer.status === 200)) return;
    const next: Waiting = { order, attempt: number + 1, dueAtMs: deps.nowMs() + pauseMs };
    waiting.add(next);
    if (deps.useTimers) void deliverAfter(pauseMs, next);
  }

  async function deliverAfter(pauseMs: number, next: Waiting): Promise<void> {
    await wait(pauseMs, deps.stopped);
    await deliver(next);
  }

  async function deliver(next: Waiting): Promise<void> {
    if (deps.stopped.aborted || !waiting.delete(next)) return;
    let { attempt: number, dueAtMs } = next;
    for (let pauseMs = RETRY_PAUSES_MS[number - 1]; pauseMs !== undefined; pauseMs = RETRY_PAUSES_MS[number - 1]) {
      if (dueAtMs + pauseMs > deps.nowMs()) break;
      dueAtMs += pauseMs;
      number += 1;
    }
    await attemptAndPlan(next.order, number);
  }

  const webhooks: Webhooks = {
    mode,
    url,
    async changed(order) {
      if (webhooks.url === undefined || webhooks.mode === 'manual') return;
      if (webhooks.mode === 'send') return attemptAndPlan(order, 1);
      deps.record({ kind: 'webhook', order, to: webhooks.url, attempt: 1, answer: { kind: 'lost' } });
    },
    post(order, to = webhooks.url) {
      if (to === undefined) throw new Error('nowhere to post to: neither "to" nor "webhookUrl" is given');
      return attempt(order, to, 1);
    },
    async deliverDue() {
      const due = [...waiting].filter((next) => next.dueAtMs <= deps.nowMs());
      await Promise.all(due.map(deliver));
    },
  };
  return webhooks;
}

async function postForm(to: string, order: string, stopped: AbortSignal): Promise<WebhookEntry['answer']> {
  try {
    const response = await fetch(to, {
      method: 'POST',
      body: new URLSearchParams({ orderId: order }),
      redirect: 'manual',
      signal: AbortSignal.any([stopped, AbortSignal.timeout(ANSWER_TIMEOUT_MS)]),
    });
    await response.body?.cancel();
    return { kind: 'answered', status: response.status };
  } catch (error) {
    // The cause of a failed fetch (such as "connect ECONNREFUSED") stands inside the error.
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return { kind: 'failed', message: cause instanceof Error ? cause.message : String(cause) };
  }
}
