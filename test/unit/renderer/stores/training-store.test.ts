import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ContractError } from '../../../../main/contract/failure.ts';
import type { OpenOutcome } from '../../../../renderer/client/socket-wire.ts';
import { StationLink } from '../../../../renderer/client/station-link.ts';
import { createTrainingStore } from '../../../../renderer/stores/training-store.ts';
import { createStandInStation, mark } from '../../../contract/stand-in/stand-in-station.ts';
import type { noTrainingCalls } from '../../../support/no-training.ts';
import { linkTo } from '../../../support/stand-in-link.ts';

const minuteMs = 60_000;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

let went: string[];
let awayMs: number;
let calls: typeof noTrainingCalls;

beforeEach(() => {
  went = [];
  awayMs = 0;
  calls = {
    enter: async () => ({}),
    leave: async () => ({}),
    real: async () => ({ ...mark, real: { name: 'Hall 2', problems: 1 } }),
  };
});

const openStore = async (practising: boolean, given?: StationLink) => {
  const station = createStandInStation();
  const link = given ?? linkTo(station, calls).link;
  const store = createTrainingStore({
    link,
    now: () => Date.now(),
    hand: { awayMs: () => awayMs },
    training: { practising, enter: () => went.push('in'), leave: () => went.push('out') },
  });
  link.start();
  await vi.advanceTimersByTimeAsync(0);
  return { store, link, station };
};

test('the page goes into training once the practice station is ready, and stays where it is when that failed', async () => {
  const { store, link } = await openStore(false);
  await store.getState().enter();
  expect(went).toEqual(['in']);
  link.stop();

  calls = { ...calls, enter: () => Promise.reject(new ContractError('unavailable', 'no room on the disk')) };
  const other = await openStore(false);
  expect(await other.store.getState().enter()).toMatchObject({ kind: 'failed' });
  expect(went).toEqual(['in']);
  other.link.stop();
});

test('while somebody practises the real station is told of, and followed', async () => {
  const { store, link, station } = await openStore(true);
  expect(store.getState().real).toEqual({ name: 'Hall 2', problems: 1 });
  station.emit('training.changed', { ...mark, revision: 8, real: { name: 'Hall 2', problems: 3 } });
  await vi.advanceTimersByTimeAsync(0);
  expect(store.getState().real).toEqual({ name: 'Hall 2', problems: 3 });
  link.stop();
});

test('the way back does not wait for a practice station that says nothing', async () => {
  calls = { ...calls, leave: () => new Promise(() => undefined) };
  const { store, link } = await openStore(true);
  void store.getState().leave();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(went).toEqual(['out']);
  link.stop();
});

test('a screen whose practice station is gone goes back by itself', async () => {
  const refusing = new StationLink({
    openWire: async (): Promise<OpenOutcome> => ({ kind: 'refused' }),
    now: () => Date.now(),
    setTimer: () => () => undefined,
  });
  await openStore(true, refusing);
  expect(went).toEqual(['out']);
});

test('a screen that nobody touches goes back by itself, one that is worked with does not', async () => {
  const { link } = await openStore(true);
  awayMs = 19 * minuteMs;
  await vi.advanceTimersByTimeAsync(minuteMs);
  expect(went).toEqual([]);
  awayMs = 20 * minuteMs;
  await vi.advanceTimersByTimeAsync(minuteMs);
  expect(went).toEqual(['out']);
  link.stop();
});
