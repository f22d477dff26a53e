import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { createClient } from '../../../../main/contract/client.ts';
import type { Client } from '../../../../main/contract/contract.ts';
import { systemClock } from '../../../../main/core/ports/clock.ts';
import { silentLogger } from '../../../../main/core/ports/logger.ts';
import { type LoopbackHost, startLoopbackHost } from '../../../../main/hosts/loopback/loopback-host.ts';
import { createWebSocketWire } from '../../../../main/hosts/loopback/web-socket-wire.ts';
import { sampleStation } from '../../../contract/stand-in/sample-views.ts';
import { createStandInStation, mark, type StandInStation } from '../../../contract/stand-in/stand-in-station.ts';
import { noTraining } from '../../../support/no-training.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const named = (name: string): StandInStation =>
  createStandInStation({ station: { get: async () => ({ ...mark, station: sampleStation({ name }) }) } });

let folder: string;
let real: StandInStation;
let practice: StandInStation | null;
let guests: number;
let host: LoopbackHost;

beforeEach(async () => {
  folder = await temporaryFolder();
  real = named('real');
  practice = named('practice');
  guests = 0;
  host = await startLoopbackHost({
    station: real,
    training: {
      ...noTraining,
      handlers: { ...noTraining.handlers, real: async () => ({ ...mark, real: { name: 'real', problems: 2 } }) },
      get practice() {
        return practice;
      },
      arrive: () => {
        guests += 1;
        return () => {
          guests -= 1;
        };
      },
    },
    version: '1.2.3',
    port: 0,
    rendererFolder: null,
    clock: systemClock,
    logger: silentLogger,
  });
  onTestFinished(() => host.stop());
});

const openSocket = (more = ''): WebSocket =>
  new WebSocket(`${host.url.replace('http', 'ws')}/contract?token=${host.token}${more}`);

const connect = async (more = ''): Promise<{ readonly client: Client; readonly close: () => Promise<void> }> => {
  const socket = openSocket(more);
  const { client } = createClient(createWebSocketWire(socket));
  await once(socket, 'open');
  return {
    client,
    close: async () => {
      const closed = once(socket, 'close');
      socket.close();
      await closed;
    },
  };
};

const nameOf = async ({ client }: { readonly client: Client }): Promise<string> =>
  (await client.station.get({})).station.name;

test('a wire chooses with its address which of the two stations it works with, for as long as it is open', async () => {
  const practising = await connect('&training=1');
  const working = await connect();
  expect([await nameOf(practising), await nameOf(working)]).toEqual(['practice', 'real']);
  expect(guests).toBe(1);
  for (const { client } of [practising, working]) {
    expect((await client.training.real({})).real).toEqual({ name: 'real', problems: 2 });
  }
  await working.close();
  await practising.close();
  await expect.poll(() => guests).toBe(0);
});

test('while nobody practises such a wire is refused, and never led to the real station', async () => {
  practice = null;
  const socket = openSocket('&training=1');
  const [, answer] = await once(socket, 'unexpected-response');
  expect(answer.statusCode).toBe(410);
  socket.on('error', () => undefined);
  socket.terminate();
  expect(real.seen).toEqual([]);
});

test('what the window does for the whole workstation is not part of a training', async () => {
  const { client } = await connect('&training=1');
  for (const call of [client.desktop.enterStationMode({}), client.desktop.leaveStationMode({})]) {
    await expect(call).rejects.toMatchObject({ code: 'unavailable', message: 'this is not part of the training' });
  }
});

test('a file is that of the station which its address names', async () => {
  for (const [station, text] of [
    [real, 'a real file'],
    [practice, 'practice'],
  ] as const) {
    const path = join(folder, `${text}.pdf`);
    await writeFile(path, text);
    station?.readyFiles.set(7, { path, name: 'a.pdf', bytes: text.length });
  }
  const read = async (path: string): Promise<string> => (await fetch(`${host.url}${path}token=${host.token}`)).text();
  for (const path of ['/files/7', '/files/7/content']) {
    expect([await read(`${path}?`), await read(`${path}?training=1&`)]).toEqual(['a real file', 'practice']);
  }
  expect([real.draggedOut.length, practice?.draggedOut.length]).toEqual([1, 1]);
  practice = null;
  expect(await read('/files/7?training=1&')).toBe('the training is over\n');
});
