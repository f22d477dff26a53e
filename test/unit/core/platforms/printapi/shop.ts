import type { JobSighting } from '../../../../../main/core/domain/job-sighting.ts';
import type {
  CheckOutcome,
  JobFollowing,
  KnownJob,
  Platform,
  PlatformWay,
  SweepEnd,
  SweepQuestion,
} from '../../../../../main/core/platforms/platform.ts';
import { createPrintApi } from '../../../../../main/core/platforms/printapi/platform.ts';
import type { PrintApiSettings } from '../../../../../main/core/platforms/printapi/settings.ts';
import { createPrintApiSandbox, type PrintApiSandbox } from '../../../../sandbox/printapi/sandbox.ts';
import { openWay } from '../oauth/open-way.ts';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

export interface SweepResult {
  readonly sightings: readonly JobSighting[];
  readonly end: SweepEnd;
}

/** Print API as a sandbox, and a shop that follows its orders there. */
export interface Shop extends AsyncDisposable {
  readonly sandbox: PrintApiSandbox;
  readonly platform: Platform<PrintApiSettings>;
  readonly jobs: JobFollowing<PrintApiSettings>;
  nowMs: number;
  way(settings?: Readonly<Record<string, unknown>>, secret?: string): PlatformWay<PrintApiSettings>;
  /** Sweeps on from the last complete sweep. */
  sweep(reach: SweepQuestion['reach'], settings?: Readonly<Record<string, unknown>>): Promise<SweepResult>;
  check(id: string, settings?: Readonly<Record<string, unknown>>): Promise<CheckOutcome>;
  /** The one sighting of a check that must give one. */
  look(id: string, settings?: Readonly<Record<string, unknown>>): Promise<JobSighting>;
  /** `ID STATUS`, in the order of the sightings. */
  told(result: SweepResult): readonly string[];
}

export const openShop = async (options: { readonly largestPage?: number } = {}): Promise<Shop> => {
  const platform = createPrintApi();
  const { jobs } = platform;
  if (jobs === undefined) throw new Error('Print API follows no jobs');
  let cursor: string | null = null;
  const sandbox = await createPrintApiSandbox({ ...options, nowMs: () => shop.nowMs });

  const knownJob = (id: string): KnownJob => ({
    externalId: id,
    handle: id,
    state: 'waiting',
    knownSinceMs: shop.nowMs,
    createdAtMs: null,
    orderExternalId: null,
  });

  const shop: Shop = {
    sandbox,
    platform,
    jobs,
    nowMs: Date.parse('2026-01-12T08:15:00.123Z'),
    way: (settings = {}, secret = sandbox.clientSecret) =>
      openWay({
        settings: platform.settingsSchema.parse({
          baseUrl: sandbox.baseUrl,
          clientId: sandbox.clientId,
          allowPrivateAddresses: true,
          ...settings,
        }),
        secrets: { clientSecret: secret },
        nowMs: () => shop.nowMs,
        responseTimeoutMs: 1_000,
      }),
    async sweep(reach, settings) {
      const sightings: JobSighting[] = [];
      const pages = jobs.sweep(shop.way(settings), { reach, cursor, oldestOpenAtMs: null });
      for (;;) {
        const step = await pages.next();
        if (step.done !== true) {
          sightings.push(...step.value);
          continue;
        }
        if (step.value.kind === 'covered') cursor = step.value.cursor;
        return { sightings, end: step.value };
      }
    },
    check: (id, settings) => jobs.check(shop.way(settings), knownJob(id)),
    async look(id, settings) {
      const outcome = await shop.check(id, settings);
      const [sighting] = outcome.kind === 'seen' ? outcome.sightings : [];
      if (sighting === undefined) throw new Error(`nothing was seen of ${id}: ${JSON.stringify(outcome)}`);
      return sighting;
    },
    told: ({ sightings }) => sightings.map(({ externalId, statusText }) => `${externalId} ${statusText}`),
    [Symbol.asyncDispose]: () => sandbox.stop(),
  };
  return shop;
};
