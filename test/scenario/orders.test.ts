import { readdir } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { OrderView } from '../../main/contract/orders.ts';
import { makeOrder, reorderOf } from '../../main/training/orders/make-order.ts';
import { ORDER_FORMATS } from '../sandbox/cloudprinter/documents.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { rowCounts } from '../support/scenario-database.ts';
import { postDocument } from '../support/scenario-post.ts';
import { startRip } from '../support/scenario-rip.ts';
import { connectionTo, openShop } from '../support/scenario-shop.ts';
import { startStation } from '../support/scenario-station.ts';
import { until } from '../support/scenario-until.ts';
import { everyOrder, filesOfOrder, itemAt, itemRefOf, orderOf, untilOrder } from '../support/scenario-views.ts';

const statesOf = (order: OrderView, position: number): readonly string[] =>
  itemAt(order, position).handovers.map(({ state }) => state);

test('Reorders go first, in the list and in the downloads, and are linked to their original', async () => {
  const shop = await openShop({ config: { files: { concurrency: 1 } } });
  const { sandbox } = shop;
  const { client, intakeUrl } = await startStation(shop);
  const soon = new Date(Date.now() + 3_600_000);
  const late = new Date(Date.now() + 90 * 86_400_000);
  const original = makeOrder({ number: 1, items: [{ product: 'poster' }] });
  await sandbox.post(original, { to: intakeUrl });
  const originalView = await untilOrder(client, original, 'is ready', ({ filesReady }) => filesReady === 1);

  // One slow file holds the only place while all others come in behind it.
  const slow = makeOrder({ number: 2, items: [{ product: 'poster', exactBytes: 400_000 }] });
  sandbox.fileKnobs.set({ match: { order: slow.id }, fault: { kind: 'slow', bytesPerSecond: 400_000 } });
  await sandbox.post(slow, { to: intakeUrl });
  await until('the place is taken', () => sandbox.openTransfers === 1);
  const usual = [3, 4, 5].map((number) => makeOrder({ number, items: [{ product: 'flyer' }], shipBy: soon }));
  const reorder = makeOrder({
    number: 6,
    items: [{ product: 'poster', reorder: reorderOf(original) }],
    shipBy: late,
  });
  for (const order of [...usual, reorder]) await sandbox.post(order, { to: intakeUrl });
  expect(sandbox.openTransfers).toBe(1);
  await until('all are ready', async () => (await everyOrder(client)).every((order) => order.filesReady === 1));
  const fetched = sandbox.ledger.ofKind('file').map(({ path }) => path.split('/')[2]);
  expect(fetched).toEqual([original, slow, reorder, ...usual].map(({ id }) => id));
  expect(Math.max(...sandbox.ledger.ofKind('file').map(({ openTransfers }) => openTransfers))).toBe(1);

  const { orders } = await client.orders.list({});
  expect(orders[0]).toMatchObject({ externalId: reorder.id, reorder: true });
  expect(orders.slice(1).every((order) => !order.reorder)).toBe(true);
  expect(itemAt(await orderOf(client, reorder), 1).reorder).toEqual({
    cause: 'reorder_shipping_item_damaged',
    description: 'Two copies arrived with crushed corners.',
    originalOrder: original.id,
    originalItem: original.items[0]?.id,
    originalOrderId: originalView.id,
  });
});

test('A changed repeat is kept as a revision and shown; an identical one changes nothing', async () => {
  const shop = await openShop();
  const { sandbox } = shop;
  const { client, intakeUrl } = await startStation(shop);
  const order = makeOrder({ number: 1, items: [{ product: 'poster', copies: 3, title: 'Tides' }] });
  const document = await sandbox.document(order);
  const changed = { ...document, body: document.body.replace('"count":"3"', '"count":"8"') };
  expect(changed.body).not.toBe(document.body);
  const answers: string[] = [];
  for (const each of [document, document, changed, changed, document]) {
    answers.push((await postDocument(intakeUrl, each)).text.trim());
  }
  expect(answers).toEqual(['stored', 'known', 'revision', 'known', 'known']);
  const view = await orderOf(client, order);
  expect(itemAt(view, 1).copies).toBe(3);
  expect(view.revisions).toMatchObject([{ summary: '8 × Tides' }]);
  const { history } = await client.orders.get({ order: `cp:${order.id}` });
  expect(history.filter(({ code }) => code === 'order.revision')).toMatchObject([{ evidence: 'platformSaid' }]);
  expect(rowCounts(shop.dataFolder)).toMatchObject({ orders: 1, items: 1, files: 1, order_revisions: 1 });
});

