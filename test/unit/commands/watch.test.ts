import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  sampleFile,
  sampleJob,
  sampleRow,
  sampleSignal,
  sampleTransfer,
} from '../../contract/stand-in/sample-views.ts';
import { mark } from '../../contract/stand-in/stand-in-station.ts';
import { type Floor, openFloor, type Running } from './platen.ts';

let floor: Floor;
beforeEach(async () => {
  floor = await openFloor();
});
afterEach(() => floor.remove());

const next = { ...mark, revision: mark.revision + 1 };

/** The command has shown what is going on, and follows. */
const following = async (running: Running, sign: string): Promise<void> => {
  await expect.poll(running.out, { timeout: 5000 }).toContain(sign);
};

describe('platen watch', () => {
  it('tells changes line by line where there is no terminal, each once', async () => {
    const running = floor.start(['watch']);
    await following(running, 'hand-over 41');
    floor.station.emit('orders.changed', { ...next, orders: [sampleRow({ stage: 'handedOver' })] });
    floor.station.emit('orders.changed', { ...next, orders: [sampleRow({ stage: 'handedOver', copies: 9 })] });
    floor.station.emit('files.changed', {
      ...next,
      files: [sampleFile({ id: 22, state: 'problem', problem: 'MD5 differs' })],
    });
    floor.station.emit('outbox.changed', { ...next, signals: [sampleSignal({ kind: 'shipped' })] });
    await following(running, 'shipped for');
    running.interrupt();
    const { out, exitCode } = await running.ended;
    const lines = out.trimEnd().split('\n');
    expect(lines.every((line) => /^\d\d:\d\d:\d\d /.test(line))).toBe(true);
    const told = lines.map((line) => line.slice(9));
    expect(told.filter((line) => line === 'order cp:900000010000: handed over')).toHaveLength(1);
    expect(told).toContain('file 22, cover of 900000010000: problem (MD5 differs)');
    expect(told).toContain('signal 31, shipped for 900000010000_1: sent');
    expect(exitCode).toBe(0);
  });

  it('tells a job when its state changes, with the platform’s word, and that a person decides about a maybe', async () => {
    const running = floor.start(['watch']);
    await following(running, 'job 51');
    floor.station.emit('jobs.changed', { ...next, jobs: [sampleJob({ nextCheckAt: null })] });
    floor.station.emit('jobs.changed', {
      ...next,
      jobs: [sampleJob({ state: 'failed', statusText: 'Failed', problem: 'no such template' })],
    });
    floor.station.emit('outbox.changed', {
      ...next,
      signals: [sampleSignal({ id: 61, kind: 'renderAgain', state: 'maybe', lastError: 'no answer' })],
    });
    await following(running, 'command 61');
    running.interrupt();
    const told = (await running.ended).out.split('\n').map((line) => line.slice(9));
    expect(told.filter((line) => line.startsWith('job 51'))).toEqual([
      'job 51 of A-1: working (rendering)',
      'job 51 of A-1: failed (no such template)',
    ]);
    expect(told).toContain('command 61, render again for 900000010000_1: maybe, a person decides (no answer)');
  });

  it('tells a transfer at most once per tenth, and when it stalls', async () => {
    const running = floor.start(['watch']);
    await following(running, 'hand-over 41');
    for (let received = 0; received <= 20_000_000; received += 100_000) {
      floor.station.emit('files.progress', { transfers: [sampleTransfer({ receivedBytes: received })] });
    }
    floor.station.emit('files.progress', {
      transfers: [sampleTransfer({ receivedBytes: 20_000_000, condition: 'stalled' })],
    });
    await following(running, 'stalled');
    running.interrupt();
    const told = (await running.ended).out.split('\n').filter((line) => line.includes(' file 22: '));
    expect(told).toHaveLength(12);
  });

  it('leaves out what the first picture had in it already', async () => {
    const running = floor.start(['watch', '--json']);
    await following(running, 'hotFolders.changed');
    floor.station.emit('files.changed', { ...next, files: [sampleFile({ id: 77 })] });
    await following(running, '"id":77');
    running.interrupt();
    const events = (await running.ended).out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { event: string; revision?: number; files?: { id: number }[] });
    expect(events.map(({ event }) => event).slice(0, 7)).toEqual([
      'station.changed',
      'connections.changed',
      'orders.changed',
      'files.changed',
      'files.progress',
      'outbox.changed',
      'hotFolders.changed',
    ]);
    expect(events.at(-1)).toMatchObject({ event: 'files.changed', revision: 8, files: [{ id: 77 }] });
    expect(events[3]).not.toHaveProperty('transfers');
  });

  it('draws transfers in place in a terminal, and lets the other lines scroll', async () => {
    const running = floor.start(['watch'], { terminal: { columns: () => 80 } });
    await following(running, 'hand-over 41');
    floor.station.emit('files.progress', { transfers: [sampleTransfer()] });
    floor.station.emit('files.progress', { transfers: [sampleTransfer({ receivedBytes: 10_000_000 })] });
    floor.station.emit('orders.changed', { ...next, orders: [sampleRow({ stage: 'shipped' })] });
    await following(running, ': shipped');
    running.interrupt();
    const { out } = await running.ended;
    expect(out).toContain('[#####...............]  25 %');
    const drawnAgain = out.slice(out.indexOf(' 50 %'));
    expect(drawnAgain).toContain('\x1b[1A\x1b[0J');
    expect(drawnAgain.indexOf(': shipped')).toBeLessThan(drawnAgain.lastIndexOf(' 50 %'));
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
  });

  it('ends with a failure when the station stops', async () => {
    const running = floor.start(['watch']);
    await following(running, 'hand-over 41');
    await floor.stopStation();
    expect(await running.ended).toMatchObject({ exitCode: 1, err: 'platen: the station has stopped\n' });
  });
});
