import { type Listener, startListener } from '../http/listener.ts';
import { mostInWindow } from '../ledger/busiest-window.ts';
import { createLedger, type Ledger } from '../ledger/ledger.ts';
import { createOAuthServer, type OAuthServer } from '../oauth/oauth-server.ts';
import { createApiEndpoint, createRequestKnobs, type RequestEntry, type RequestKnobs } from './api-endpoint.ts';
import type { FileRole, FileStatus, OrderStatus, OrderToPlace, PaymentStatus, PrintApiOrder } from './order.ts';
import { createOrderBook } from './order-book.ts';
import type { ApiVersion } from './order-json.ts';
import { createWebhooks, type WebhookEntry, type WebhookMode } from './webhooks.ts';

/** For demos and tests; keys of the test environment begin like this. */
const DEMO_CLIENT_ID = 'test_floor';
const DEMO_CLIENT_SECRET = 'demo-secret-of-print-api';

/** What the applications of 2025 were granted. */
const SCOPES = [
  'products:browse',
  'shipping:quote',
  'coupons:quote',
  'orders:place',
  'orders:track',
  'files:upload',
  'orders:browse',
] as const;

const TOKEN_LIFETIME_SECONDS = 14_399;
const LARGEST_PAGE = 50;

export interface PrintApiSandboxOptions {
  /** Default 0, a free port. */
  readonly port?: number;
  /** Default 127.0.0.1. */
  readonly host?: string;
  readonly clientId?: string;
  readonly clientSecret?: string;
  /** Default 14399, as documented. */
  readonly tokenLifetimeSeconds?: number;
  /** Default all that were seen. */
  readonly scopes?: readonly string[];
  /** A longer page of `GET /orders` is cut to this without a word. Default 50. */
  readonly largestPage?: number;
  /** Where the webhook goes, as set in the account. Default nowhere. */
  readonly webhookUrl?: string;
  /** Default `send`. */
  readonly webhooks?: WebhookMode;
  /** Decides the faults that strike by chance. */
  readonly seed?: string | number;
  /**
   * The sandbox's clock: order times, token expiry, webhook retries. With one of your own nothing is retried by itself:
   * call `deliverDueWebhooks` after moving it. Default the system's clock.
   */
  readonly nowMs?: () => number;
}

export type PrintApiEntry = RequestEntry | WebhookEntry;

/** Print API as a shop meets it that outsources orders: somebody places them, they move on, this tells of it. */
export interface PrintApiSandbox extends AsyncDisposable {
  /** Of version 2, with its slash at the end. */
  readonly baseUrl: string;
  baseUrlOf(version: ApiVersion): string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Token lifetime, scopes, revocation, count of tokens. */
  readonly oauth: OAuthServer;
  readonly requestKnobs: RequestKnobs;
  readonly ledger: Ledger<PrintApiEntry>;
  /** The most requests within any window of this length, token requests included. */
  mostRequestsIn(windowMs: number): number;

  /** Somebody's shop placed the order. This and each change below resolve after the webhook's first try. */
  place(order: OrderToPlace): Promise<PrintApiOrder>;
  /** The order as it is now. */
  order(id: string): PrintApiOrder | undefined;
  setStatus(id: string, status: OrderStatus, details?: { readonly trackingUrl?: string }): Promise<void>;
  setPayment(id: string, status: PaymentStatus): Promise<void>;
  setFile(id: string, item: string, role: FileRole, status: FileStatus): Promise<void>;
  /** The order is not there any more, and nothing tells of it. */
  vanish(id: string): void;

  setWebhooks(mode: WebhookMode): void;
  setWebhookUrl(url: string | undefined): void;
  /** Posts the webhook once, whatever the mode; the order need not exist. */
  sendWebhook(id: string, target?: { readonly to?: string }): Promise<WebhookEntry>;
  /** Posts the webhooks whose next try has come. */
  deliverDueWebhooks(): Promise<void>;

  readonly online: boolean;
  /** Stops listening and cuts every connection, until `goOnline` brings it back on the same port. */
  goOffline(): Promise<void>;
  goOnline(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the server; it listens when the promise resolves. */
export async function createPrintApiSandbox(options: PrintApiSandboxOptions = {}): Promise<PrintApiSandbox> {
  const nowMs = options.nowMs ?? Date.now;
  const clientId = options.clientId ?? DEMO_CLIENT_ID;
  const clientSecret = options.clientSecret ?? DEMO_CLIENT_SECRET;
  const stopped = new AbortController();
  const ledger = createLedger<PrintApiEntry>(() => new Date(nowMs()));
  const record = (entry: PrintApiEntry) => {
    ledger.add(entry);
  };
  const book = createOrderBook(nowMs);
  const requestKnobs = createRequestKnobs(options.seed ?? 1);
  const oauth = await createOAuthServer({
    clientId,
    clientSecret,
    scopes: options.scopes ?? SCOPES,
    tokenLifetimeSeconds: options.tokenLifetimeSeconds ?? TOKEN_LIFETIME_SECONDS,
    tokenType: 'bearer',
    nowMs,
  });
  const webhooks = createWebhooks(
    { nowMs, useTimers: options.nowMs === undefined, record, stopped: stopped.signal },
    options.webhookUrl,
    options.webhooks ?? 'send',
  );
  const listener: Listener = await startListener({
    port: options.port ?? 0,
    host: options.host ?? '127.0.0.1',
    handle: createApiEndpoint({
      oauth,
      book,
      knobs: requestKnobs,
      largestPage: options.largestPage ?? LARGEST_PAGE,
      url: () => listener.url,
      record,
    }),
  });

  const stop = async () => {
    stopped.abort();
    await listener.stop();
  };

  return {
    baseUrl: `${listener.url}/v2/`,
    baseUrlOf: (version) => `${listener.url}/${version}/`,
    clientId,
    clientSecret,
    oauth,
    requestKnobs,
    ledger,
    mostRequestsIn: (windowMs) =>
      mostInWindow(
        ledger.ofKind('request').map((entry) => Date.parse(entry.at)),
        windowMs,
      ),
    async place(order) {
      const placed = book.place(order);
      await webhooks.changed(placed.id);
      return placed;
    },
    order: (id) => book.get(id),
    setStatus(id, status, details) {
      book.setStatus(id, status, details?.trackingUrl);
      return webhooks.changed(id);
    },
    setPayment(id, status) {
      book.setPayment(id, status);
      return webhooks.changed(id);
    },
    setFile(id, item, role, status) {
      book.setFile(id, item, role, status);
      return webhooks.changed(id);
    },
    vanish: (id) => book.vanish(id),
    setWebhooks: (mode) => {
      webhooks.mode = mode;
    },
    setWebhookUrl: (url) => {
      webhooks.url = url;
    },
    sendWebhook: (id, target) => webhooks.post(id, target?.to),
    deliverDueWebhooks: () => webhooks.deliverDue(),
    get online() {
      return listener.online;
    },
    goOffline: () => listener.goOffline(),
    async goOnline() {
      if (!stopped.signal.aborted) await listener.goOnline();
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
