import { rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { demoOrders, setDemoKnobs } from '../../test/sandbox/cloudprinter/demo-orders.ts';
import { randomOrder } from '../../test/sandbox/cloudprinter/random-order.ts';
import { createCloudprinterSandbox } from '../../test/sandbox/cloudprinter/sandbox.ts';
import { type DemoFolder, prepareDemoFolder } from './demo-folder.ts';
import { startSimulatedRip } from './simulated-rip.ts';
import type { StationProcess } from './station-process.ts';
import { waitFor } from './wait-for.ts';

const undoSeconds = 15;
const hourMs = 3_600_000;
const ripTakesAfterMs = 25_000;
const betweenOrdersMs = 15_000;
/** The demo sends no more than this many orders, so that one left open does not fill the disk. */
const mostOrders = 200;
/** Files come at the speed of an ordinary line, so that the progress can be seen. */
const bytesPerSecond = 400_000;
const firstRandomNumber = 100;

const print = (line: string): boolean => process.stdout.write(`${line}\n`);

/** Runs until the person ends it (Ctrl-C) or the station's window is closed. */
export const runInteractive = async (openStation: (folder: DemoFolder) => Promise<StationProcess>): Promise<void> => {
  const ended = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ended.abort());
  await using sandbox = await createCloudprinterSandbox();
  const folder = await prepareDemoFolder(sandbox, undoSeconds);
  const station = await openStation(folder);
  station.process.once('exit', () => ended.abort());
  const stopRips = [folder.bookPress, folder.sheetPress].map((path) => startSimulatedRip(path, ripTakesAfterMs));
  try {
    const { client } = station.link;
    const intakeUrl = await waitFor(
      'the intake listens',
      async () => (await client.connections.list({})).connections[0]?.intakeUrl,
      10_000,
    );
    sandbox.fileKnobs.set({ fault: { kind: 'slow', bytesPerSecond } });
    print(`\nOpen  ${station.address}\n`);
    print(`Cloudprinter's sandbox ${sandbox.url} posts an order every ${betweenOrdersMs / 1000} s to ${intakeUrl}`);
    print(`Hot folders            ${folder.bookPress}`);
    print(`                       ${folder.sheetPress} (a simulated RIP empties them)`);
    print(`Command line           npm run -s platen -- orders --data ${folder.data}`);
    print('Ctrl-C ends it.');
    const dates = { orderedAt: new Date(), shipBy: new Date(Date.now() + 30 * hourMs) };
    for (const demo of demoOrders(dates)) {
      setDemoKnobs(sandbox, demo);
      await sandbox.post(demo.order, { to: intakeUrl });
    }
    for (let sent = 0; sent < mostOrders && !ended.signal.aborted; sent += 1) {
      await delay(betweenOrdersMs, undefined, { signal: ended.signal }).catch(() => undefined);
      if (ended.signal.aborted) break;
      await sandbox.post(randomOrder(firstRandomNumber + sent, new Date()), { to: intakeUrl });
    }
    while (!ended.signal.aborted) await delay(hourMs, undefined, { signal: ended.signal }).catch(() => undefined);
  } finally {
    for (const stop of stopRips) stop();
    await station.stop();
    await rm(folder.root, { recursive: true, force: true });
  }
};
