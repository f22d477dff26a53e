import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { commonSettings } from '../../../../main/core/connections/common-settings.ts';
import type { LiveConnection } from '../../../../main/core/connections/connection-directory.ts';
import type { JobSighting } from '../../../../main/core/domain/job-sighting.ts';
import { type IntakeConnectionDeps, intakeConnection } from '../../../../main/core/intake/intake-connection.ts';
import type { IntakeJobs } from '../../../../main/core/intake/intake-jobs.ts';
import { createIntakeServer, type IntakeServerDeps, type Refusal } from '../../../../main/core/intake/intake-server.ts';
import type { JobFollowing, Platform } from '../../../../main/core/platforms/platform.ts';
import { systemClock } from '../../../../main/core/ports/clock.ts';

/** A platform that has only the given ways to work with it. */
export const platformWith = (ways: Partial<Platform>): Platform => ({
  id: 'fake',
  name: 'Fake',
  settingsSchema: z.unknown(),
  secretNames: [],
  fields: [],
  cancelCauses: [],
  defaultBudget: { requests: 1, perSeconds: 1, concurrency: 1 },
  test: async () => [],
  ...ways,
});

/** Jobs of which the station hears only in the given ways. */
export const jobsHeardBy = (ways: Partial<JobFollowing<unknown>>): JobFollowing<unknown> => ({
  lane: 'own',
  leastCheckEveryMs: 60_000,
  callbacksRetriedForMs: null,
  async *sweep() {
    yield [];
    return { kind: 'covered', cursor: null, there: null };
  },
  check: async () => ({ kind: 'seen', sightings: [] }),
  ...ways,
});

export const sightingOf = (externalId: string): JobSighting => ({
  externalId,
  handle: externalId,
  state: 'done',
  statusText: 'done',
  beliefs: [],
  problem: null,
  warnings: [],
  createdAtMs: null,
  matchKey: null,
  work: null,
  files: null,
  shipped: null,
});

export const connectionTo = (
  platform: Platform,
  id: string,
  secrets: Readonly<Record<string, string>> = {},
  settings: unknown = {},
): LiveConnection => ({
  id,
  platform,
  settings,
  common: commonSettings.parse({}),
  rate: platform.defaultBudget,
  fromConfig: false,
  secret: (name) => secrets[name] ?? null,
});

const notAsked = (what: string) => (): Promise<never> => Promise.reject(new Error(`${what} was not expected`));

/** Jobs of which each call that a test does not give fails. */
export const jobsWith = (calls: Partial<IntakeJobs>): IntakeJobs => ({
  applyCallback: notAsked('a callback'),
  knowsNonce: notAsked('a nonce'),
  heardOf: notAsked('a webhook'),
  handOver: notAsked('a hand-over'),
  ...calls,
});

/** An intake with these connections that listens until the test is over, with all that it said to the log. */
export const startIntake = async (
  connections: readonly LiveConnection[],
  { accept = notAsked('an order'), jobs = {} }: { accept?: IntakeConnectionDeps['accept']; jobs?: Partial<IntakeJobs> },
  more: Partial<IntakeServerDeps> = {},
) => {
  const refusals: Refusal[] = [];
  const logged: string[] = [];
  const log = (message: string, detail: unknown): void => {
    logged.push(`${message} ${JSON.stringify(detail)}`);
  };
  const server = createIntakeServer({
    host: '127.0.0.1',
    port: 0,
    connections: {
      find: (id) => {
        const connection = connections.find((each) => each.id === id);
        return connection === undefined ? null : intakeConnection(connection, { accept, jobs: jobsWith(jobs) });
      },
    },
    health: async () => ({ version: '1.2.3' }),
    clock: systemClock,
    logger: { info: log, warn: log, error: log },
    onRefused: (refusal) => refusals.push(refusal),
    ...more,
  });
  onTestFinished(() => server.stop());
  const { port } = await server.start();
  return { server, port, url: `http://127.0.0.1:${port}`, refusals, logged };
};

export interface Answer {
  readonly status: number;
  readonly text: string;
}

export const answerOf = async (response: Response): Promise<Answer> => ({
  status: response.status,
  text: await response.text(),
});

export const post = async (
  url: string,
  body: BodyInit,
  headers: Readonly<Record<string, string>> = { 'content-type': 'application/json' },
): Promise<Answer> => answerOf(await fetch(url, { method: 'POST', body, headers }));
