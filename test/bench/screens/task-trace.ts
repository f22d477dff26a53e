import type { Browser, Page } from 'playwright-core';
import { z } from 'zod';

const traced = z.object({
  traceEvents: z.array(
    z.object({
      name: z.string(),
      pid: z.number(),
      tid: z.number(),
      /** Microseconds of the processor. */
      tdur: z.number().optional(),
      args: z.object({ name: z.unknown() }).partial().optional(),
    }),
  ),
});

/**
 * Traces the tasks of the page's main thread. What it answers ends the trace, and says how long the longest task was on
 * the processor: on a machine that has other work, the clock on the wall counts that, too.
 */
export const traceTasks = async (browser: Browser, page: Page): Promise<() => Promise<number>> => {
  await browser.startTracing(page, { categories: ['toplevel'] });
  return async () => {
    const { traceEvents } = traced.parse(JSON.parse((await browser.stopTracing()).toString('utf8')));
    const mainThreads = new Set(
      traceEvents
        .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
        .map(({ pid, tid }) => `${pid} ${tid}`),
    );
    const tasksUs = traceEvents
      .filter(({ name, pid, tid }) => name === 'ThreadControllerImpl::RunTask' && mainThreads.has(`${pid} ${tid}`))
      .map(({ tdur }) => tdur ?? 0);
    return tasksUs.reduce((longest, task) => Math.max(longest, task), 0) / 1000;
  };
};
