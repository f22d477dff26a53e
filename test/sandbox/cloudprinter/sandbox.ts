import { createFileShelf, type FileShelf } from '../../../main/training/files/file-shelf.ts';
import type { CloudprinterOrder } from '../../../main/training/orders/order.ts';
import { type PublishedOrder, publishOrder } from '../../../main/training/orders/publish.ts';
import { createFileKnobs, createFileServer, type FileEntry, type FileKnobs } from '../http/file-server.ts';
import { type Listener, startListener } from '../http/listener.ts';
import { createLedger, type Ledger } from '../ledger/ledger.ts';
import { wait } from '../wait.ts';
import { createAdmin } from './admin.ts';
import { type DeliveryEntry, type DeliveryRetry, deliver } from './deliver.ts';
import { type OrderDocument, type OrderFormat, writeDocument } from './documents.ts';
import {
  createSignalEndpoint,
  createSignalKnobs,
  type MessageForm,
  type SignalEntry,
  type SignalKnobs,
} from './signal-endpoint.ts';
import { DEFAULT_SIGNAL_FIELDS, type SignalFieldNames } from './signal-rules.ts';

/** Keys for demos and tests; 32 hexadecimal digits as in the documented examples. */
const DEMO_ORDER_KEY = '00000000000000000000000000c0de01';
const DEMO_SIGNAL_KEY = '00000000000000000000000000c0de02';

const ONCE: DeliveryRetry = { attempts: 1, delayMs: 0 };
const SIGNAL_PATH = '/cloudsignal/2.0/status/';

export interface CloudprinterSandboxOptions {
  /** Default 0, a free port. */
  readonly port?: number;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Put into the orders it posts. Default `DEMO_ORDER_KEY`. */
  readonly orderKey?: string;
  /** Expected in the signals it takes. Default `DEMO_SIGNAL_KEY`. */
  readonly signalKey?: string;
  readonly signalFieldNames?: Partial<SignalFieldNames>;
  /** Default `json`: `{"message": "…"}`. */
  readonly messageForm?: MessageForm;
  /** Where `post` and the admin endpoint deliver when no `to` is given. */
  readonly deliverTo?: string;
  /** Number the admin endpoint begins to count its made-up orders from. Default 1001. */
  readonly firstAdminNumber?: number;
  /** Decides the faults that strike by chance. */
  readonly seed?: string | number;
  readonly now?: () => Date;
}

export type CloudprinterEntry = SignalEntry | FileEntry | DeliveryEntry;

export interface PostOptions {
  /** The shop's intake URL. Default the sandbox's `deliverTo`; it throws when there is neither. */
  readonly to?: string;
  /** Default `json-2.2`. */
  readonly format?: OrderFormat;
  /** Default the sandbox's order key. */
  readonly key?: string;
  /** Default one attempt. */
  readonly retry?: DeliveryRetry;
}

export interface PostDocumentOptions {
  readonly to?: string;
  readonly order?: string;
  readonly retry?: DeliveryRetry;
}

