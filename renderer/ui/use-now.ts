import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | null = null;
let nowMs = Math.floor(Date.now() / 1000) * 1000;

const tick = (): void => {
  nowMs = Math.floor(Date.now() / 1000) * 1000;
  for (const listener of listeners) listener();
};

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  timer ??= setInterval(tick, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0 || timer === null) return;
    clearInterval(timer);
    timer = null;
  };
};

/** The present whole second in milliseconds; all countdowns of the page tick together. */
export const useNow = (): number => useSyncExternalStore(subscribe, () => nowMs);