/** What must be the same of an order, whichever way it was written: without the ids and moments of this station. */
const contentOf = (order: OrderView) => ({
  externalId: order.externalId,
  customer: order.customer,
  reference: order.reference,
  shippingMethod: order.shippingMethod,
  consignor: order.consignor,
  delivery: order.delivery,
  copies: order.copies,
  reorder: order.reorder,
  items: order.items.map(
    ({ externalId, number, title, product, description, copies, pages, options, reorder, files }) => ({
      ...{ externalId, number, title, product, description, copies, pages, options, reorder },
      files: files.map(({ role, format, name, expectedBytes, expectedMd5 }) => ({
        role,
        format,
        name,
        expectedBytes,
        expectedMd5,
      })),
    }),
  ),
  files: order.files.map(({ role, format, expectedBytes, expectedMd5 }) => ({
    role,
    format,
    expectedBytes,
    expectedMd5,
  })),
});

test('JSON 2.2, JSON 2.1 and XML 2.1 give the same order, and orders.import takes the same path', async () => {
  // One connection for each way, because an order is one per connection.
  const ways = [...ORDER_FORMATS, 'import'] as const;
  const idOf = (way: string): string => way.replace('.', '');
  const shop = await openShop();
  const { sandbox } = shop;
  const { client, intakeBase } = await startStation(shop);
  const { signalUrl, orderKey, signalKey } = sandbox;
  for (const way of ways) {
    const { allowPrivateAddresses, rate: _rate } = connectionTo(sandbox, {});
    const settings = { signalUrl, allowPrivateAddresses: allowPrivateAddresses === true };
    await client.connections.save({
      id: idOf(way),
      platform: 'cloudprinter',
      settings,
      secrets: { orderKey, signalKey },
    });
  }
  const original = makeOrder({ number: 1 });
  const order = makeOrder({
    number: 2,
    items: [
      { product: 'book', copies: 12, title: 'Æbler & <Pærer> "quoted"', reorder: reorderOf(original) },
      { product: 'poster', copies: 1 },
    ],
    clientName: 'Müller & Søn',
    address: { name: 'Åse Ørsted', company: 'Café & Co', street2: '3. tv' },
    shippingLabel: true,
  });
  for (const format of ORDER_FORMATS) {
    const to = `${intakeBase}/in/${idOf(format)}`;
    const answer = await postDocument(to, await sandbox.document(order, format));
    expect(answer, format).toMatchObject({ status: 200, text: 'stored\n' });
  }
  const xml = await sandbox.document(order, 'xml-2.1');
  const imported = await client.orders.import({ connection: 'import', document: xml.body });
  expect(imported).toMatchObject({ externalId: order.id, outcome: 'stored' });
  // Whichever way it comes again, it is the one that is here already.
  const again = await postDocument(`${intakeBase}/in/import`, xml);
  expect(again).toMatchObject({ status: 200, text: 'known\n' });

  const orders = await Promise.all(
    ways.map(async (way) => (await client.orders.get({ order: `${idOf(way)}:${order.id}` })).order),
  );
  const [first] = orders;
  expect(first?.items).toHaveLength(2);
  expect(first?.items[0]?.title).toBe('Æbler & <Pærer> "quoted"');
  expect(first?.delivery?.name).toBe('Åse Ørsted');
  expect(first?.files.map(({ role }) => role)).toEqual(['shippingLabel']);
  for (const each of orders) expect(contentOf(each)).toEqual(first === undefined ? null : contentOf(first));
  // The XML has no shipping date (Cloudprinter order API XML 2.1).
  expect(orders.map(({ shipBy }) => shipBy)).toEqual([
    order.shipBy.toISOString(),
    order.shipBy.toISOString(),
    null,
    null,
  ]);
  await until('each is fetched and registered', async () => {
    const all = await everyOrder(client);
    const registered = all.flatMap(({ items }) => items).every(({ reached }) => reached.registered !== undefined);
    return registered && all.every(({ filesReady }) => filesReady === 4);
  });
});

test('A held item is fetched and not handed over, until it is resumed', async () => {
  const shop = await openShop();
  const { sandbox } = shop;
  const clock = createFakeClock();
  const { client, intakeUrl } = await startStation(shop, { clock });
  const away = sandbox.fileKnobs.set({ fault: { kind: 'status', status: 503 } });
  const order = makeOrder({ number: 1, items: [{ product: 'poster' }, { product: 'flyer' }] });
  await sandbox.post(order, { to: intakeUrl });
  await client.items.hold({ item: itemRefOf(order, 1), note: 'the customer is asked' });
  away.remove();
  const held = await untilOrder(
    client,
    order,
    'has the other item in the hot folder',
    (view) => view.filesReady === 2 && statesOf(view, 2).includes('sent'),
    { turning: clock },
  );
  expect(itemAt(held, 1)).toMatchObject({ held: { note: 'the customer is asked' }, handovers: [] });
  expect(await readdir(shop.hotFolder)).toEqual([itemAt(held, 2).files[0]?.name]);
  const shipped = { kind: 'shipped', tracking: '1Z' } as const;
  await expect(client.items.signal({ item: itemRefOf(order, 1), signal: shipped })).rejects.toThrow(/held/u);

  await client.items.resume({ item: itemRefOf(order, 1) });
  const resumed = await untilOrder(client, order, 'has both', (view) => statesOf(view, 1).includes('sent'), {
    turning: clock,
  });
  expect(itemAt(resumed, 1).held).toBeNull();
  expect((await readdir(shop.hotFolder)).toSorted()).toEqual(
    filesOfOrder(resumed)
      .map(({ name }) => name)
      .toSorted(),
  );
});

