import { access, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { silentLogger } from '../../../main/core/ports/logger.ts';
import { TrainingRoom } from '../../../main/training/training-room.ts';
import { sampleStation } from '../../contract/stand-in/sample-views.ts';
import { createStandInStation, mark, type StandInStation } from '../../contract/stand-in/stand-in-station.ts';
import { createFakeClock, type FakeClock } from '../../support/fake-clock.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const caller = { by: 'screen' };
const minuteMs = 60_000;

let clock: FakeClock;
let real: StandInStation;
let folder: string;
let opened: number;
let closed: number;
/** What keeps the next practice from opening. */
let obstacle: Error | null;

beforeEach(async () => {
  clock = createFakeClock();
  real = createStandInStation();
  folder = join(await temporaryFolder(), 'training');
  opened = 0;
  closed = 0;
  obstacle = null;
});

const openRoom = (): TrainingRoom =>
  new TrainingRoom({
    real,
    createStation: () => Promise.reject(new Error('not asked for')),
    folder,
    host: 'browser',
    version: '1',
    clock,
    logger: silentLogger,
    openPractice: async () => {
      if (obstacle !== null) throw obstacle;
      opened += 1;
      return {
        station: createStandInStation(),
        close: async () => {
          closed += 1;
        },
      };
    },
  });

const enter = (room: TrainingRoom) => room.handlers.enter({}, caller);
const leave = (room: TrainingRoom) => room.handlers.leave({}, caller);

describe('the practice station', () => {
  test('runs from the first who practises to the last who leaves', async () => {
    const room = openRoom();
    expect(room.practice).toBeNull();
    await enter(room);
    expect(room.practice).not.toBeNull();
    const oneGoes = room.arrive();
    await enter(room);
    const otherGoes = room.arrive();
    expect(opened, 'both practise with the same').toBe(1);

    await leave(room);
    oneGoes();
    expect(room.practice, 'somebody is still there').not.toBeNull();
    await leave(room);
    expect(room.practice).toBeNull();
    otherGoes();
    await vi.waitFor(() => expect(closed).toBe(1));
  });

  test('is another one the next time', async () => {
    const room = openRoom();
    await enter(room);
    await leave(room);
    await enter(room);
    expect([opened, closed]).toEqual([2, 1]);
  });

  test('waits a minute for a page that is loaded again, and no longer', async () => {
    const room = openRoom();
    await enter(room);
    const goes = room.arrive();
    await clock.advance(5 * minuteMs);
    goes();
    await clock.advance(minuteMs - 1);
    const comesBack = room.arrive();
    await clock.advance(5 * minuteMs);
    expect(room.practice).not.toBeNull();
    comesBack();
    await clock.advance(minuteMs);
    expect(room.practice).toBeNull();
    expect(closed).toBe(1);
  });

  test('ends when nobody comes to it', async () => {
    const room = openRoom();
    await enter(room);
    await clock.advance(minuteMs);
    expect([room.practice, closed]).toEqual([null, 1]);
  });

  test('ends with the app', async () => {
    const room = openRoom();
    await enter(room);
    room.arrive();
    await room.stop();
    expect([room.practice, closed]).toEqual([null, 1]);
  });

  test('that was ended before it was there is closed, and nobody gets into it', async () => {
    const room = openRoom();
    const entering = enter(room);
    await room.stop();
    await entering;
    expect([room.practice, opened, closed]).toEqual([null, 1, 1]);
  });

  test('that cannot be started says why, and can be tried again', async () => {
    const room = openRoom();
    obstacle = new Error('the disk is full');
    await expect(enter(room)).rejects.toMatchObject({
      code: 'unavailable',
      message: 'the training cannot be started: the disk is full',
    });
    obstacle = null;
    await enter(room);
    expect(room.practice).not.toBeNull();
  });
});

test('what a crash left behind is deleted before the next training', async () => {
  await mkdir(folder);
  await writeFile(join(folder, 'platen.db'), 'left behind');
  const room = openRoom();
  await enter(room);
  await expect(access(folder)).rejects.toMatchObject({ code: 'ENOENT' });
});

describe('how the real station does', () => {
  const troubled = sampleStation({
    name: 'Hall 2',
    counts: { ...sampleStation().counts, problemOrders: 2 },
    notices: [
      { id: 1, at: '2026-03-02T08:00:00.000Z', level: 'alarm', code: 'x', detail: {}, text: 'a channel is down' },
      { id: 2, at: '2026-03-02T08:00:00.000Z', level: 'info', code: 'x', detail: {}, text: 'a backup was made' },
    ],
  });

  test('can be asked: orders with a problem and notices that want a person', async () => {
    real = createStandInStation({ station: { get: async () => ({ ...mark, station: troubled }) } });
    expect(await openRoom().handlers.real({}, caller)).toEqual({ ...mark, real: { name: 'Hall 2', problems: 3 } });
  });

  test('is told when it changes, and nothing else of it is', () => {
    const heard: unknown[] = [];
    const stop = openRoom().events.subscribe((...event) => heard.push(event));
    real.emit('orders.changed', { ...mark, orders: [] });
    real.emit('station.changed', { ...mark, station: troubled });
    expect(heard).toEqual([['training.changed', { ...mark, real: { name: 'Hall 2', problems: 3 } }]]);
    stop();
    expect(real.listenerCount()).toBe(0);
  });
});
