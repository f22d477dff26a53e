import { createFileShelf } from '../../../main/training/files/file-shelf.ts';
import { createFileKnobs, createFileServer, type FileEntry, type FileKnobs } from '../http/file-server.ts';
import { type Listener, startListener } from '../http/listener.ts';
import { mostInWindow } from '../ledger/busiest-window.ts';
import { createLedger, type Ledger, type Recorded } from '../ledger/ledger.ts';
import { createOAuthServer, type OAuthServer } from '../oauth/oauth-server.ts';
import { type CallEntry, createApiServer, TOKEN_PATH } from './api-server.ts';
import { createArtifactStore } from './artifact-store.ts';
import { type CallKnobs, createCallKnobs } from './call-knobs.ts';
import { createFileHost, type LeakEntry, SIGNED_PREFIX } from './file-host.ts';
import type { OrderSpec, PlacedOrder } from './order.ts';
import { createProjectStore, type ProjectStore } from './project-store.ts';
import { jsonWebhook, postWebhook, shopifyWebhook, type Webhook, type WebhookEntry } from './shop-webhook.ts';
import { createStorageApi } from './storage-api.ts';
import { createStorefrontApi, type Storefront } from './storefront-api.ts';
import { DEFAULT_WORKFLOW, type Workflow } from './workflow.ts';

/** Demo credentials; a real client's are made in the tenant's settings. */
const DEMO_CLIENT_ID = 'platen-demo';
const DEMO_CLIENT_SECRET = 'demo-secret-of-the-canvas-sandbox';
const ALL_SCOPES = ['Projects_full', 'Artifacts_read', 'Tenants_read'];
const DEMO_STOREFRONTS: readonly [Storefront, ...Storefront[]] = [
  { id: 42, name: 'Example shop', type: 'Shopify' },
  { id: 43, name: 'Second shop', type: 'WooCommerce' },
];

export interface CustomersCanvasSandboxOptions {
  /** Of the gateway. The identity and file hosts take free ports. Default 0, a free port. */
  readonly port?: number;
  /** Default 127.0.0.1. */
  readonly host?: string;
  readonly clientId?: string;
  readonly clientSecret?: string;
  /** What the client may do. Default `Projects_full Artifacts_read Tenants_read`. */
  readonly scopes?: readonly string[];
  /** Default 3600. */
  readonly tokenLifetimeSeconds?: number;
  /** The first is that of orders which name none. Default 42 and 43. */
  readonly storefronts?: readonly [Storefront, ...Storefront[]];
  readonly workflow?: Workflow;
  /** Reaching this status starts the pipeline, again if need be. Default: only projects that wait for one start. */
  readonly pipelineOnStatus?: number;
  /** How long a pipeline takes. Default 0: files are there at once. */
  readonly pipelineMs?: number;
  /** Default 4567; another one keeps two tenants apart, the same makes their ids equal. */
  readonly firstProjectId?: number;
  /** Decides the faults that strike by chance. */
  readonly seed?: string | number;
  readonly nowMs?: () => number;
}

export type CustomersCanvasEntry = CallEntry | FileEntry | LeakEntry | WebhookEntry;

