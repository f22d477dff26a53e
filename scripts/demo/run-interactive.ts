import { rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { demoOrders, setDemoKnobs } from '../../test/sandbox/cloudprinter/demo-orders.ts';
import type { CloudprinterOrder } from '../../test/sandbox/cloudprinter/order.ts';
import { randomOrder } from '../../test/sandbox/cloudprinter/random-order.ts';
import { createCloudprinterSandbox } from '../../test/sandbox/cloudprinter/sandbox.ts';
import { type DemoFolder, prepareDemoFolder } from './demo-folder.ts';
import { startSimulatedRip } from './simulated-rip.ts';

/** A station that a person looks at: in a window of its own, or in a browser. */
export interface OpenStation {
  /** What to tell the person: where to look. */
  readonly where: string;
  readonly ended: Promise<unknown>;
  stop(): Promise<void>;
}

const undoSeconds = 15;
const hourMs = 3_600_000;
const ripTakesAfterMs = 25_000;
const betweenOrdersMs = 15_000;
/** The demo sends no more than this many orders, so that one left open does not fill the disk. */
const mostOrders = 200;
/** Files come at the speed of an ordinary line, so that the progress can be seen. */
const bytesPerSecond = 600_000;
const firstRandomNumber = 100;
const untilTheIntakeListens = { attempts: 60, delayMs: 500 };

const print = (line: string): boolean => process.stdout.write(`${line}\n`);

/** Runs until the person ends it (Ctrl-C) or the station ends. */
export const runInteractive = async (openStation: (folder: DemoFolder) => Promise<OpenStation>): Promise<void> => {
  const ended = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ended.abort());
  const rest = (durationMs: number): Promise<unknown> =>
    delay(durationMs, undefined, { signal: ended.signal }).catch(() => undefined);
  await using sandbox = await createCloudprinterSandbox();
  const folder = await prepareDemoFolder(sandbox, undoSeconds);
  const station = await openStation(folder);
  void station.ended.then(() => ended.abort());
  const stopRips = [folder.bookPress, folder.sheetPress].map((path) => startSimulatedRip(path, ripTakesAfterMs));
  const post = (order: CloudprinterOrder) =>
    sandbox.post(order, { to: folder.intakeUrl, retry: untilTheIntakeListens });
  try {
    sandbox.fileKnobs.set({ fault: { kind: 'slow', bytesPerSecond } });
    print(`\n${station.where}\n`);
    print(
      `Cloudprinter's sandbox ${sandbox.url} posts an order every ${betweenOrdersMs / 1000} s to ${folder.intakeUrl}`,
    );
    print(`Hot folders            ${folder.bookPress}`);
    print(`                       ${folder.sheetPress} (a simulated RIP empties them)`);
    print('Ctrl-C ends it.');
    const dates = { orderedAt: new Date(), shipBy: new Date(Date.now() + 30 * hourMs) };
    for (const demo of demoOrders(dates)) {
      setDemoKnobs(sandbox, demo);
      await post(demo.order);
    }
    for (let sent = 0; sent < mostOrders && !ended.signal.aborted; sent += 1) {
      await rest(betweenOrdersMs);
      if (!ended.signal.aborted) await post(randomOrder(firstRandomNumber + sent, new Date()));
    }
    while (!ended.signal.aborted) await rest(hourMs);
  } finally {
    for (const stop of stopRips) stop();
    await station.stop();
    await rm(folder.root, { recursive: true, force: true });
  }
};
