import type { BrowserContext, Page } from 'playwright-core';

/** What the page noted since it was last asked. */
export interface WatchedSpan {
  readonly seconds: number;
  /** As the browser tells them: each is longer than 50 ms. */
  readonly longTasksMs: readonly number[];
  /** The longest time that a task which was due had to wait for the main thread, beyond its 5 ms. */
  readonly longestWaitMs: number;
  readonly frames: number;
  /** Frames of 1/60 s that were not drawn. */
  readonly droppedFrames: number;
}

interface Watch {
  take(): WatchedSpan;
}

declare global {
  interface Window {
    /** Since navigation; null until rows were painted. */
    firstRowsMs: number | null;
    watch: Watch;
  }
}

/** Runs in the page before anything else: notes the first rows, long tasks, waits and frames. */
const watchPage = (): void => {
  const sampleMs = 5;
  const frameMs = 1000 / 60;
  let since = performance.now();
  let longTasksMs: number[] = [];
  let longestWaitMs = 0;
  let frames = 0;
  let droppedFrames = 0;

  window.firstRowsMs = null;
  const rows = new MutationObserver(() => {
    if (document.querySelector('li[data-index] > :not([aria-busy])') === null) return;
    rows.disconnect();
    requestAnimationFrame(() => {
      // A message comes after the frame that was just prepared.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        window.firstRowsMs = performance.now();
        port1.close();
      };
      port2.postMessage(null);
    });
  });
  rows.observe(document, { childList: true, subtree: true });

  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longTasksMs.push(duration);
  }).observe({ type: 'longtask', buffered: true });

  let sampledAt = performance.now();
  const sample = (): void => {
    const now = performance.now();
    longestWaitMs = Math.max(longestWaitMs, now - sampledAt - sampleMs);
    sampledAt = now;
    setTimeout(sample, sampleMs);
  };
  setTimeout(sample, sampleMs);

  let framedAt = performance.now();
  const frame = (now: number): void => {
    frames += 1;
    droppedFrames += Math.max(0, Math.round((now - framedAt) / frameMs) - 1);
    framedAt = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);

  window.watch = {
    take: () => {
      const now = performance.now();
      const span = { seconds: (now - since) / 1000, longTasksMs, longestWaitMs, frames, droppedFrames };
      since = now;
      longTasksMs = [];
      longestWaitMs = 0;
      frames = 0;
      droppedFrames = 0;
      return span;
    },
  };
};

export const watchPagesOf = (context: BrowserContext): Promise<unknown> => context.addInitScript(watchPage);

/** What the page noted since the last time; the browser tells a long task a moment after it. */
export const takeWatched = async (page: Page): Promise<WatchedSpan> => {
  await page.waitForTimeout(200);
  return page.evaluate(() => window.watch.take());
};

/** 0 when the browser told of none: then none was longer than 50 ms. */
export const longestTaskMs = (span: WatchedSpan): number => Math.max(0, ...span.longTasksMs);

/** The main thread's memory after everything that nobody needs was let go. */
export const heapBytes = async (page: Page): Promise<number> => {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize;
};

/** A clock of what the page's main thread works, in seconds of the processor since now. */
export const startWorkClock = async (page: Page): Promise<() => Promise<number>> => {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const read = async (): Promise<number> => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN;
  };
  const before = await read();
  return async () => (await read()) - before;
};
