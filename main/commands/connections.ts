import { z } from 'zod';
import type { ConnectionView } from '../contract/connections.ts';
import type { Answer } from './answer.ts';
import { filledText, noInput } from './input-schemas.ts';
import { stationCommand } from './station-command.ts';
import { printable, table } from './table.ts';
import { distanceWord, momentWord, reconciliationWord } from './words.ts';

export const connectionsCommand = stationCommand({
  group: 'Looking:',
  usage: 'connections',
  summary: 'List the connections to platforms: budgets, jobs, channels',
  input: noInput,
  run: async ({ client }) => {
    const { connections } = await client.connections.list({});
    return connectionsAnswer(connections);
  },
});

export const testCommand = stationCommand({
  group: 'Working:',
  usage: 'test <connection>',
  summary: 'Try the way to a platform; changes nothing there',
  input: z.object({ connection: filledText }),
  run: async ({ client }, { connection }) => {
    const { ok, steps } = await client.connections.test({ id: connection });
    const failed = steps.find((step) => !step.ok);
    return {
      json: { ok, steps },
      lines: () =>
        steps.map((step) => `${step.ok ? 'ok    ' : 'failed'}  ${printable(`${step.step}: ${step.detail}`)}`),
      ...(ok
        ? {}
        : { failure: printable(failed === undefined ? 'the test failed' : `${failed.step}: ${failed.detail}`) }),
    };
  },
});

export const pauseConnectionCommand = stationCommand({
  group: 'Working:',
  usage: 'pause-connection <connection>',
  alias: 'pause',
  summary: 'Keep everything of a connection waiting',
  input: z.object({ connection: filledText }),
  run: async ({ client }, { connection }) => oneConnection(await client.connections.pause({ id: connection })),
});

export const resumeConnectionCommand = stationCommand({
  group: 'Working:',
  usage: 'resume-connection <connection>',
  summary: 'Open a paused or alarmed connection again',
  input: z.object({ connection: filledText }),
  run: async ({ client }, { connection }) => oneConnection(await client.connections.resume({ id: connection })),
});

export const reconcileCommand = stationCommand({
  group: 'Working:',
  usage: 'reconcile <connection>',
  summary: "Compare a platform's list with ours; take in what is missing",
  input: z.object({ connection: filledText }),
  run: async ({ client }, { connection: id }) => {
    const { connection } = await client.connections.reconcile({ id });
    const { reconciliation } = connection;
    const found = reconciliation === null ? 'has not been compared yet' : reconciliationWord(reconciliation);
    return { json: connection, lines: () => [`${connection.id}: ${found}`] };
  },
});

const oneConnection = ({ connection }: { readonly connection: ConnectionView }): Answer => ({
  ...connectionsAnswer([connection]),
  json: connection,
});

const connectionsAnswer = (connections: readonly ConnectionView[]): Answer => ({
  json: connections,
  lines: ({ width, nowMs }) => {
    if (connections.length === 0) return ['There are no connections.'];
    const rows = table(
      [
        { title: 'ID', of: ({ id }) => id },
        { title: 'PLATFORM', of: ({ platform }) => platform },
        { title: 'STATE', of: ({ state }) => state },
        { title: 'LAST REACHED', of: ({ lastReachedAt }) => distanceWord(lastReachedAt, nowMs) },
        { title: 'LAST ORDER', of: ({ lastOrderAt }) => momentWord(lastOrderAt) },
        { title: 'OPEN', of: ({ openOrders }) => String(openOrders), align: 'right' },
        { title: 'JOBS', of: ({ jobs }) => (jobs === null ? '-' : String(jobs.open)), align: 'right' },
      ],
      connections,
      width,
    );
    return [
      ...rows,
      '',
      ...connections.flatMap((connection) => [
        ...connectionLines(connection, nowMs),
        ...troubleLines(connection, nowMs),
      ]),
    ];
  },
});

/** What does not fit into the table: budget, sweeps of the platform's list, its comparison with ours. */
const connectionLines = ({ id, budget, jobs, reconciliation }: ConnectionView, nowMs: number): readonly string[] => {
  const compared = reconciliation === null ? '' : `${reconciliation.reason}, ${distanceWord(reconciliation.at, nowMs)}`;
  return [
    `${id} budget: ${budgetText(budget)}`,
    ...(jobs === null ? [] : [`${id} jobs: ${jobs.open} open, ${sweptText(jobs.lastSweptAt, nowMs)}`]),
    ...(jobs === null || jobs.listRefused === null ? [] : [printable(`${id} list refused: ${jobs.listRefused}`)]),
    ...(reconciliation === null ? [] : [`${id} compared (${compared}): ${reconciliationWord(reconciliation)}`]),
  ];
};

/** `12 of 60 per 60 s, at most 4 at once`: what was asked in the span that ends now, and what may be. */
const budgetText = ({ inSpan, requests, perSeconds, concurrency, current }: ConnectionView['budget']): string =>
  `${inSpan} of ${requests} per ${perSeconds} s, at most ${concurrency} at once` +
  (current < requests ? `, throttled to ${current}` : '');

const sweptText = (lastSweptAt: string | null, nowMs: number): string =>
  lastSweptAt === null ? 'not swept yet' : `last swept ${distanceWord(lastSweptAt, nowMs)}`;

/** What is wrong on the connection's channels, and when each is tried next. */
const troubleLines = (connection: ConnectionView, nowMs: number): readonly string[] =>
  connection.channels
    .filter(({ state }) => state !== 'open')
    .map(({ name, state, nextTryAt, problem }) => {
      const next = nextTryAt === null ? '' : `, tried again ${distanceWord(nextTryAt, nowMs)}`;
      return printable(`${connection.id} ${name}: ${state}${next}${problem === null ? '' : `: ${problem}`}`);
    });