test('The undo of a cancel resumes fetching and hand-over', async () => {
  const shop = await openShop({ config: { signals: { undoSeconds: 60 } } });
  const { sandbox } = shop;
  const clock = createFakeClock();
  const turning = { turning: clock };
  const { client, intakeUrl } = await startStation(shop, { clock });
  const away = sandbox.fileKnobs.set({ fault: { kind: 'status', status: 503 } });
  const order = makeOrder({ number: 1, items: [{ product: 'poster' }, { product: 'flyer' }] });
  const [first = ''] = order.items.map(({ id }) => id);
  await sandbox.post(order, { to: intakeUrl });
  // The clock stands still: a file that is not under way now is not asked for again.
  await untilOrder(client, order, 'waits for its files', (view) => {
    const states = filesOfOrder(view).map(({ state }) => state);
    return states.includes('waiting') && !states.includes('fetching');
  });
  const cancel = { kind: 'cancel', cause: 'CancelFilesCorrupt', text: 'The file stops the RIP' } as const;
  const { signal, item } = await client.items.signal({ item: itemRefOf(order, 1), signal: cancel });
  expect(item.stage).toBe('cancelled');
  expect(signal).toMatchObject({ state: 'queued', waitsFor: 'the time to undo it' });
  away.remove();
  const without = await untilOrder(client, order, 'has the other item', (view) => statesOf(view, 2).includes('sent'), {
    ...turning,
    stepMs: 100,
  });
  expect(itemAt(without, 1)).toMatchObject({ stage: 'cancelled', handovers: [] });
  expect(itemAt(without, 1).files.map(({ state, nextAttemptAt }) => [state === 'ready', nextAttemptAt])).toEqual([
    [false, null],
  ]);
  const fetchedOfFirst = () =>
    sandbox.ledger.ofKind('file').filter((entry) => entry.item === first && entry.status === 200);
  expect(fetchedOfFirst()).toEqual([]);

  await client.outbox.undo({ ids: [signal?.id ?? 0] });
  const back = await untilOrder(client, order, 'has both', (view) => statesOf(view, 1).includes('sent'), turning);
  expect(itemAt(back, 1).stage).toBe('handedOver');
  expect(fetchedOfFirst()).toHaveLength(1);
  // The platform never heard of it, not even when its time to be undone is over.
  await clock.advance(120_000);
  await until('nothing is under way', async () => ((await client.outbox.list({})).countByState.sending ?? 0) === 0);
  expect(sandbox.acceptedTypes(first)).toEqual(['ItemRegistered']);
  expect(await client.outbox.get({ id: signal?.id ?? 0 })).toMatchObject({ signal: { state: 'cancelled' } });

  // A cancel that nobody takes back does go out, and stays.
  const second = await client.items.signal({ item: itemRefOf(order, 2), signal: cancel });
  await clock.advance(61_000);
  await sandbox.ledger.waitFor('signal', ({ type, accepted }) => type === 'ItemCanceled' && accepted);
  await expect(client.outbox.undo({ ids: [second.signal?.id ?? 0] })).rejects.toThrow(/can no longer be undone/u);
});

test('A hand-over can be undone while the file lies there, and not once the RIP has it', async () => {
  const shop = await openShop();
  const { sandbox } = shop;
  const clock = createFakeClock();
  const turning = { turning: clock };
  const { client, intakeUrl } = await startStation(shop, { clock });
  const order = makeOrder({ number: 1, items: [{ product: 'poster' }] });
  await sandbox.post(order, { to: intakeUrl });
  const lying = await untilOrder(client, order, 'lies there', (view) => statesOf(view, 1).includes('sent'), turning);
  const [handover] = itemAt(lying, 1).handovers;
  expect(handover).toMatchObject({ undoable: true });
  expect(await readdir(shop.hotFolder)).toEqual([handover?.fileName]);

  const undone = await client.hotFolders.undo({ handover: handover?.id ?? 0 });
  expect(undone.handover).toMatchObject({ state: 'undone', undoable: false });
  expect(await readdir(shop.hotFolder)).toEqual([]);
  // It does not go back by itself.
  await clock.advance(60_000);
  expect(await readdir(shop.hotFolder)).toEqual([]);
  expect(statesOf(await orderOf(client, order), 1)).toEqual(['undone']);

  const released = await client.hotFolders.release({ item: itemRefOf(order, 1), hotFolder: 'press' });
  await untilOrder(client, order, 'lies there again', (view) => statesOf(view, 1).includes('sent'), turning);
  await startRip(shop.hotFolder);
  await untilOrder(client, order, 'is at the RIP', ({ stage }) => stage === 'pickedUp', turning);
  await expect(client.hotFolders.undo({ handover: released.handovers[0]?.id ?? 0 })).rejects.toThrow(
    'the RIP has already taken it',
  );
});
