import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { z } from 'zod';
import { ensureChromium } from '../../scripts/ensure-chromium.mjs';
import { openBrowser } from '../support/screen-browser.ts';
import { startScreenStation } from '../support/screen-station.ts';
import { benchConnection } from './bench-station.ts';
import { askBigQuestions, type BigQuestions } from './screens/big-questions.ts';
import { type BusyList, useBusyList } from './screens/busy-list.ts';
import { freshOrdersOf } from './screens/floor-changes.ts';
import { longestTaskMs, startWorkClock, takeWatched, watchPagesOf } from './screens/page-watch.ts';
import { screensTable } from './screens/screens-table.ts';
import { dragToBottom, focusRow, pressOnList, turnWheel } from './screens/scroll-list.ts';
import { connectionId, seedFloor } from './screens/seed-floor.ts';
import { traceTasks } from './screens/task-trace.ts';

const firstRowsRuns = 5;
const wheelSeconds = 5;

export interface ScreensOptions {
  readonly orders: number;
  /** How long each of the runs with changes lasts. */
  readonly seconds: number;
  /** How often the list is scrolled, and how often it is used while much changes. */
  readonly runs: number;
}

export interface Scrolled {
  /** On the wall's clock; 0 when none was longer than 50 ms. */
  readonly longestTaskMs: number;
  readonly longestTaskProcessorMs: number;
  readonly longTasks: number;
  readonly workedSeconds: number;
  readonly longestWaitMs: number;
  readonly dragSeconds: number;
  readonly lastPlace: number;
  readonly filledAfterMs: number;
  readonly droppedShare: number;
}

export interface ScreensResult {
  readonly name: 'screens';
  readonly orders: number;
  readonly load: readonly number[];
  readonly firstRowsMs: readonly number[];
  readonly scrolled: readonly Scrolled[];
  readonly questions: BigQuestions;
  readonly busy: readonly BusyList[];
}

const openOrders = async (browser: Browser, address: string): Promise<Page> => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' });
  await watchPagesOf(context);
  const page = await context.newPage();
  await page.goto(address);
  await page.waitForFunction(() => window.firstRowsMs !== null, undefined, { timeout: 60_000 });
  return page;
};

/** Each time in a browser that has never seen the station. */
const measureFirstRows = async (browser: Browser, address: string): Promise<readonly number[]> => {
  const timesMs: number[] = [];
  for (let run = 0; run < firstRowsRuns; run += 1) {
    const page = await openOrders(browser, address);
    timesMs.push(await page.evaluate(() => window.firstRowsMs ?? Number.NaN));
    await page.context().close();
  }
  return timesMs;
};

/** From top to bottom by the scroll bar and back by a key; then by the wheel, and by Page Down. */
const scrollThrough = async (browser: Browser, address: string): Promise<Scrolled> => {
  const page = await openOrders(browser, address);
  await page.waitForTimeout(1_000);
  await takeWatched(page);
  const worked = await startWorkClock(page);
  const longestOnProcessor = await traceTasks(browser, page);
  const { seconds, lastPlace, filledAfterMs } = await dragToBottom(page);
  await focusRow(page);
  await pressOnList(page, 'Home', 1);
  await turnWheel(page, wheelSeconds);
  await focusRow(page);
  await pressOnList(page, 'PageDown', 100);
  await pressOnList(page, 'End', 1);
  await pressOnList(page, 'Home', 1);
  const workedSeconds = await worked();
  const span = await takeWatched(page);
  const longestTaskProcessorMs = await longestOnProcessor();
  await page.context().close();
  return {
    longestTaskMs: longestTaskMs(span),
    longestTaskProcessorMs,
    longTasks: span.longTasksMs.length,
    workedSeconds,
    longestWaitMs: span.longestWaitMs,
    dragSeconds: seconds,
    lastPlace,
    filledAfterMs,
    droppedShare: span.droppedFrames / (span.frames + span.droppedFrames),
  };
};

const say = (what: string): boolean => process.stdout.write(`  ${what}\n`);

const times = async <Result extends object>(runs: number, work: () => Promise<Result>): Promise<readonly Result[]> => {
  const results: Result[] = [];
  for (let run = 0; run < runs; run += 1) {
    const result = await work();
    say(JSON.stringify({ ...result, loadOfMachine: loadavg()[0] }));
    results.push(result);
  }
  return results;
};

const writeConfig = async (folder: string, signalUrl: string): Promise<string> => {
  const path = join(folder, 'platen.json');
  const connections = [benchConnection(connectionId, signalUrl)];
  await writeFile(path, JSON.stringify({ intake: { host: '127.0.0.1', port: 0 }, connections }));
  return path;
};

/** The Orders screen of a station with 100,000 open orders in a real browser: opened, scrolled, and used while much changes. */
export const runScreensBench = async ({ orders, seconds, runs }: ScreensOptions): Promise<ScreensResult> => {
  process.env.CHROMIUM_PATH = await ensureChromium();
  const folder = await mkdtemp(join(tmpdir(), 'platen-bench-'));
  const signals = fork(join(import.meta.dirname, 'signal-server.ts'), { stdio: 'inherit' });
  try {
    const [message] = await once(signals, 'message');
    const { port } = z.object({ port: z.number() }).parse(message);
    const configFile = await writeConfig(folder, `http://127.0.0.1:${port}/`);
    const dataFolder = join(folder, 'data');
    await seedFloor(dataFolder, orders, Date.now());
    const station = await startScreenStation({ dataFolder, configFile });
    const browser = await openBrowser();
    try {
      const { client } = station;
      const address = station.address('/orders');
      const intakeUrl = (await client.connections.list({})).connections[0]?.intakeUrl;
      if (intakeUrl == null) throw new Error('the intake does not listen');
      const firstRowsMs = await measureFirstRows(browser, address);
      say(`first rows ${JSON.stringify(firstRowsMs)}`);
      const questions = await askBigQuestions(client);
      say(JSON.stringify(questions));
      const scrolled = await times(runs, () => scrollThrough(browser, address));
      const fresh = freshOrdersOf(orders);
      const busy = await times(runs, async () => {
        const page = await openOrders(browser, address);
        const result = await useBusyList(page, { browser, client, intakeUrl, orders, fresh, seconds });
        await page.context().close();
        return result;
      });
      const result = { name: 'screens', orders, load: loadavg(), firstRowsMs, scrolled, questions, busy } as const;
      process.stdout.write(`\n${screensTable(result, seconds)}\n\n`);
      return result;
    } finally {
      await browser.close();
      await station.stop();
    }
  } finally {
    if (signals.connected) signals.disconnect();
    await rm(folder, { recursive: true, force: true });
  }
};