/** Cloudprinter as a print shop meets it: order documents go out, files are served, signals come in. */
export interface CloudprinterSandbox {
  /** Without a slash at the end. */
  readonly url: string;
  /** Where signals go. */
  readonly signalUrl: string;
  readonly orderKey: string;
  readonly signalKey: string;
  readonly deliverTo: string | undefined;
  readonly fileKnobs: FileKnobs;
  readonly signalKnobs: SignalKnobs;
  readonly ledger: Ledger<CloudprinterEntry>;
  /** The files on offer; `post` and `publish` add those of their orders. */
  readonly shelf: FileShelf;
  /** Makes and offers the order's files without posting it. Once per order object: later calls give the first result. */
  publish(order: CloudprinterOrder): Promise<PublishedOrder>;
  /** The order document itself, for a test that posts or imports it by itself. Publishes the order first. */
  document(order: CloudprinterOrder, format?: OrderFormat, key?: string): Promise<OrderDocument>;
  /** Publishes the order and posts its document; gives the last attempt. A refusal or a dead connection is a value. */
  post(order: CloudprinterOrder, options?: PostOptions): Promise<DeliveryEntry>;
  /** Posts a document as it is, such as a malformed one. `order` only labels the ledger's entry. */
  postDocument(document: OrderDocument, options: PostDocumentOptions): Promise<DeliveryEntry>;
  /** The types of the signals taken for the item, oldest first. */
  acceptedTypes(item: string): readonly string[];
  readonly online: boolean;
  /** Answers with a file that are under way now; the ledger gets them only when they end. */
  readonly openTransfers: number;
  /** Stops listening and cuts every connection, until `goOnline` brings it back on the same port. */
  goOffline(): Promise<void>;
  goOnline(): Promise<void>;
  /** Offline for this long, then back; ends early when the sandbox stops. */
  goOfflineFor(durationMs: number): Promise<void>;
  stop(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Starts the server; it listens when the promise resolves. */
export async function createCloudprinterSandbox(
  options: CloudprinterSandboxOptions = {},
): Promise<CloudprinterSandbox> {
  const now = options.now ?? (() => new Date());
  const orderKey = options.orderKey ?? DEMO_ORDER_KEY;
  const signalKey = options.signalKey ?? DEMO_SIGNAL_KEY;
  const seed = options.seed ?? 1;
  const ledger = createLedger<CloudprinterEntry>(now);
  const shelf = createFileShelf(now);
  const fileKnobs = createFileKnobs(seed);
  const signalKnobs = createSignalKnobs(seed);
  const stopped = new AbortController();
  const published = new WeakMap<CloudprinterOrder, Promise<PublishedOrder>>();

  const record = (entry: CloudprinterEntry) => {
    ledger.add(entry);
  };
  let nextAdminNumber = options.firstAdminNumber ?? 1001;
  const admin = createAdmin({
    sandbox: () => sandbox,
    nextNumber: () => nextAdminNumber++,
    now,
  });
  const fileServer = createFileServer({ shelf, knobs: fileKnobs, record, now });
  const signals = createSignalEndpoint({
    signalKey,
    fieldNames: { ...DEFAULT_SIGNAL_FIELDS, ...options.signalFieldNames },
    messageForm: options.messageForm ?? 'json',
    knobs: signalKnobs,
    record,
  });

  const listener: Listener = await startListener({
    port: options.port ?? 0,
    host: options.host ?? '127.0.0.1',
    async handle(request, response, over) {
      const { pathname } = new URL(request.url ?? '/', 'http://sandbox');
      if (pathname === SIGNAL_PATH) await signals.answer(request, response, over);
      else if (pathname.startsWith('/admin/')) await admin(request, response);
      else await fileServer.serve(request, response, decodeURI(pathname), over);
    },
  });

  const publish = (order: CloudprinterOrder) => {
    const known = published.get(order);
    if (known !== undefined) return known;
    const publishing = publishOrder(order, shelf, listener.url);
    published.set(order, publishing);
    return publishing;
  };
  const document = async (order: CloudprinterOrder, format: OrderFormat = 'json-2.2', key = orderKey) =>
    writeDocument(await publish(order), format, key);
  const stop = async () => {
    stopped.abort();
    await listener.stop();
  };

  const postDocument = async (
    document: OrderDocument,
    { to = options.deliverTo, order = '', retry }: PostDocumentOptions,
  ) => {
    if (to === undefined) throw new Error('nowhere to post to: neither "to" nor "deliverTo" is given');
    return deliver(document, { order, to, retry: retry ?? ONCE }, { record, stopped: stopped.signal });
  };
  const goOnline = async () => {
    if (!stopped.signal.aborted) await listener.goOnline();
  };

  const sandbox: CloudprinterSandbox = {
    url: listener.url,
    signalUrl: listener.url + SIGNAL_PATH,
    orderKey,
    signalKey,
    deliverTo: options.deliverTo,
    fileKnobs,
    signalKnobs,
    ledger,
    shelf,
    publish,
    document,
    post: async (order, { format, key, ...target } = {}) =>
      postDocument(await document(order, format, key), { ...target, order: order.id }),
    postDocument,
    acceptedTypes: (item) =>
      ledger
        .ofKind('signal')
        .filter((entry) => entry.accepted && entry.item === item)
        .map((entry) => entry.type),
    get openTransfers() {
      return fileServer.openTransfers;
    },
    get online() {
      return listener.online;
    },
    goOffline: () => listener.goOffline(),
    goOnline,
    async goOfflineFor(durationMs) {
      await listener.goOffline();
      await wait(durationMs, stopped.signal);
      await goOnline();
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
  return sandbox;
}
