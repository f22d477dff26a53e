import type { Browser, Page } from 'playwright-core';
import type { Client } from '../../../main/contract/contract.ts';
import { median } from '../statistics.ts';
import { changeFloor, type FloorChanges, type FreshOrders } from './floor-changes.ts';
import { heapBytes, longestTaskMs, startWorkClock, takeWatched } from './page-watch.ts';
import { focusRow, ordersInSight, pressOnList, turnWheel } from './scroll-list.ts';
import { connectionId } from './seed-floor.ts';
import { traceTasks } from './task-trace.ts';

const changesPerSecond = 200;
const longestWaitForRowMs = 20_000;

export interface BusyList {
  /** On the wall's clock; 0 when none was longer than 50 ms. */
  readonly longestTaskMs: number;
  readonly longestTaskProcessorMs: number;
  readonly longTasks: number;
  readonly longestWaitMs: number;
  readonly droppedShare: number;
  /** From the moment an operator's hold was sent to the frame that shows it on its row: the median, and the longest. */
  readonly shownAfterMs: number;
  readonly shownAfterAtMostMs: number;
  readonly committedPerSecond: number;
  readonly refused: number;
  readonly heapGrowthMb: number;
  /** How much of the time the page's main thread worked. */
  readonly workedShare: number;
}

/** Resolves with the moment at which the row of this order says that it is held, or no longer. */
const whenHeldShows = (page: Page, order: string, held: boolean): Promise<number> =>
  page.evaluate(
    ({ order: wanted, held: wantedHeld, limitMs }) =>
      new Promise<number>((resolve, reject) => {
        const startedAt = performance.now();
        const look = (): void => {
          const link = [...document.querySelectorAll('li[data-index] a')].find((one) => one.textContent === wanted);
          const shows = link?.closest('li')?.textContent?.includes('held at') ?? !wantedHeld;
          if (shows === wantedHeld) resolve(performance.timeOrigin + performance.now());
          else if (performance.now() - startedAt > limitMs) reject(new Error(`order ${wanted} does not change`));
          else requestAnimationFrame(look);
        };
        look();
      }),
    { order, held, limitMs: longestWaitForRowMs },
  );

/** An order in sight that nobody else changes, once there is one; rows that just came into sight are still being filled. */
const takeOrderInSight = async (page: Page, changes: FloorChanges): Promise<string> => {
  for (let waitedMs = 0; waitedMs < longestWaitForRowMs; waitedMs += 100) {
    const order = changes.take((await ordersInSight(page)).slice(2));
    if (order !== null) return order;
    await page.waitForTimeout(100);
  }
  throw new Error('no order is in sight that nobody changes');
};

/** Holds an order in sight as another screen would, and answers how long its row here took to say so. */
const timeToRow = async (page: Page, client: Client, changes: FloorChanges): Promise<number> => {
  const order = await takeOrderInSight(page, changes);
  const item = `${connectionId}:${order}-1`;
  // One of the seeded orders that are held from the start.
  await client.items.resume({ item }).catch(() => undefined);
  await whenHeldShows(page, order, false);
  const sentAt = performance.timeOrigin + performance.now();
  const [shownAt] = await Promise.all([
    whenHeldShows(page, order, true),
    client.items.hold({ item, note: 'measured' }),
  ]);
  await client.items.resume({ item });
  changes.giveBack(order);
  return shownAt - sentAt;
};

const openAndCloseOrder = async (page: Page): Promise<void> => {
  const inSight = await ordersInSight(page);
  const order = inSight[Math.floor(inSight.length / 2)];
  if (order === undefined) return;
  await page.locator('li[data-index] a', { hasText: order }).first().click();
  await page.getByRole('heading', { name: order }).first().waitFor();
  await page.goBack();
  await page.locator('li[data-index] a').first().waitFor();
};

export interface BusyListDeps {
  readonly browser: Browser;
  readonly client: Client;
  readonly intakeUrl: string;
  readonly orders: number;
  readonly fresh: FreshOrders;
  readonly seconds: number;
}

/** The Orders screen in use while 200 changes a second are committed: it is scrolled, paged through, and an order is opened. */
export const useBusyList = async (page: Page, deps: BusyListDeps): Promise<BusyList> => {
  const { client, seconds } = deps;
  const { orders: top } = await client.orders.list({ openOnly: true, offset: 0, limit: 300 });
  const heapBefore = await heapBytes(page);
  await takeWatched(page);
  const worked = await startWorkClock(page);
  const longestOnProcessor = await traceTasks(deps.browser, page);
  const startedAt = performance.now();
  const changes = await changeFloor({
    client,
    intakeUrl: deps.intakeUrl,
    orders: deps.orders,
    fresh: deps.fresh,
    shown: top.map(({ externalId }) => externalId),
    perSecond: changesPerSecond,
  });
  const shownAfterMs: number[] = [];
  while (performance.now() - startedAt < seconds * 1000) {
    await turnWheel(page, 2, 200);
    await focusRow(page);
    await pressOnList(page, 'PageDown', 20);
    shownAfterMs.push(await timeToRow(page, client, changes));
    await openAndCloseOrder(page);
    await focusRow(page);
    await pressOnList(page, 'Home', 1);
    await page.waitForTimeout(500);
    shownAfterMs.push(await timeToRow(page, client, changes));
  }
  const workedSeconds = await worked();
  const span = await takeWatched(page);
  // First of all: to read the trace holds this process up, and with it the changes.
  const done = await changes.stop();
  const longestTaskProcessorMs = await longestOnProcessor();
  const heapAfter = await heapBytes(page);
  return {
    longestTaskMs: longestTaskMs(span),
    longestTaskProcessorMs,
    longTasks: span.longTasksMs.length,
    longestWaitMs: span.longestWaitMs,
    droppedShare: span.droppedFrames / (span.frames + span.droppedFrames),
    shownAfterMs: median(shownAfterMs),
    shownAfterAtMostMs: Math.max(...shownAfterMs),
    committedPerSecond: done.committed / done.seconds,
    refused: done.refused,
    heapGrowthMb: (heapAfter - heapBefore) / 1e6,
    workedShare: workedSeconds / span.seconds,
  };
};
