import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ActionView } from '../../../../main/contract/actions.ts';
import { createActionsStore } from '../../../../renderer/stores/actions-store.ts';
import { sampleAction } from '../../../contract/stand-in/sample-views.ts';
import { createStandInStation, mark } from '../../../contract/stand-in/stand-in-station.ts';
import { linkTo } from '../../../support/stand-in-link.ts';

const doneAt = Date.parse(sampleAction().at);

beforeEach(() => {
  vi.useFakeTimers({ now: doneAt });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A screen's store, whose clock is `aheadMs` before the station's. */
const openedStore = async ({ listed = [] as ActionView[], aheadMs = 0 } = {}) => {
  let { revision } = mark;
  const station = createStandInStation({ actions: { list: async () => ({ ...mark, actions: listed }) } });
  const { link } = linkTo(station);
  const store = createActionsStore({ link, now: () => Date.now() + aheadMs });
  link.start();
  await vi.advanceTimersByTimeAsync(0);
  return {
    shown: () => store.getState().actions.map(({ id }) => id),
    tell: async (...actions: ActionView[]) => {
      revision += 1;
      station.emit('actions.changed', { ...mark, revision, actions });
      await vi.advanceTimersByTimeAsync(0);
    },
    [Symbol.dispose]: () => link.stop(),
  };
};

test('an action is there until its undo time is over, and goes by itself', async () => {
  using screen = await openedStore();
  await screen.tell(sampleAction());
  await vi.advanceTimersByTimeAsync(14_900);
  expect(screen.shown()).toEqual([51]);
  await vi.advanceTimersByTimeAsync(200);
  expect(screen.shown()).toEqual([]);
});

test('each of several actions has its own end', async () => {
  using screen = await openedStore();
  await screen.tell(sampleAction());
  await vi.advanceTimersByTimeAsync(5_000);
  const later = sampleAction({ id: 52, at: '2026-07-01T09:00:05.000Z', undoUntil: '2026-07-01T09:00:20.000Z' });
  await screen.tell(later, sampleAction());
  expect(screen.shown()).toEqual([52, 51]);
  await vi.advanceTimersByTimeAsync(10_100);
  expect(screen.shown()).toEqual([52]);
});

test('what somebody else undid is gone at once', async () => {
  using screen = await openedStore();
  await screen.tell(sampleAction());
  await screen.tell();
  expect(screen.shown()).toEqual([]);
});

test.each([
  ['an hour fast', 3_600_000],
  ['a minute slow', -60_000],
])('a screen whose clock is %s has the whole time to undo, and no more', async (_, aheadMs) => {
  using screen = await openedStore({ aheadMs });
  await screen.tell(sampleAction());
  await vi.advanceTimersByTimeAsync(14_900);
  expect(screen.shown()).toEqual([51]);
  await vi.advanceTimersByTimeAsync(200);
  expect(screen.shown()).toEqual([]);
});

test('a screen that is opened later shows what is left of the time', async () => {
  vi.setSystemTime(doneAt + 10_000);
  using screen = await openedStore({ listed: [sampleAction()] });
  expect(screen.shown()).toEqual([51]);
  await vi.advanceTimersByTimeAsync(5_100);
  expect(screen.shown()).toEqual([]);
});
