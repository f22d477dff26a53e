import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Clock } from '../../../../main/core/ports/clock.ts';
import { silentLogger } from '../../../../main/core/ports/logger.ts';
import { heartbeatMs } from '../../../../main/hosts/loopback/heartbeat.ts';
import { type LoopbackHost, startLoopbackHost } from '../../../../main/hosts/loopback/loopback-host.ts';
import { createWebSocketWire, maxBufferedBytes } from '../../../../main/hosts/loopback/web-socket-wire.ts';
import { sampleRow } from '../../../contract/stand-in/sample-views.ts';
import { createStandInStation, mark, type StandInStation } from '../../../contract/stand-in/stand-in-station.ts';
import { noTraining } from '../../../support/no-training.ts';

/** Time that a test turns by hand. */
const createTurnedClock = (): Clock & { turn(ms: number): void } => {
  let nowMs = 0;
  const waiting = new Set<{ readonly atMs: number; readonly task: () => void }>();
  return {
    nowMs: () => nowMs,
    elapsedMs: () => nowMs,
    at: (atMs, task) => {
      const entry = { atMs, task };
      waiting.add(entry);
      return () => waiting.delete(entry);
    },
    turn: (ms) => {
      nowMs += ms;
      for (const entry of [...waiting].filter(({ atMs }) => atMs <= nowMs)) {
        waiting.delete(entry);
        entry.task();
      }
    },
  };
};

let clock: ReturnType<typeof createTurnedClock>;
let station: StandInStation;
let host: LoopbackHost;
const sockets: WebSocket[] = [];

beforeEach(async () => {
  clock = createTurnedClock();
  station = createStandInStation();
  host = await startLoopbackHost({
    station,
    training: noTraining,
    version: '1.2.3',
    port: 0,
    rendererFolder: null,
    clock,
    logger: silentLogger,
  });
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.terminate();
  await host.stop();
});

/** A connected client that has read the greeting. */
const open = (options: { autoPong?: boolean; query?: string } = {}): Promise<WebSocket> => {
  const address = `${host.url.replace('http', 'ws')}/contract?token=${host.token}${options.query ?? ''}`;
  const socket = new WebSocket(address, { autoPong: options.autoPong ?? true });
  sockets.push(socket);
  return new Promise((resolve, reject) => {
    socket.once('message', () => resolve(socket));
    socket.once('error', reject);
  });
};

const closeCode = (socket: WebSocket): Promise<number> => new Promise((resolve) => socket.once('close', resolve));

describe('a connected client', () => {
  it('is written down as the screen, or as the command line', async () => {
    for (const query of ['', '&as=cli', '&as=root']) {
      const socket = await open({ query });
      const answered = new Promise((resolve) => socket.once('message', resolve));
      socket.send(JSON.stringify({ type: 'call', id: 1, call: 'station.get', input: {} }));
      await answered;
    }
    expect(station.seen.map(({ by }) => by)).toEqual(['screen', 'command line', 'screen']);
  });

  it('is told that dragging needs the desktop app', async () => {
    const socket = await open();
    const answered = new Promise<string>((resolve) => createWebSocketWire(socket).onMessage(resolve));
    socket.send(JSON.stringify({ type: 'call', id: 1, call: 'desktop.dragOut', input: { files: [1] } }));
    expect(JSON.parse(await answered)).toMatchObject({ type: 'failure', failure: { code: 'unavailable' } });
  });

  it('stays through quiet hours as long as it answers, and is cut off when it no longer does', async () => {
    const answering = await open();
    const silent = await open({ autoPong: false });
    const silentEnd = closeCode(silent);
    for (let beat = 0; beat < 3; beat += 1) {
      const pinged = new Promise((resolve) => answering.once('ping', resolve));
      clock.turn(heartbeatMs);
      await pinged;
      await roundTrip(answering);
    }
    expect(await silentEnd).toBe(1006);
    expect(answering.readyState).toBe(WebSocket.OPEN);
  });

  it('is cut off when it does not read what it asked for', async () => {
    const socket = await open();
    const ended = closeCode(socket);
    socket.send(JSON.stringify({ type: 'subscribe', event: 'orders.changed' }));
    await roundTrip(socket);
    socket.pause();
    const orders = [sampleRow({ titles: 'x'.repeat(8 * 1024 * 1024) })];
    for (let sent = 0; sent < maxBufferedBytes * 2; sent += 8 * 1024 * 1024) {
      station.emit('orders.changed', { ...mark, orders });
    }
    await expect.poll(() => station.listenerCount()).toBe(0);
    socket.resume();
    expect(await ended).toBe(1006);
  });

  it('is refused a message that is too large, and one that is no text', async () => {
    const large = await open();
    const largeEnd = closeCode(large);
    large.send('x'.repeat(21_000_001));
    expect(await largeEnd).toBe(1009);

    const binary = await open();
    const binaryEnd = closeCode(binary);
    binary.send(Buffer.from('{}'));
    expect(await binaryEnd).toBe(1003);
  });

  it('is told when the station stops', async () => {
    const socket = await open();
    const ended = closeCode(socket);
    await host.stop();
    expect(await ended).toBe(1001);
    expect(station.listenerCount()).toBe(0);
  });
});

/** Everything that the client sent before has been dealt with when this answers. */
const roundTrip = async (socket: WebSocket): Promise<void> => {
  const answered = new Promise((resolve) => socket.once('message', resolve));
  socket.send(JSON.stringify({ type: 'call', id: 99, call: 'station.get', input: {} }));
  await answered;
};
