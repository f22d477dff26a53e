import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { saveConnection } from '../../../main/core/connections/connection-table.ts';
import { appendHistory } from '../../../main/core/store/history.ts';
import { insertRows } from '../../../main/core/store/insert-rows.ts';
import { refreshProgressOfOrders } from '../../../main/core/store/refresh-progress.ts';
import { Store, type WriteTransaction } from '../../../main/core/store/store.ts';

const ordersAtOnce = 2_000;
/** About what a platform's order with two items has. */
const documentBytes = 2_000;
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const customers = ['Fjord Books', 'Harbour Prints', 'Nordlys Foto', 'Vandkant', 'Atelier Blanc', 'Kleine Welt'];
const titles = ['Poster A3', 'Photo book 21 x 28', 'Canvas 60 x 40', 'Calendar 2027', 'Flyer DL'];

/** How far the items of the seeded orders are, in twentieths; every order has work left. */
const stagesOfTwenty = [
  ...Array.from({ length: 12 }, () => 'printReady' as const),
  ...Array.from({ length: 3 }, () => 'handedOver' as const),
  ...Array.from({ length: 3 }, () => 'produced' as const),
  ...Array.from({ length: 2 }, () => 'packed' as const),
];

export const connectionId = 'cp';

const itemCountOf = (number: number): number => 1 + ((number - 1) % 3);

/** Whether an operator can still say `produced` of the items of the seeded order `number`. */
export const isToBeProduced = (number: number): boolean =>
  ['printReady', 'handedOver'].includes(pick(stagesOfTwenty, number)) && number % 50 !== 7;

const pick = <Value>(values: readonly Value[], index: number): Value => {
  const value = values[index % values.length];
  if (value === undefined) throw new Error('nothing to pick from');
  return value;
};

/** The platform's id of the seeded order `number`, from 1; its items are called `ID-1`, `ID-2`, … */
export const externalIdOf = (number: number): string => String(700_000_000 + number);

const seedOrders = async (transaction: WriteTransaction, first: number, count: number, nowMs: number) => {
  const numbers = Array.from({ length: count }, (_, index) => first + index);
  const orderIds = await insertRows(
    transaction,
    'orders',
    numbers.map((number) => ({
      connectionId,
      externalId: externalIdOf(number),
      customer: pick(customers, number),
      reference: `REF-${number}`,
      titles: pick(titles, number),
      platformPriority: '2',
      shippingMethod: 'standard',
      consignor: pick(customers, number),
      deliveryJson: null,
      document: JSON.stringify({ order: { id: externalIdOf(number), text: 'x'.repeat(documentBytes) } }),
      documentFormat: 'json 2.2',
      contentHash: `seeded ${number}`,
      unknownFieldsJson: '[]',
      receivedAtMs: nowMs - (number % 14_400) * minuteMs,
      // From half a day ago to nine days ahead, in an order of its own; every 25th has none.
      shipByMs: number % 25 === 0 ? null : nowMs - 12 * hourMs + ((number * 7_919) % 13_680) * minuteMs,
      reorder: number % 100 === 0 ? (1 as const) : (0 as const),
      stage: 'received' as const,
      problemCount: 0,
      held: 0 as const,
      open: 1 as const,
    })),
  );
  const items = orderIds.flatMap((orderId, index) => {
    const number = first + index;
    const stage = pick(stagesOfTwenty, number);
    const reachedAtMs = nowMs - (number % 2_880) * minuteMs;
    return Array.from({ length: itemCountOf(number) }, (_, place) => ({
      orderId,
      connectionId,
      externalId: `${externalIdOf(number)}-${place + 1}`,
      number: place + 1,
      title: pick(titles, number),
      product: 'poster_a3_p_fc',
      description: '',
      copies: 1 + (number % 4),
      pages: 1,
      optionsJson: '[]',
      receivedAtMs: reachedAtMs - hourMs,
      registeredAtMs: reachedAtMs - hourMs,
      fetchingAtMs: reachedAtMs - hourMs,
      printReadyAtMs: reachedAtMs,
      handedOverAtMs: stage === 'printReady' ? null : reachedAtMs,
      producedAtMs: stage === 'produced' || stage === 'packed' ? reachedAtMs : null,
      packedAtMs: stage === 'packed' ? reachedAtMs : null,
      heldAtMs: number % 50 === 7 ? reachedAtMs : null,
      heldNote: number % 50 === 7 ? 'wait for the paper' : null,
      stage: 'received' as const,
    }));
  });
  const itemIds = await insertRows(transaction, 'items', items);
  await insertRows(
    transaction,
    'files',
    items.map(({ orderId, externalId }, index) => ({
      orderId,
      itemId: itemIds[index] ?? null,
      connectionId,
      role: 'product',
      format: 'pdf',
      sourceUrl: `http://127.0.0.1:9/${externalId}.pdf`,
      sourceHost: '127.0.0.1:9',
      expectedBytes: 400_000,
      expectedMd5: null,
      state: orderId % 90 === 1 ? ('problem' as const) : ('ready' as const),
      name: `${externalId}.pdf`,
      relativePath: `${connectionId}/${externalId.slice(0, -2)}/${externalId}.pdf`,
      receivedBytes: 400_000,
      verification: 'size' as const,
      attempts: 1,
      mismatches: 0,
      priority: 0,
      problem: orderId % 90 === 1 ? 'the address answers 404' : null,
      problemCode: orderId % 90 === 1 ? 'gone' : null,
      readyAtMs: orderId % 90 === 1 ? null : nowMs - (orderId % 2_880) * minuteMs,
    })),
  );
  await insertRows(
    transaction,
    'outbox',
    items.map(({ orderId, externalId, receivedAtMs }, index) => ({
      place: 1,
      connectionId,
      orderId,
      itemId: itemIds[index] ?? 0,
      kind: 'registered' as const,
      platformName: 'ItemRegistered',
      payloadJson: JSON.stringify({ item: externalId }),
      mandatory: 1 as const,
      state: 'sent' as const,
      attempts: 1,
      createdAtMs: receivedAtMs,
      deadlineAtMs: receivedAtMs + hourMs,
      giveUpAtMs: receivedAtMs + 24 * hourMs,
      sentAtMs: receivedAtMs + minuteMs,
      createdBy: 'station',
    })),
  );
  await appendHistory(
    transaction,
    orderIds.map((orderId) => ({ atMs: nowMs, code: 'order.received', evidence: 'platformSaid' as const, orderId })),
  );
  await refreshProgressOfOrders(transaction, orderIds);
};

/** Makes a station's database with so many open orders of one to three items, through the station's own store. */
export const seedFloor = async (dataFolder: string, orders: number, nowMs: number): Promise<void> => {
  await mkdir(dataFolder, { recursive: true });
  const store = await Store.open(join(dataFolder, 'platen.db'));
  try {
    await store.write((transaction) =>
      saveConnection(
        transaction,
        { id: connectionId, platform: 'cloudprinter', settings: {}, fromConfig: false },
        nowMs,
        'bench',
      ),
    );
    for (let first = 1; first <= orders; first += ordersAtOnce) {
      const count = Math.min(ordersAtOnce, orders - first + 1);
      await store.write((transaction) => seedOrders(transaction, first, count, nowMs));
    }
  } finally {
    await store.close();
  }
};
