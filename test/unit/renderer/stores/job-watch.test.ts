import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { watchJobs } from '../../../../renderer/stores/job-watch.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A station that is asked to look, and an order whose jobs a test opens and closes. */
const watched = (state = { open: true, reachable: true }) => {
  let looks = 0;
  const end = watchJobs({
    look: async () => {
      looks += 1;
      return state.reachable;
    },
    hasOpenJobs: () => state.open,
  });
  return { state, end, looks: () => looks };
};

test('jobs are looked at once at first, and every 15 seconds while one is open', async () => {
  const { state, looks } = watched();
  expect(looks()).toBe(1);
  await vi.advanceTimersByTimeAsync(14_000);
  expect(looks()).toBe(1);
  await vi.advanceTimersByTimeAsync(31_000);
  expect(looks()).toBe(4);
  state.open = false;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(looks(), 'nothing is open any more').toBe(4);
  state.open = true;
  await vi.advanceTimersByTimeAsync(15_000);
  expect(looks(), 'a new one is').toBe(5);
});

test('an order without open jobs is looked at once', async () => {
  const { looks } = watched({ open: false, reachable: true });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(looks()).toBe(1);
});

test('what could not be asked is asked again', async () => {
  const { state, looks } = watched({ open: false, reachable: false });
  await vi.advanceTimersByTimeAsync(15_000);
  expect(looks()).toBe(2);
  state.reachable = true;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(looks()).toBe(3);
});

test('nothing is looked at once the screen is left', async () => {
  const { end, looks } = watched();
  end();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(looks()).toBe(1);
});

test('a look that is under way when the screen is left is the last one', async () => {
  let looks = 0;
  const end = watchJobs({
    look: async () => {
      looks += 1;
      await new Promise((resolve) => setTimeout(resolve, 5_000));
      return true;
    },
    hasOpenJobs: () => true,
  });
  await vi.advanceTimersByTimeAsync(1_000);
  end();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(looks).toBe(1);
});
