import { z } from 'zod';
import type { ConnectionView } from '../contract/connections.ts';
import type { Answer } from './answer.ts';
import { filledText, noInput } from './input-schemas.ts';
import { stationCommand } from './station-command.ts';
import { printable, table } from './table.ts';
import { distanceWord, momentWord } from './words.ts';

export const connectionsCommand = stationCommand({
  group: 'Looking:',
  usage: 'connections',
  summary: 'List the connections to platforms, with their channels',
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
        { title: 'BUDGET', of: ({ budget }) => `${budget.requests} in ${budget.perSeconds} s` },
      ],
      connections,
      width,
    );
    return [...rows, ...connections.flatMap((connection) => troubleLines(connection, nowMs))];
  },
});

/** What is wrong on the connection's channels, and when each is tried next. */
const troubleLines = (connection: ConnectionView, nowMs: number): readonly string[] =>
  connection.channels
    .filter(({ state }) => state !== 'open')
    .map(({ name, state, nextTryAt, problem }) => {
      const next = nextTryAt === null ? '' : `, tried again ${distanceWord(nextTryAt, nowMs)}`;
      return printable(`${connection.id} ${name}: ${state}${next}${problem === null ? '' : `: ${problem}`}`);
    });
