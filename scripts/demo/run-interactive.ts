import { rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { Activity } from '../../test/sandbox/activity/activity.ts';
import { createCanvasActivity } from '../../test/sandbox/activity/canvas-activity.ts';
import { createPrintApiActivity } from '../../test/sandbox/activity/printapi-activity.ts';
import { createPrintessActivity } from '../../test/sandbox/activity/printess-activity.ts';
import { demoOrders, setDemoKnobs } from '../../test/sandbox/cloudprinter/demo-orders.ts';
import { randomOrder } from '../../test/sandbox/cloudprinter/random-order.ts';
import { demoConnections, demoShop } from './demo-connections.ts';
import { type DemoFolder, prepareDemoFolder } from './demo-folder.ts';
import { type DemoPlatforms, openPlatforms } from './demo-platforms.ts';
import { guideLines } from './guide-lines.ts';
import type { OpenStation } from './open-station.ts';
import { startSimulatedRip } from './simulated-rip.ts';
import { waitFor } from './wait-for.ts';

const undoSeconds = 15;
const hourMs = 3_600_000;
const ripTakesAfterMs = 25_000;
const betweenEventsMs = 15_000;
/** No more than this many things happen, so that a demo that is left open does not fill the disk. */
const mostEvents = 200;
/** Files come at the speed of an ordinary line, so that the progress can be seen. */
const bytesPerSecond = 600_000;
const pace = { renderMs: 8_000, pipelineMs: 12_000 };
const firstRandomNumber = 100;
const intakeListensWithinMs = 30_000;

const print = (line: string): boolean => process.stdout.write(`${line}\n`);

const intakeListens = ({ intakeUrl }: DemoFolder, ended: AbortSignal): Promise<unknown> =>
  waitFor(
    'the intake',
    async () => ended.aborted || (await fetch(new URL('/health', intakeUrl)).catch(() => null))?.ok,
    intakeListensWithinMs,
  );

const postDemoOrders = async ({ cloudprinter }: DemoPlatforms, to: string): Promise<void> => {
  const dates = { orderedAt: new Date(), shipBy: new Date(Date.now() + 30 * hourMs) };
  for (const demo of demoOrders(dates)) {
    setDemoKnobs(cloudprinter, demo);
    await cloudprinter.post(demo.order, { to });
  }
};

const cloudprinterActivity = ({ cloudprinter }: DemoPlatforms, to: string): Activity => {
  let number = firstRandomNumber;
  return async () => {
    const order = randomOrder(number, new Date());
    number += 1;
    const { answer } = await cloudprinter.post(order, { to });
    return `order ${order.id} was posted: ${answer.kind === 'answered' ? answer.status : answer.message}`;
  };
};

interface Turn {
  readonly platform: string;
  readonly next: Activity;
}

const turnsOf = (platforms: DemoPlatforms, { intakeUrl }: DemoFolder, ended: AbortSignal): readonly Turn[] => {
  const { printess, printApi, canvas } = platforms;
  const backend = { ordersUrl: `${intakeUrl}/px/orders`, secret: demoShop.backendToken };
  const shopify = { ordersUrl: `${intakeUrl}/cc/orders`, secret: demoShop.shopifySecret };
  return [
    { platform: 'Printess', next: createPrintessActivity(printess, backend) },
    { platform: 'Print API', next: createPrintApiActivity(printApi, ended) },
    { platform: 'Customer’s Canvas', next: createCanvasActivity(canvas, shopify) },
    { platform: 'Cloudprinter', next: cloudprinterActivity(platforms, `${intakeUrl}/cp`) },
  ];
};

/** Runs until the person ends it (Ctrl-C) or the station ends. */
export const runInteractive = async (openStation: (folder: DemoFolder) => Promise<OpenStation>): Promise<void> => {
  const ended = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ended.abort());
  const rest = (durationMs: number): Promise<unknown> =>
    delay(durationMs, undefined, { signal: ended.signal }).catch(() => undefined);
  await using platforms = await openPlatforms(pace);
  const folder = await prepareDemoFolder(demoConnections(platforms), undoSeconds);
  platforms.printApi.setWebhookUrl(`${folder.intakeUrl}/pa`);
  for (const { fileKnobs } of [platforms.cloudprinter, platforms.printess, platforms.canvas]) {
    fileKnobs.set({ fault: { kind: 'slow', bytesPerSecond } });
  }
  const station = await openStation(folder);
  void station.ended.then(() => ended.abort());
  const stopRips = [folder.bookPress, folder.sheetPress].map((path) => startSimulatedRip(path, ripTakesAfterMs));
  const turns = turnsOf(platforms, folder, ended.signal);
  const take = async ({ platform, next }: Turn): Promise<void> => {
    const line = await next();
    if (!ended.signal.aborted) print(`${new Date().toLocaleTimeString('en-GB')}  ${platform}: ${line}`);
  };
  try {
    for (const line of guideLines(station, platforms, folder, betweenEventsMs)) print(line);
    await intakeListens(folder, ended.signal);
    await postDemoOrders(platforms, `${folder.intakeUrl}/cp`);
    for (const turn of turns) if (!ended.signal.aborted) await take(turn);
    for (let taken = 0; taken < mostEvents && !ended.signal.aborted; taken += 1) {
      await rest(betweenEventsMs);
      const turn = turns[taken % turns.length];
      if (turn !== undefined && !ended.signal.aborted) await take(turn);
    }
    while (!ended.signal.aborted) await rest(hourMs);
  } finally {
    for (const stop of stopRips) stop();
    await station.stop();
    await rm(folder.root, { recursive: true, force: true });
  }
};
