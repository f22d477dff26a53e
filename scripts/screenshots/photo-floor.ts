import { rm } from 'node:fs/promises';
import { DEMO_ORDER_IDS } from '../../test/sandbox/cloudprinter/demo-orders.ts';
import { demoConnections } from '../demo/demo-connections.ts';
import { intakeListens, postDemoOrders, turnsOf } from '../demo/demo-events.ts';
import { prepareDemoFolder } from '../demo/demo-folder.ts';
import { openPlatforms } from '../demo/demo-platforms.ts';
import { startSimulatedRip } from '../demo/simulated-rip.ts';
import { type StationProcess, startStation } from '../demo/station-process.ts';
import { waitFor } from '../demo/wait-for.ts';

const undoSeconds = 120;
const pace = { renderMs: 500, pipelineMs: 500 };
const ripTakesAfterMs = 15_000;
const rounds = 3;
const settledWithinMs = 120_000;

/** A floor in the middle of a day's work. */
export interface PhotoFloor extends AsyncDisposable {
  readonly station: StationProcess;
  /** Of an order of two items, one of which cannot be made. */
  readonly order: string;
  /** Of an order whose file never fits its MD5. */
  readonly problemOrder: string;
  /** From now on the screens ask who works. */
  addPeople(): Promise<void>;
}

const refOf = (id: string): string => `cp:${id}`;

/** Starts a station on the four sandboxes and lets work come in, until some is done, some waits and some has failed. */
export const openPhotoFloor = async (): Promise<PhotoFloor> => {
  await using opening = new AsyncDisposableStack();
  const platforms = opening.use(await openPlatforms(pace));
  const folder = await prepareDemoFolder(demoConnections(platforms), undoSeconds);
  opening.defer(() => rm(folder.root, { recursive: true, force: true, maxRetries: 5 }));
  platforms.printApi.setWebhookUrl(`${folder.intakeUrl}/pa`);
  const ended = new AbortController();
  opening.defer(() => ended.abort());
  const station = await startStation(folder, 0);
  opening.defer(() => station.stop());
  opening.defer(startSimulatedRip(folder.bookPress, ripTakesAfterMs));
  await intakeListens(folder, ended.signal);
  await postDemoOrders(platforms, folder);
  const turns = turnsOf(platforms, folder, ended.signal);
  for (let round = 0; round < rounds; round += 1) for (const { next } of turns) await next();

  const { client } = station.link;
  const { plain, delayed, cancelOneOfTwo, badMd5Always } = DEMO_ORDER_IDS;
  const isReady = (id: string) => async (): Promise<boolean> => {
    const { orders } = await client.orders.list({ search: id, offset: 0, limit: 1 });
    return orders[0] !== undefined && orders[0].filesTotal > 0 && orders[0].filesReady === orders[0].filesTotal;
  };
  for (const id of [plain, delayed, cancelOneOfTwo]) await waitFor(`the files of ${id}`, isReady(id), settledWithinMs);
  await waitFor(
    'the problem',
    async () =>
      (await client.orders.list({ search: badMd5Always, offset: 0, limit: 1 })).orders.some(
        ({ problemCount }) => problemCount > 0,
      ),
    settledWithinMs,
  );
  const own = opening.move();
  return {
    station,
    order: refOf(plain),
    problemOrder: refOf(badMd5Always),
    addPeople: async () => {
      await client.people.save({ name: 'Office morning', initials: 'OM', role: 'manager', pin: '4711' });
      await client.people.save({ name: 'Floor evening', initials: 'FE', role: 'operator', pin: '2024' });
    },
    [Symbol.asyncDispose]: () => own.disposeAsync(),
  };
};
