import type { JobSighting } from '../../../../../main/core/domain/job-sighting.ts';
import { createCustomersCanvas } from '../../../../../main/core/platforms/customerscanvas/platform.ts';
import type { CustomersCanvasSettings } from '../../../../../main/core/platforms/customerscanvas/settings.ts';
import type {
  CheckOutcome,
  JobFollowing,
  KnownJob,
  Outgoing,
  OutgoingMessage,
  Platform,
  PlatformWay,
  SendOutcome,
  SweepEnd,
  SweepQuestion,
} from '../../../../../main/core/platforms/platform.ts';
import type { OrderSpec, PlacedProject } from '../../../../sandbox/customerscanvas/order.ts';
import {
  type CustomersCanvasSandbox,
  type CustomersCanvasSandboxOptions,
  createCustomersCanvasSandbox,
} from '../../../../sandbox/customerscanvas/sandbox.ts';
import { openWay } from '../oauth/open-way.ts';

export const MINUTE_MS = 60_000;
export const DAY_MS = 24 * 60 * MINUTE_MS;

type Settings = Readonly<Record<string, unknown>>;

export interface SweepResult {
  readonly sightings: readonly JobSighting[];
  readonly end: SweepEnd;
}

/** Customer's Canvas as a sandbox, and a print shop that follows a storefront there. */
export interface CanvasShop extends AsyncDisposable {
  readonly sandbox: CustomersCanvasSandbox;
  readonly platform: Platform<CustomersCanvasSettings>;
  readonly jobs: JobFollowing<CustomersCanvasSettings>;
  readonly outgoing: Outgoing<CustomersCanvasSettings>;
  nowMs: number;
  /** How much more than the right time the shop's own clock shows. */
  aheadMs: number;
  way(settings?: Settings, connectionId?: string): PlatformWay<CustomersCanvasSettings>;
  /** Places an order at the platform; answers its first project. */
  place(order: OrderSpec): PlacedProject;
  sweep(question?: Partial<SweepQuestion>, settings?: Settings): Promise<SweepResult>;
  check(externalId: string | number, known?: Partial<KnownJob>, settings?: Settings): Promise<CheckOutcome>;
  /** The one sighting of a check that must give one. */
  look(externalId: string | number, known?: Partial<KnownJob>, settings?: Settings): Promise<JobSighting>;
  message(kind: OutgoingMessage['kind'], projectId: number): OutgoingMessage;
  send(kind: OutgoingMessage['kind'], projectId: number, settings?: Settings): Promise<SendOutcome>;
  /** The names of the calls at the gateway since this was last asked. */
  calls(): readonly string[];
}

export const openCanvasShop = async (options: CustomersCanvasSandboxOptions = {}): Promise<CanvasShop> => {
  const platform = createCustomersCanvas();
  const { jobs, outgoing } = platform;
  if (jobs === undefined || outgoing === undefined) throw new Error('Customer’s Canvas lacks a way to work with it');
  const sandbox = await createCustomersCanvasSandbox({ nowMs: () => shop.nowMs, ...options });
  let callsSeen = 0;

  const shop: CanvasShop = {
    sandbox,
    platform,
    jobs,
    outgoing,
    nowMs: Date.parse('2026-03-02T08:15:00Z'),
    aheadMs: 0,
    way: (settings = {}, connectionId = 'cc') =>
      openWay({
        settings: platform.settingsSchema.parse({
          apiUrl: sandbox.apiUrl,
          tokenUrl: sandbox.tokenUrl,
          clientId: sandbox.clientId,
          storefrontId: 42,
          allowPrivateAddresses: true,
          ...settings,
        }),
        connectionId,
        secrets: { clientSecret: sandbox.clientSecret },
        nowMs: () => shop.nowMs + shop.aheadMs,
        elapsedMs: () => shop.nowMs,
        responseTimeoutMs: 1_000,
      }),
    place(order) {
      const [project] = sandbox.place(order).projects;
      if (project === undefined) throw new Error('the order has no project');
      return project;
    },
    async sweep(question = {}, settings) {
      const sightings: JobSighting[] = [];
      const asked: SweepQuestion = { reach: 'recent', cursor: null, oldestOpenAtMs: null, ...question };
      const pages = jobs.sweep(shop.way(settings), asked);
      for (;;) {
        const step = await pages.next();
        if (step.done === true) return { sightings, end: step.value };
        sightings.push(...step.value);
      }
    },
    check: (externalId, known = {}, settings) =>
      jobs.check(shop.way(settings), {
        externalId: String(externalId),
        handle: String(externalId),
        state: 'waiting',
        knownSinceMs: shop.nowMs,
        createdAtMs: null,
        orderExternalId: null,
        ...known,
      }),
    async look(externalId, known, settings) {
      const outcome = await shop.check(externalId, known, settings);
      const [sighting] = outcome.kind === 'seen' ? outcome.sightings : [];
      if (sighting === undefined) throw new Error(`nothing was seen of ${externalId}: ${JSON.stringify(outcome)}`);
      return sighting;
    },
    message: (kind, projectId) => ({
      kind,
      orderExternalId: '',
      itemExternalId: '',
      job: { externalId: String(projectId), handle: String(projectId) },
      payload: {},
      happenedAtMs: shop.nowMs,
      callbackUrl: null,
    }),
    send: (kind, projectId, settings) => outgoing.send(shop.way(settings), shop.message(kind, projectId)),
    calls() {
      const names = sandbox.ledger.ofKind('call').map(({ call }) => call);
      const fresh = names.slice(callsSeen);
      callsSeen = names.length;
      return fresh;
    },
    [Symbol.asyncDispose]: () => sandbox.stop(),
  };
  return shop;
};
