import { createServer, type Server } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { makeOrder } from '../../main/training/orders/make-order.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { startRip } from '../support/scenario-rip.ts';
import { openShop } from '../support/scenario-shop.ts';
import { startStation } from '../support/scenario-station.ts';
import { until } from '../support/scenario-until.ts';
import { filesOfOrder, itemAt, itemRefOf, untilOrder } from '../support/scenario-views.ts';

const hourMs = 3_600_000;

/** A network that lets nobody through: it ends every connection to the port and counts it. */
const listenAsDeadNetwork = async (port: number): Promise<{ readonly server: Server; connections(): number }> => {
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    socket.resetAndDestroy();
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { server, connections: () => connections };
};

test('With the network gone, orders can be worked and signals queue; when it is back they go out in order, without a rush of probes', async () => {
  const shop = await openShop();
  const { sandbox } = shop;
  const clock = createFakeClock();
  const turning = { turning: clock };
  await startRip(shop.hotFolder);
  const { client, intakeUrl } = await startStation(shop, { clock });
  const first = makeOrder({ number: 1, items: [{ product: 'poster' }, { product: 'flyer' }] });
  await sandbox.post(first, { to: intakeUrl });
  await untilOrder(
    client,
    first,
    'is at the RIP and registered',
    (order) => order.stage === 'pickedUp' && order.items.every(({ reached }) => reached.registered !== undefined),
    turning,
  );

  const during = makeOrder({ number: 2, items: [{ product: 'poster' }] });
  const document = await sandbox.document(during);
  await sandbox.goOffline();
  const network = await listenAsDeadNetwork(Number(new URL(sandbox.url).port));
  const sequenceBefore = sandbox.ledger.all().at(-1)?.sequence ?? 0;

  // The floor works on: every step is written down at once, and waits to be told.
  const item1 = itemRefOf(first, 1);
  const item2 = itemRefOf(first, 2);
  for (const kind of ['produced', 'packed'] as const) await client.items.signal({ item: item1, signal: { kind } });
  await client.items.signal({ item: item1, signal: { kind: 'shipped', tracking: '1Z-OFFLINE' } });
  await client.items.signal({
    item: item2,
    signal: { kind: 'cancel', cause: 'CancelFilesCorrupt', text: 'The file stops the RIP' },
  });
  await client.orders.import({ connection: 'cp', document: document.body });
  const worked = await untilOrder(client, first, 'is worked', (order) => order.stage === 'shipped');
  expect([itemAt(worked, 1).stage, itemAt(worked, 2).stage]).toEqual(['shipped', 'cancelled']);

  // Six hours of it: 15 s, 30 s, 1 min … 1 h between the probes of the signals, up to 5 min between those of the files.
  const stepMs = 60_000;
  for (let passedMs = 0; passedMs < 6 * hourMs; passedMs += stepMs) {
    const seen = network.connections();
    await clock.advance(stepMs);
    await until('what was begun has ended', async () => {
      const { countByState } = await client.outbox.list({});
      const files = await client.files.list({ states: ['fetching', 'verifying'] });
      return (countByState.sending ?? 0) === 0 && files.total === 0;
    });
    // One probe for the signals, one for the files, and a spare of each where a wait ends twice in a minute.
    expect(network.connections() - seen).toBeLessThanOrEqual(passedMs < 300_000 ? 8 : 3);
  }
  const queued = await client.outbox.list({});
  expect(queued.countByState).toMatchObject({ sent: 2 });
  expect(queued.signals.filter(({ state }) => state !== 'sent')).toHaveLength(5);
  const attempts = queued.signals.reduce((sum, { state, attempts: tried }) => sum + (state === 'sent' ? 0 : tried), 0);
  expect(attempts).toBeGreaterThan(5);
  // The first rush may be as wide as what was under way; from then on it is one probe at a time.
  expect(attempts).toBeLessThanOrEqual(18);
  expect(network.connections()).toBeLessThanOrEqual(18 + 100);
  const { connections } = await client.connections.list({});
  expect(connections[0]).toMatchObject({ state: 'waiting' });
  expect((await client.station.get({})).station.counts).toMatchObject({ problemOrders: 0, problemSignals: 0 });
  expect((await client.orders.get({ order: `cp:${during.id}` })).order.problemCount).toBe(0);

  // The platform is not well at once: one signal in the middle of an item's is turned away.
  sandbox.signalKnobs.set({ match: { type: 'ItemPacked' }, times: 1, fault: { kind: 'status', status: 503 } });
  await new Promise((resolve) => network.server.close(resolve));
  await sandbox.goOnline();
  await until('all signals are out', async () => ((await client.outbox.list({})).countByState.sent ?? 0) === 7, {
    ...turning,
    stepMs: 30_000,
  });
  expect(sandbox.acceptedTypes(itemAt(worked, 1).externalId)).toEqual([
    'ItemRegistered',
    'ItemProduced',
    'ItemPacked',
    'ItemShipped',
  ]);
  expect(sandbox.acceptedTypes(itemAt(worked, 2).externalId)).toEqual(['ItemRegistered', 'ItemCanceled']);
  // Each was taken once: no answer was lost, so nothing was said twice.
  const told = sandbox.ledger.ofKind('signal').filter(({ sequence }) => sequence > sequenceBefore);
  expect(told.filter(({ accepted }) => accepted)).toHaveLength(5);
  expect(told.filter(({ accepted }) => !accepted)).toMatchObject([{ type: 'ItemPacked' }]);
  const caughtUp = await untilOrder(client, during, 'is at the RIP', (order) => order.stage === 'pickedUp', {
    ...turning,
    stepMs: 30_000,
  });
  expect(filesOfOrder(caughtUp).map(({ state }) => state)).toEqual(['ready']);
  expect((await client.connections.list({})).connections[0]).toMatchObject({ state: 'open', problem: null });
});
