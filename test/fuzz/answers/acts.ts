import { z } from 'zod';
import type { JobSighting } from '../../../main/core/domain/job-sighting.ts';
import type { HeardBy } from '../../../main/core/jobs/job-context.ts';
import type {
  KnownJob,
  OutgoingMessage,
  Platform,
  PlatformWay,
  SweepQuestion,
} from '../../../main/core/platforms/platform.ts';
import type { WorkFailure } from '../../../main/core/work/failure.ts';

/** A connection as the station has it, with its platform. */
export interface Stage {
  readonly platform: Platform;
  readonly way: PlatformWay;
}

/** What came of an act. */
export interface ActOutcome {
  /** As it does with sound answers. */
  readonly well: boolean;
  readonly heardBy: HeardBy;
  readonly sightings: readonly JobSighting[];
  readonly failures: readonly WorkFailure[];
  /** What a person reads. */
  readonly lines: readonly string[];
  /** What is kept of what the platform said. */
  readonly excerpts: readonly string[];
  /** What the next sweep goes on from. */
  readonly cursor: string | null;
}

/** Something that the station does with a platform. */
export interface Act {
  readonly name: string;
  perform(stage: Stage, cursor: string | null): Promise<ActOutcome>;
}

/** It went well, and told nothing. */
export const nothing: ActOutcome = {
  well: true,
  heardBy: 'list',
  sightings: [],
  failures: [],
  lines: [],
  excerpts: [],
  cursor: null,
};

const failed = (failure: WorkFailure, more: Partial<ActOutcome> = {}): ActOutcome => ({
  ...nothing,
  well: false,
  failures: [failure],
  ...more,
});

const present = <Part>(part: Part | undefined): Part => {
  if (part === undefined) throw new Error('the platform lacks what the act needs');
  return part;
};

export const sweep = (reach: SweepQuestion['reach']): Act => ({
  name: `sweep ${reach}`,
  async perform({ platform, way }, cursor) {
    const sightings: JobSighting[] = [];
    const pages = present(platform.jobs).sweep(way, { reach, cursor, oldestOpenAtMs: null });
    for (;;) {
      const page = await pages.next();
      if (page.done !== true) {
        sightings.push(...page.value);
        continue;
      }
      const end = page.value;
      if (end.kind === 'failed') return failed(end.failure, { sightings, cursor });
      if (end.kind === 'listRefused') return { ...nothing, well: false, sightings, lines: [end.message], cursor };
      return { ...nothing, sightings, cursor: end.cursor };
    }
  },
});

export const check = (job: KnownJob): Act => ({
  name: `check ${job.externalId}`,
  async perform({ platform, way }) {
    const outcome = await present(platform.jobs).check(way, job);
    if (outcome.kind === 'failed') return failed(outcome.failure);
    return { ...nothing, heardBy: 'check', sightings: outcome.sightings };
  },
});

export const send = (message: OutgoingMessage): Act => ({
  name: `send ${message.kind}`,
  async perform({ platform, way }) {
    const outcome = await present(platform.outgoing).send(way, message);
    if (outcome.kind !== 'accepted') return failed(outcome.failure);
    const sightings = outcome.sighting === undefined ? [] : [outcome.sighting];
    return { ...nothing, heardBy: 'answer', sightings, excerpts: [outcome.excerpt ?? ''] };
  },
});

export const lookUp = (message: OutgoingMessage): Act => ({
  name: `look up ${message.kind}`,
  async perform({ platform, way }) {
    const outcome = await present(platform.outgoing?.lookUp?.(way, message));
    if (outcome.kind === 'failed') return failed(outcome.failure);
    const sighting = outcome.kind === 'found' ? outcome.sighting : null;
    return { ...nothing, sightings: sighting === null ? [] : [sighting], lines: [outcome.detail] };
  },
});

export const test: Act = {
  name: 'connection test',
  async perform({ platform, way }) {
    const steps = await platform.test(way);
    return {
      ...nothing,
      well: steps.every(({ ok }) => ok),
      lines: steps.flatMap(({ step, detail }) => [step, detail]),
    };
  },
};

export const choices = (field: string): Act => ({
  name: `choices of ${field}`,
  async perform({ platform, way }) {
    const outcome = await present(platform.choices?.(way, field));
    return outcome.kind === 'failed' ? failed(outcome.failure) : nothing;
  },
});

const gateway = z.object({ apiUrl: z.string() });

/** Asks for the credentials of a file of the platform's own gateway. */
export const authorize = (path: string): Act => ({
  name: 'authorize',
  async perform({ platform, way }) {
    const url = `${gateway.parse(way.settings).apiUrl}${path}`;
    const outcome = await present(platform.jobs?.authorize?.(way, url, false));
    return outcome.kind === 'failed' ? failed(outcome.failure) : nothing;
  },
});