/** Customer's Canvas as a print shop's client meets it: a gateway, an identity host and a host of anonymous files. */
export interface CustomersCanvasSandbox {
  /** The gateway, without a slash at the end. */
  readonly apiUrl: string;
  readonly tokenUrl: string;
  /** The host of anonymous files, without a slash at the end. */
  readonly fileUrl: string;
  /** The location of a `redirect` fault on a file that leads away from the gateway. */
  readonly foreignLocation: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly storefronts: readonly [Storefront, ...Storefront[]];
  /** Token lifetime, scopes, revocation, and how many were given out. */
  readonly oauth: OAuthServer;
  readonly callKnobs: CallKnobs;
  readonly fileKnobs: FileKnobs;
  readonly ledger: Ledger<CustomersCanvasEntry>;
  place(order: OrderSpec): PlacedOrder;
  /** Ends the pipelines of the project, or that of one item. */
  complete: ProjectStore['complete'];
  fail: ProjectStore['fail'];
  /** Back to New and Pending, until a status change starts the pipeline. */
  waitForStatus: ProjectStore['waitForStatus'];
  changeStatus: ProjectStore['changeStatus'];
  /** As if it was removed: 404, and on no list. */
  vanish: ProjectStore['vanish'];
  /** Its files are gone (404) while its results still name them. */
  expireFiles(projectId: number): void;
  find: ProjectStore['find'];
  /** How often a pipeline of the project began from its first task: what a shop pays for. */
  pipelineStarts: ProjectStore['pipelineStarts'];
  /** The calls of that name that the platform carried out, oldest first. */
  carriedOut(call: CallEntry['call']): readonly Recorded<CallEntry>[];
  /** The most calls at the gateway within any window of this length; downloads and token requests are not counted. */
  mostRequestsIn(windowMs: number): number;
  /** The shortest time between two calls for the same processing results (a project's, an item's); null without two. */
  shortestResultsGapMs(): number | null;
  /** Plain JSON from the shop's backend; `body` replaces `{"order": …}`. */
  postOrder(
    order: string,
    target: { readonly to: string; readonly token: string; readonly body?: unknown },
  ): Promise<WebhookEntry>;
  /** Shopify's `orders/create`; the order's id must be digits. */
  postShopifyOrder(order: string, target: { readonly to: string; readonly shopSecret: string }): Promise<WebhookEntry>;
  /** Posts a message as it is, such as one with a wrong signature. */
  postWebhook(webhook: Webhook, to: string): Promise<WebhookEntry>;
  readonly online: boolean;
  /** All three hosts stop listening and cut every connection. */
  goOffline(): Promise<void>;
  goOnline(): Promise<void>;
  stop(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Starts the three servers; they listen when the promise resolves. */
export async function createCustomersCanvasSandbox(
  options: CustomersCanvasSandboxOptions = {},
): Promise<CustomersCanvasSandbox> {
  const nowMs = options.nowMs ?? Date.now;
  const now = () => new Date(nowMs());
  const host = options.host ?? '127.0.0.1';
  const seed = options.seed ?? 1;
  const clientId = options.clientId ?? DEMO_CLIENT_ID;
  const clientSecret = options.clientSecret ?? DEMO_CLIENT_SECRET;
  const storefronts = options.storefronts ?? DEMO_STOREFRONTS;
  const ledger = createLedger<CustomersCanvasEntry>(now);
  const record = (entry: CustomersCanvasEntry) => {
    ledger.add(entry);
  };
  const callKnobs = createCallKnobs(seed);
  const fileKnobs = createFileKnobs(seed);
  const stopped = new AbortController();
  const oauth = await createOAuthServer({
    clientId,
    clientSecret,
    scopes: options.scopes ?? ALL_SCOPES,
    tokenFormat: 'jwt',
    nowMs,
    ...(options.tokenLifetimeSeconds === undefined ? {} : { tokenLifetimeSeconds: options.tokenLifetimeSeconds }),
  });

  const shelf = createFileShelf(now);
  const store = createProjectStore({
    defaultStorefrontId: storefronts[0].id,
    firstProjectId: options.firstProjectId ?? 4567,
    pipelineMs: options.pipelineMs ?? 0,
    pipelineOnStatus: options.pipelineOnStatus,
    nowMs,
  });
  const artifacts = createArtifactStore(store, shelf);
  const fileServer = createFileServer({ shelf, knobs: fileKnobs, record, now });
  const addresses = () => ({ api: gateway.url, files: files.url });
  const storefrontApi = createStorefrontApi({
    store,
    artifacts,
    storefronts,
    workflow: options.workflow ?? DEFAULT_WORKFLOW,
    addresses,
    nowMs,
  });
  const storageApi = createStorageApi({ store, artifacts, addresses });
  const api = createApiServer({
    oauth,
    knobs: callKnobs,
    artifacts,
    fileServer,
    answerStorefront: (call, query) => storefrontApi.answer(call, query),
    answerStorage: (call, query) => storageApi.answer(call, query),
    record,
  });

  const gateway: Listener = await startListener({ port: options.port ?? 0, host, handle: api.answer });
  const identity = await startListener({
    port: 0,
    host,
    async handle(request, response, over) {
      if (request.url === TOKEN_PATH) await api.answer(request, response, over);
      else response.writeHead(404).end();
    },
  });
  const files: Listener = await startListener({
    port: 0,
    host,
    handle: createFileHost({ artifacts, fileServer, recordLeak: record }),
  });
  const listeners = [gateway, identity, files];

  const calls = () => ledger.ofKind('call');
  const post = async (webhook: Webhook, to: string) => {
    const entry = await postWebhook(webhook, to, stopped.signal);
    record(entry);
    return entry;
  };
  const stop = async () => {
    stopped.abort();
    await Promise.all(listeners.map((listener) => listener.stop()));
  };

  return {
    apiUrl: gateway.url,
    tokenUrl: identity.url + TOKEN_PATH,
    fileUrl: files.url,
    foreignLocation: `${files.url}${SIGNED_PREFIX}{path}`,
    clientId,
    clientSecret,
    storefronts,
    oauth,
    callKnobs,
    fileKnobs,
    ledger,
    place: (order) => store.place(order),
    complete: (projectId, itemId) => store.complete(projectId, itemId),
    fail: (projectId, description, itemId) => store.fail(projectId, description, itemId),
    waitForStatus: (projectId) => store.waitForStatus(projectId),
    changeStatus: (projectId, code) => store.changeStatus(projectId, code),
    vanish: (projectId) => store.vanish(projectId),
    expireFiles: (projectId) => artifacts.expire(projectId),
    find: (projectId) => store.find(projectId),
    pipelineStarts: (projectId) => store.pipelineStarts(projectId),
    carriedOut: (name) => calls().filter((entry) => entry.call === name && entry.done),
    mostRequestsIn: (windowMs) =>
      mostInWindow(
        calls()
          .filter(({ call }) => call !== 'token' && call !== 'artifactFile')
          .map(({ at }) => Date.parse(at)),
        windowMs,
      ),
    shortestResultsGapMs: () => shortestGapMs(calls().filter(({ call }) => call === 'processingResults')),
    postOrder: (order, { to, token, body }) => post(jsonWebhook(order, token, body), to),
    postShopifyOrder: (order, { to, shopSecret }) => post(shopifyWebhook(order, shopSecret, now()), to),
    postWebhook: post,
    get online() {
      return gateway.online;
    },
    async goOffline() {
      await Promise.all(listeners.map((listener) => listener.goOffline()));
    },
    async goOnline() {
      if (!stopped.signal.aborted) await Promise.all(listeners.map((listener) => listener.goOnline()));
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

function shortestGapMs(calls: readonly Recorded<CallEntry>[]): number | null {
  const lastAtMs = new Map<string, number>();
  let shortest: number | null = null;
  for (const { project, query, at } of calls) {
    const results = `${project} ${query.itemId ?? ''}`;
    const atMs = Date.parse(at);
    const lastMs = lastAtMs.get(results);
    if (lastMs !== undefined) shortest = Math.min(shortest ?? Number.POSITIVE_INFINITY, atMs - lastMs);
    lastAtMs.set(results, atMs);
  }
  return shortest;
}
