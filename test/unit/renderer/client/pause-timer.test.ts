import { expect, test } from 'vitest';
import { createPauseTimer } from '../../../../renderer/client/pause-timer.ts';

/** A window whose timers run when a test says so, and as late as it says. */
const busyWindow = () => {
  let nowMs = 1_000;
  let waiting: { readonly run: () => void; readonly dueAtMs: number } | null = null;
  const pauses: number[] = [];
  const timer = createPauseTimer({
    patienceMs: 150,
    onPause: () => pauses.push(nowMs),
    window: {
      performance: { now: () => nowMs },
      setTimeout: (run: TimerHandler, delayMs = 0) => {
        if (typeof run !== 'function') throw new Error('no function');
        waiting = { run: () => run(), dueAtMs: nowMs + delayMs };
        return 1;
      },
      clearTimeout: () => {
        waiting = null;
      },
    },
  });
  return {
    timer,
    pauses,
    isWaiting: () => waiting !== null,
    /** The timer that waits now comes due, and runs so much later. */
    runLate: (lateMs: number) => {
      const due = waiting;
      if (due === null) throw new Error('no timer waits');
      waiting = null;
      nowMs = due.dueAtMs + lateMs;
      due.run();
    },
  };
};

test('without a key for twice as long as a scanner may pause, a scan is over', () => {
  const { timer, pauses, runLate } = busyWindow();
  timer.begin();
  runLate(5);
  expect(pauses).toEqual([1_305]);
});

test('on a computer so busy that the timer itself is late, keys that are on their way are waited for once more', () => {
  const { timer, pauses, runLate, isWaiting } = busyWindow();
  timer.begin();
  runLate(200);
  expect(pauses).toEqual([]);
  runLate(200);
  expect(pauses).toEqual([2_000]);
  expect(isWaiting()).toBe(false);
});

test('a key in between begins the wait anew', () => {
  const { timer, pauses, runLate, isWaiting } = busyWindow();
  timer.begin();
  runLate(200);
  timer.stop();
  expect(isWaiting()).toBe(false);
  timer.begin();
  runLate(0);
  expect(pauses).toEqual([1_800]);
});
