import { type SeededRandom, seededRandom } from '../../../main/training/random/seeded-random.ts';
import { type CloudprinterSandbox, createCloudprinterSandbox } from '../../sandbox/cloudprinter/sandbox.ts';
import { type CustomersCanvasSandbox, createCustomersCanvasSandbox } from '../../sandbox/customerscanvas/sandbox.ts';
import { createPrintApiSandbox, type PrintApiSandbox } from '../../sandbox/printapi/sandbox.ts';
import { createPrintessSandbox, type PrintessSandbox } from '../../sandbox/printess/sandbox.ts';
import type { NetworkFault, WayName } from '../plan/plan.ts';
import { type Arrival, createFaultProxy, type FaultProxy } from './fault-proxy.ts';

export interface Platforms {
  readonly cp: CloudprinterSandbox;
  readonly px: PrintessSandbox;
  readonly pa: PrintApiSandbox;
  readonly cc: CustomersCanvasSandbox;
}

/** A request on its way to one of the platforms or to the intake. */
export interface SeenRequest extends Arrival {
  readonly way: WayName;
}

/** The four platforms, and every way between them and the station, with a proxy on each. */
export interface Ways {
  readonly platforms: Platforms;
  /** The proxies' addresses in place of the platforms' own. */
  rewrite(text: string): string;
  /** Where the station's intake is to listen, and where everybody else reaches it. */
  readonly intakePort: number;
  readonly intakeUrl: string;
  /** The station's connections as its config file declares them. */
  readonly connections: readonly Readonly<Record<string, unknown>>[];
  readonly budgets: Readonly<
    Record<Exclude<WayName, 'intake'>, { readonly requests: number; readonly perSeconds: number }>
  >;
  /** When requests that count for a connection's budget reached its proxies. */
  momentsMs(connection: Exclude<WayName, 'intake'>): readonly number[];
  onRequest(listener: (request: SeenRequest) => void): () => void;
  set(way: WayName, fault: NetworkFault, chance: number): () => void;
  struck(): ReadonlyMap<NetworkFault, number>;
  stop(): Promise<void>;
}

const signalPath = '/cloudsignal/';

/** Small enough that they bite. */
const budgets = {
  cp: { requests: 30, perSeconds: 60 },
  px: { requests: 20, perSeconds: 60 },
  pa: { requests: 20, perSeconds: 60 },
  cc: { requests: 30, perSeconds: 60 },
} as const;

const secrets = { backendToken: 'backend-token-of-the-shop', shopifySecret: 'shopify-secret-of-the-shop' } as const;
export const { backendToken } = secrets;

const originOf = (url: string): string => new URL(url).origin;

/** Starts the platforms and the proxies; `intakePort` is where the station will listen. */
export const openWays = async (seed: number, nowMs: () => number, intakePort: number): Promise<Ways> => {
  const platforms: Platforms = {
    cp: await createCloudprinterSandbox({ seed, now: () => new Date(nowMs()) }),
    px: await createPrintessSandbox({ seed, nowMs, renderMs: 20_000 }),
    pa: await createPrintApiSandbox({ seed, nowMs }),
    cc: await createCustomersCanvasSandbox({ seed, nowMs, pipelineMs: 20_000 }),
  };
  const { cp, px, pa, cc } = platforms;
  const random: SeededRandom = seededRandom(`${seed} ways`);
  const listeners = new Set<(request: SeenRequest) => void>();
  const moments: Record<Exclude<WayName, 'intake'>, number[]> = { cp: [], px: [], pa: [], cc: [] };
  const addresses: (readonly [from: string, to: string])[] = [];
  const rewrite = (text: string): string => addresses.reduce((done, [from, to]) => done.replaceAll(from, to), text);
  const proxies = new Map<WayName, FaultProxy[]>();

  const open = async (
    way: WayName,
    target: string,
    { counts, isHashed }: { counts?: (path: string) => boolean; isHashed?: (path: string) => boolean } = {},
  ): Promise<string> => {
    const proxy = await createFaultProxy({
      target,
      random,
      nowMs,
      rewrite,
      ...(isHashed === undefined ? {} : { isHashed }),
      onArrival: (arrival) => {
        if (way !== 'intake' && (counts === undefined || counts(arrival.path))) moments[way].push(arrival.atMs);
        for (const listener of listeners) listener({ ...arrival, way });
      },
    });
    proxies.set(way, [...(proxies.get(way) ?? []), proxy]);
    if (way !== 'intake') addresses.push([target, proxy.url]);
    return proxy.url;
  };
  const never = (): boolean => false;
  await open('cp', cp.url, {
    counts: (path) => path.startsWith(signalPath),
    isHashed: (path) => path.startsWith('/files/'),
  });
  await open('px', px.url);
  await open('px', px.fileHostUrl, { counts: never });
  await open('pa', originOf(pa.baseUrl));
  await open('cc', cc.apiUrl);
  await open('cc', originOf(cc.tokenUrl));
  await open('cc', cc.fileUrl, { counts: never });
  const intakeUrl = await open('intake', `http://127.0.0.1:${intakePort}`);
  pa.setWebhookUrl(`${intakeUrl}/in/pa`);

  const shared = { allowPrivateAddresses: true, pollSeconds: 20 } as const;
  const connections = [
    {
      id: 'cp',
      platform: 'cloudprinter',
      orderKey: cp.orderKey,
      signalKey: cp.signalKey,
      signalUrl: rewrite(cp.signalUrl),
      rate: budgets.cp,
      ...shared,
    },
    {
      id: 'px',
      platform: 'printess',
      baseUrl: rewrite(px.url),
      serviceToken: px.serviceToken,
      backendToken,
      origin: 'Torture floor',
      rate: { ...budgets.px, concurrency: 2 },
      ...shared,
    },
    {
      id: 'pa',
      platform: 'printapi',
      baseUrl: rewrite(pa.baseUrl),
      clientId: pa.clientId,
      clientSecret: pa.clientSecret,
      rate: budgets.pa,
      ...shared,
    },
    {
      id: 'cc',
      platform: 'customerscanvas',
      apiUrl: rewrite(cc.apiUrl),
      tokenUrl: rewrite(cc.tokenUrl),
      clientId: cc.clientId,
      clientSecret: cc.clientSecret,
      ...secrets,
      storefrontId: cc.storefronts[0].id,
      rate: budgets.cc,
      ...shared,
    },
  ];

  return {
    platforms,
    rewrite,
    intakePort,
    intakeUrl,
    connections,
    budgets,
    momentsMs: (connection) => moments[connection],
    onRequest: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    set: (way, fault, chance) => {
      const undo = (proxies.get(way) ?? []).map((proxy) => proxy.set(fault, chance));
      return () => {
        for (const each of undo) each();
      };
    },
    struck: () => {
      const sum = new Map<NetworkFault, number>();
      for (const proxy of [...proxies.values()].flat()) {
        for (const [fault, times] of proxy.struck) sum.set(fault, (sum.get(fault) ?? 0) + times);
      }
      return sum;
    },
    stop: async () => {
      await Promise.all([cp.stop(), px.stop(), pa.stop(), cc.stop()]);
      await Promise.all([...proxies.values()].flat().map((proxy) => proxy.stop()));
    },
  };
};
