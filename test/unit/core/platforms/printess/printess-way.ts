import type { JobSighting } from '../../../../../main/core/domain/job-sighting.ts';
import { createConnectionAgents } from '../../../../../main/core/platforms/http/connection-agents.ts';
import { platformCall } from '../../../../../main/core/platforms/http/platform-call.ts';
import type {
  JobFollowing,
  KnownJob,
  Outgoing,
  OutgoingMessage,
  PlatformWay,
  SweepEnd,
  SweepQuestion,
} from '../../../../../main/core/platforms/platform.ts';
import { createPrintess } from '../../../../../main/core/platforms/printess/platform.ts';
import { type PrintessSettings, settingsSchema } from '../../../../../main/core/platforms/printess/settings.ts';
import type { PrintessJob } from '../../../../sandbox/printess/job.ts';
import type { PrintessSandbox } from '../../../../sandbox/printess/sandbox.ts';

export type Way = PlatformWay<PrintessSettings>;

export interface WayOptions {
  readonly settings?: object;
  /** Null: there is none. */
  readonly token?: string | null;
  readonly nowMs?: () => number;
  readonly answerTimeoutMs?: number;
}

/** The way to a sandbox, over real HTTP and without a budget. */
export const wayTo = (sandbox: PrintessSandbox, options: WayOptions = {}): Way => {
  const { settings = {}, token = sandbox.serviceToken, nowMs = Date.now, answerTimeoutMs = 5000 } = options;
  const abort = new AbortController().signal;
  const agents = createConnectionAgents();
  return {
    connectionId: 'px',
    settings: settingsSchema.parse({
      baseUrl: sandbox.url,
      origin: 'Floor',
      allowPrivateAddresses: true,
      ...settings,
    }),
    secret: (name) => (name === 'serviceToken' ? token : null),
    nowMs,
    elapsedMs: nowMs,
    abort,
    call: (request) =>
      platformCall(request, {
        agents,
        abort,
        timeouts: { connect: answerTimeoutMs, response: answerTimeoutMs, whole: answerTimeoutMs },
        secrets: [token ?? ''],
        nowMs,
        acquire: () => Promise.resolve({ release: () => {} }),
      }),
  };
};

const platform = createPrintess();

const present = <Part>(part: Part | undefined): Part => {
  if (part === undefined) throw new Error('Printess lacks a part that it must have');
  return part;
};

/** The parts of the platform that it must have. */
export const printess: {
  readonly platform: typeof platform;
  readonly jobs: JobFollowing<PrintessSettings>;
  readonly outgoing: Outgoing<PrintessSettings>;
} = { platform, jobs: present(platform.jobs), outgoing: present(platform.outgoing) };

export interface Swept {
  readonly sightings: readonly JobSighting[];
  readonly pages: number;
  readonly end: SweepEnd;
}

export const sweepAll = async (way: Way, question: Partial<SweepQuestion> = {}): Promise<Swept> => {
  const pages = printess.jobs.sweep(way, { reach: 'recent', cursor: null, oldestOpenAtMs: null, ...question });
  const sightings: JobSighting[] = [];
  let count = 0;
  for (let page = await pages.next(); ; page = await pages.next()) {
    if (page.done === true) return { sightings, pages: count, end: page.value };
    sightings.push(...page.value);
    count += 1;
  }
};

export const message = (over: Partial<OutgoingMessage> = {}): OutgoingMessage => ({
  kind: 'produce',
  orderExternalId: 'SO-1',
  itemExternalId: '2',
  job: null,
  payload: { template: 'st:ONE', copies: 25 },
  happenedAtMs: Date.now(),
  callbackUrl: null,
  ...over,
});

/** The job as a station knows it that has seen it in the list. */
export const known = (job: PrintessJob): KnownJob => ({
  externalId: job.jobId,
  handle: job.orderId,
  state: 'working',
  knownSinceMs: job.createdAtMs,
  createdAtMs: job.createdAtMs,
  orderExternalId: job.externalOrderId,
});
