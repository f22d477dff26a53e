import { constants, mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { stampOf } from '../../../main/core/recovery/rolling-name.ts';
import { createCustomersCanvasSandbox } from '../../sandbox/customerscanvas/sandbox.ts';
import { createPrintApiSandbox } from '../../sandbox/printapi/sandbox.ts';
import { createPrintessSandbox } from '../../sandbox/printess/sandbox.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { PlatformFloor } from '../../support/platform-floor.ts';
import { toCustomersCanvas, toPrintApi, toPrintess } from '../../support/sandbox-connections.ts';
import { until } from '../../support/scenario-until.ts';

const caller = { by: 'AB' };
const ids = ['cc', 'pa', 'px'] as const;

/** A station with one connection to each platform, none of which tells anything by itself. */
const openAll = async () => {
  const clock = createFakeClock();
  const nowMs = (): number => clock.nowMs();
  const printess = await createPrintessSandbox({ nowMs, renderMs: 0, behaviour: { callbacks: 'lose' } });
  const printApi = await createPrintApiSandbox({ nowMs, webhooks: 'lose' });
  const canvas = await createCustomersCanvasSandbox({ nowMs });
  const rarely = { pollSeconds: 7_200 };
  const floor = await PlatformFloor.open({
    clock,
    connections: [
      toPrintess(printess, 'px', rarely),
      toPrintApi(printApi, 'pa', rarely),
      toCustomersCanvas(canvas, 'cc', rarely),
    ],
  });
  let orders = 0;
  /** One more order at each platform. */
  const order = async (): Promise<void> => {
    orders += 1;
    printess.startOrder({ origin: 'WC', externalOrderId: `O-${orders}`, lines: [{ templateName: 'st:CARD' }] });
    await printApi.place({ id: `PA-${orders}`, items: [{ productId: 'poster', quantity: 1 }] });
    canvas.place({ orderId: String(7000 + orders) });
  };
  /** The last line of each connection, such as "2 there, 2 here". */
  const lines = () =>
    Promise.all(
      ids.map(async (id) => {
        const { reconciliation } = await floor.connection(id);
        const { reason, there, here, missing } = reconciliation ?? {};
        return `${id} ${reason}: ${there} there, ${here} here, ${missing} were missing`;
      }),
    );
  const untilLines = (...wanted: readonly string[]) =>
    floor.until(wanted.join('; '), async () => JSON.stringify(await lines()) === JSON.stringify(wanted));
  return {
    floor,
    printess,
    order,
    untilLines,
    lines,
    async [Symbol.asyncDispose]() {
      await floor.stop();
      await Promise.all([printess.stop(), printApi.stop(), canvas.stop()]);
    },
  };
};

const all = (line: string): readonly string[] => ids.map((id) => `${id} ${line}`);

test('each list is compared with ours on start, after sleep, hourly and when asked; what was missing is taken in', async () => {
  await using platforms = await openAll();
  const { floor, order } = platforms;
  await platforms.untilLines(...all('start: 0 there, 0 here, 0 were missing'));
  await order();
  await order();
  await floor.stop();
  await floor.start();
  await platforms.untilLines(...all('start: 2 there, 2 here, 2 were missing'));
  await order();
  await floor.station.resumed();
  await platforms.untilLines(...all('resume: 3 there, 3 here, 1 were missing'));
  await order();
  await floor.pass(3_700);
  expect(await platforms.lines()).toEqual(all('hourly: 4 there, 4 here, 1 were missing'));
  for (const id of ids) await floor.station.handlers.connections.reconcile({ id }, caller);
  await platforms.untilLines(...all('asked: 4 there, 4 here, 0 were missing'));
  await order();
  for (const id of ids) await floor.station.handlers.connections.reconcile({ id }, caller);
  await platforms.untilLines(...all('asked: 5 there, 5 here, 1 were missing'));
  const orders = await floor.orders();
  expect(orders).toHaveLength(15);
  expect(orders.every(({ items }) => items.length === 1)).toBe(true);
});

test('a comparison that is asked for while the list is being read is made all the same', async () => {
  await using platforms = await openAll();
  const { floor, order, printess } = platforms;
  await platforms.untilLines(...all('start: 0 there, 0 here, 0 were missing'));
  await order();
  const lists = () => printess.ledger.ofKind('call').filter(({ endpoint }) => endpoint === '/orders/list').length;
  const before = lists();
  printess.callKnobs.set({ match: { endpoint: '/orders/list' }, times: 1, fault: { kind: 'delay', delayMs: 1_000 } });
  await floor.station.resumed();
  await until('the list is being read', () => lists() > before);
  await floor.clock.advance(1_000);
  await floor.station.handlers.connections.reconcile({ id: 'px' }, caller);
  await floor.settle();
  await floor.pass(5);
  expect((await platforms.lines()).at(-1)).toBe('px asked: 1 there, 1 here, 0 were missing');
});

test('a machine that slept without telling anybody is noticed by its own clock', async () => {
  await using platforms = await openAll();
  const { floor, order } = platforms;
  await platforms.untilLines(...all('start: 0 there, 0 here, 0 were missing'));
  await order();
  // Nothing ran meanwhile: all that was due comes late and at once.
  await floor.sleep(1_800);
  await platforms.untilLines(...all('resume: 1 there, 1 here, 1 were missing'));
});

test('what ended while the station was off is told in the start report, at its first start there is none', async () => {
  await using platforms = await openAll();
  const { floor, order } = platforms;
  const report = async () => (await floor.station.handlers.station.get({}, caller)).station.startReport;
  expect(await report()).toBeNull();
  await floor.stop();
  await order();
  await floor.clock.advance(5 * 3_600_000);
  await floor.start();
  await platforms.untilLines(...all('start: 1 there, 1 here, 1 were missing'));
  const found = await report();
  expect(found).toMatchObject({ offSeconds: 5 * 3_600 });
  expect(
    found?.connections.map(({ connection, callbacks, there, here, missing }) => [
      connection,
      callbacks,
      there,
      here,
      missing,
    ]),
  ).toEqual([
    ['cc', 'none', 1, 1, 1],
    ['pa', 'stillRetried', 1, 1, 1],
    ['px', 'stillRetried', 1, 1, 1],
  ]);
});

/** Writes garbage over the beginning of a database, and over its log. */
const corrupt = async (dataFolder: string): Promise<void> => {
  for (const name of ['platen.db', 'platen.db-wal']) {
    const file = await open(join(dataFolder, name), constants.O_RDWR | constants.O_CREAT);
    await file.write(Buffer.alloc(8_192, 'no database'), 0, 8_192, 0);
    await file.close();
  }
};

test('after a corrupted database is restored from a backup, the lists give back every order that came later', async () => {
  await using platforms = await openAll();
  const { floor, order } = platforms;
  const dataFolder = join(floor.folder, 'data');
  await platforms.untilLines(...all('start: 0 there, 0 here, 0 were missing'));
  await order();
  for (const id of ids) await floor.station.handlers.connections.reconcile({ id }, caller);
  await platforms.untilLines(...all('asked: 1 there, 1 here, 1 were missing'));
  const before = await floor.orders();
  const name = `platen-${stampOf(floor.clock.nowMs())}.db`;
  await mkdir(join(dataFolder, 'backups'), { recursive: true });
  await floor.station.handlers.station.backup({ path: join(dataFolder, 'backups', name) }, caller);
  await order();
  await order();
  for (const id of ids) await floor.station.handlers.connections.reconcile({ id }, caller);
  await platforms.untilLines(...all('asked: 3 there, 3 here, 2 were missing'));
  const known = await floor.orders();
  expect(known).toHaveLength(9);

  await floor.stop();
  await corrupt(dataFolder);
  await floor.start();
  const { station } = await floor.station.handlers.station.get({}, caller);
  expect(station.notices.map(({ text }) => text)).toContainEqual(expect.stringContaining(`restored from ${name}`));
  // The control: the backup knows the first orders only.
  expect(before).toHaveLength(3);
  await platforms.untilLines(...all('start: 3 there, 3 here, 2 were missing'));
  const names = (orders: typeof known) => orders.map(({ connection, externalId }) => `${connection}:${externalId}`);
  expect(names(await floor.orders()).toSorted()).toEqual(names(known).toSorted());
});
