import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createTodayStore } from '../../../../renderer/stores/today-store.ts';
import { sampleStation, sampleToday } from '../../../contract/stand-in/sample-views.ts';
import { createStandInStation } from '../../../contract/stand-in/stand-in-station.ts';
import { linkTo } from '../../../support/stand-in-link.ts';

const startMs = Date.parse('2026-07-01T09:00:00Z');

beforeEach(() => {
  vi.useFakeTimers({ now: startMs });
});
afterEach(() => {
  vi.useRealTimers();
});

/** The Today screen's store on a station that counts how often it was asked. */
const openedToday = async () => {
  const asked: (string | undefined)[] = [];
  let turnsAt: string | null = null;
  const station = createStandInStation({
    today: {
      get: async ({ day }) => {
        asked.push(day);
        return { epoch: 'e1', revision: 5, today: sampleToday({ asOf: new Date().toISOString(), turnsAt }) };
      },
    },
  });
  const { link, cut } = linkTo(station);
  const store = createTodayStore({ link, now: () => Date.now(), hand: { awayMs: () => 0 } });
  link.start();
  await vi.advanceTimersByTimeAsync(0);
  let revision = 5;
  return {
    store,
    asked,
    link,
    cut,
    turnAt: (moment: string) => {
      turnsAt = moment;
    },
    change: async () => {
      revision += 1;
      station.emit('station.changed', { epoch: 'e1', revision, station: sampleStation() });
      await vi.advanceTimersByTimeAsync(0);
    },
    wait: (ms: number) => vi.advanceTimersByTimeAsync(ms),
  };
};

test('nothing is asked for until the screen is shown', async () => {
  const { store, asked, link, change, wait } = await openedToday();
  await change();
  await wait(60_000);
  expect(asked).toEqual([]);
  store.getState().watch();
  await wait(0);
  expect(asked).toHaveLength(1);
  expect(store.getState()).toMatchObject({ load: { kind: 'ready' }, today: { day: '2026-07-01' } });
  link.stop();
});

test('however much changes, the numbers are asked for at most every ten seconds, and not without a change', async () => {
  const { store, asked, link, change, wait } = await openedToday();
  store.getState().watch();
  await wait(30_000);
  expect(asked).toHaveLength(1);
  for (let second = 0; second < 20; second += 1) {
    await change();
    await wait(1_000);
  }
  expect(asked.length).toBeGreaterThanOrEqual(3);
  expect(asked.length).toBeLessThanOrEqual(4);
  await wait(20_000);
  const settled = asked.length;
  await wait(60_000);
  expect(asked).toHaveLength(settled);
  link.stop();
});

test('a screen that was left asks for nothing, and for fresh numbers when it is shown again', async () => {
  const { store, asked, link, change, wait } = await openedToday();
  const leave = store.getState().watch();
  await wait(0);
  leave();
  await change();
  await wait(60_000);
  expect(asked).toHaveLength(1);
  const leaveAgain = store.getState().watch();
  await wait(0);
  expect(asked).toHaveLength(2);
  leaveAgain();
  store.getState().watch();
  await wait(60_000);
  expect(asked, 'nothing has changed since').toHaveLength(2);
  link.stop();
});

test('when a ship-by or midnight passes, the numbers are asked for although nothing changed', async () => {
  const { store, asked, link, turnAt, wait } = await openedToday();
  turnAt('2026-07-01T09:30:00.000Z');
  store.getState().watch();
  await wait(29 * 60_000);
  expect(asked).toHaveLength(1);
  turnAt('2026-07-02T00:00:00.000Z');
  await wait(2 * 60_000);
  expect(asked).toHaveLength(2);
  await wait(14 * 3_600_000);
  expect(asked).toHaveLength(2);
  turnAt('2026-07-03T00:00:00.000Z');
  await wait(3_600_000);
  expect(asked).toHaveLength(3);
  link.stop();
});

test('another day is asked for at once, and then again the one that it is', async () => {
  const { store, asked, link, wait } = await openedToday();
  store.getState().watch();
  await wait(0);
  store.getState().show('2026-06-30');
  await wait(0);
  store.getState().show(null);
  await wait(0);
  expect(asked).toEqual([undefined, '2026-06-30', undefined]);
  link.stop();
});

test('after the station was away the numbers are fresh again by themselves', async () => {
  const { store, asked, link, cut, wait } = await openedToday();
  store.getState().watch();
  await wait(0);
  cut();
  await wait(30_000);
  expect(asked).toHaveLength(2);
  link.stop();
});
