/** Tells that no key came for so long that a scan without an end is over. */
export interface PauseTimer {
  /** Waits anew, from now. */
  readonly begin: () => void;
  readonly stop: () => void;
}

export interface PauseTimerDeps {
  readonly window: Pick<Window, 'setTimeout' | 'clearTimeout'> & { readonly performance: Pick<Performance, 'now'> };
  /** How long keys may be apart when they are pressed, in milliseconds. */
  readonly patienceMs: number;
  readonly onPause: () => void;
}

/** Keys may be so many times as long apart when they arrive as when they were pressed. */
const slowestDelivery = 2;
/** A timer that is later than this tells of a busy computer, in milliseconds. */
const latestTimerMs = 50;

/** Keys that came from the scanner in time may still be on their way through a busy computer: a late timer waits once more. */
export const createPauseTimer = ({ window, patienceMs, onPause }: PauseTimerDeps): PauseTimer => {
  let timer: number | undefined;
  const waitMs = slowestDelivery * patienceMs;
  const wait = (whenLate: () => void): void => {
    const dueAtMs = window.performance.now() + waitMs;
    timer = window.setTimeout(() => {
      if (window.performance.now() - dueAtMs > latestTimerMs) whenLate();
      else onPause();
    }, waitMs);
  };
  const stop = (): void => window.clearTimeout(timer);
  return {
    begin: () => {
      stop();
      wait(() => wait(onPause));
    },
    stop,
  };
};
