import type { Handlers } from '../../contract/contract.ts';
import { ContractError } from '../../contract/failure.ts';
import type { ItemView, OrderView, SignalRequest } from '../../contract/orders.ts';
import type { OutboxView } from '../../contract/outbox.ts';
import { stationLine } from '../../contract/station-lines/station-lines.ts';
import { isFinal } from '../domain/stage.ts';
import { importDocument } from '../intake/document-import.ts';
import { addNote } from '../orders/add-note.ts';
import { holdItem, resumeItem } from '../orders/hold-item.ts';
import { holdItems } from '../orders/hold-items.ts';
import { reprintItem } from '../orders/reprint-item.ts';
import { signalItems } from '../orders/signal-items.ts';
import { resolveItem, resolveOrder } from '../store/references.ts';
import { historyOfOrder } from '../views/history-views.ts';
import { orderRowsById, pageOfOrders, placesOfOrders } from '../views/order-rows.ts';
import { orderViewsById } from '../views/order-views.ts';
import { signalsById } from '../views/outbox-views.ts';
import type { StationParts } from './station-parts.ts';

const readOrder = async (parts: StationParts, orderId: number): Promise<OrderView> => {
  const [order] = await orderViewsById(parts.orderViewDeps(), [orderId]);
  if (order === undefined) throw new ContractError('notFound', `there is no order ${orderId}`);
  return order;
};

const readItem = async (parts: StationParts, orderId: number, itemId: number): Promise<ItemView> => {
  const order = await readOrder(parts, orderId);
  const item = order.items.find((candidate) => candidate.id === itemId);
  if (item === undefined) throw new ContractError('notFound', `there is no item ${itemId}`);
  return item;
};

const readSignal = async (parts: StationParts, id: number | null): Promise<OutboxView | null> =>
  id === null ? null : ((await signalsById(parts.store.read, [id], parts.clock.nowMs()))[0] ?? null);

export const createOrderHandlers = (parts: StationParts): Handlers['orders'] => {
  const { store, clock } = parts;
  return {
    list: async ({ offset, limit, ...filter }) => {
      const mark = parts.snapshotMark();
      const page = await pageOfOrders(store.read, filter, offset, limit);
      const orders = await orderRowsById(store.read, page.ids);
      return { ...mark, total: page.total, problemCount: page.problemCount, orders };
    },
    places: async (filter) => {
      const mark = parts.snapshotMark();
      return { ...mark, ...(await placesOfOrders(store.read, filter)) };
    },
    rows: async ({ ids }) => {
      const mark = parts.snapshotMark();
      return { ...mark, orders: await orderRowsById(store.read, ids) };
    },
    listDetailed: async ({ offset, limit, ...filter }) => {
      const page = await pageOfOrders(store.read, filter, offset, limit);
      return { total: page.total, orders: await orderViewsById(parts.orderViewDeps(), page.ids) };
    },
    get: async ({ order: reference }) => {
      const mark = parts.snapshotMark();
      const orderId = await resolveOrder(store.read, reference);
      const [order, history] = await Promise.all([readOrder(parts, orderId), historyOfOrder(store.read, orderId)]);
      return { ...mark, order, history };
    },
    import: async ({ connection: id, document }, { by }) => {
      const connection = parts.requireConnection(id);
      const { documents, name } = connection.platform;
      if (documents === undefined) throw new ContractError('conflict', `${name} has no order documents to import`);
      const imported = await importDocument(documents, connection.settings, document, (order) =>
        parts.acceptOrder(connection, order, by),
      );
      if (imported.kind === 'refused') throw new ContractError('invalidInput', imported.message);
      return { orderId: imported.orderId, externalId: imported.externalId, outcome: imported.outcome };
    },
    ship: async ({ order: reference, tracking, shippingOption }, { by }) => {
      const orderId = await resolveOrder(store.read, reference);
      const order = await readOrder(parts, orderId);
      const connection = parts.requireConnection(order.connection);
      const items = order.items.filter((item) => !isFinal(item.stage));
      if (items.length === 0) throw new ContractError('conflict', stationLine('allShipped'));
      const held = items.find((item) => item.held !== null);
      if (held !== undefined)
        throw new ContractError('conflict', stationLine('namedItemHeld', { item: held.externalId }));
      const ids = await store.write((transaction) =>
        signalItems(transaction, {
          items: items.map(({ id }) => ({ id, connection })),
          signal: { kind: 'shipped', tracking, ...(shippingOption === undefined ? {} : { shippingOption }) },
          nowMs: clock.nowMs(),
          undoMs: parts.undoMs(),
          by,
        }),
      );
      parts.outbox.poke();
      return { signals: await signalsById(store.read, ids, clock.nowMs()) };
    },
    addNote: async ({ order: reference, text }, { by }) => {
      const orderId = await resolveOrder(store.read, reference);
      await store.write((transaction) => addNote(transaction, orderId, text, clock.nowMs(), by));
      return { order: await readOrder(parts, orderId) };
    },
  };
};

export const createItemHandlers = (parts: StationParts): Handlers['items'] => {
  const { store, clock } = parts;

  const signalAll = async (
    items: readonly { readonly id: number; readonly connectionId: string }[],
    signal: SignalRequest,
    by: string,
  ): Promise<readonly number[]> => {
    const ids = await store.write(async (transaction) => {
      const queued = await signalItems(transaction, {
        items: items.map(({ id, connectionId }) => ({ id, connection: parts.requireConnection(connectionId) })),
        signal,
        nowMs: clock.nowMs(),
        undoMs: parts.undoMs(),
        by,
      });
      if (signal.kind !== 'cancel') return queued;
      for (const { id } of items) await parts.hotFolders.callOffItem(transaction, id);
      return queued;
    });
    parts.outbox.poke();
    return ids;
  };
  return {
    get: async ({ item: reference }) => {
      const mark = parts.snapshotMark();
      const { id, orderId } = await resolveItem(store.read, reference);
      const [item, [order]] = await Promise.all([readItem(parts, orderId, id), orderRowsById(store.read, [orderId])]);
      if (order === undefined) throw new ContractError('notFound', `there is no order ${orderId}`);
      return { ...mark, item, order };
    },
    signal: async ({ item: reference, signal }, { by }) => {
      const item = await resolveItem(store.read, reference);
      const ids = await signalAll([item], signal, by);
      return { signal: await readSignal(parts, ids[0] ?? null), item: await readItem(parts, item.orderId, item.id) };
    },
    signalMany: async ({ items: references, signal }, { by }) => {
      const items = await Promise.all(references.map((reference) => resolveItem(store.read, reference)));
      const ids = await signalAll(items, signal, by);
      return {
        signals: await signalsById(store.read, ids, clock.nowMs()),
        items: await Promise.all(items.map((item) => readItem(parts, item.orderId, item.id))),
      };
    },
    reprint: async ({ item: reference, reason }, { by }) => {
      const item = await resolveItem(store.read, reference);
      const input = { itemId: item.id, reason, nowMs: clock.nowMs(), undoMs: parts.undoMs(), by };
      await store.write((transaction) => reprintItem(transaction, input));
      return { item: await readItem(parts, item.orderId, item.id) };
    },
    hold: async ({ item: reference, note }, { by }) => {
      const item = await resolveItem(store.read, reference);
      await store.write(async (transaction) => {
        await holdItem(transaction, item.id, note, clock.nowMs(), by);
        await parts.hotFolders.callOffItem(transaction, item.id);
      });
      return { item: await readItem(parts, item.orderId, item.id) };
    },
    holdMany: async ({ items: references, note }, { by }) => {
      const items = await Promise.all(references.map((reference) => resolveItem(store.read, reference)));
      const itemIds = items.map(({ id }) => id);
      await store.write(async (transaction) => {
        await holdItems(transaction, { itemIds, note, nowMs: clock.nowMs(), undoMs: parts.undoMs(), by });
        for (const id of itemIds) await parts.hotFolders.callOffItem(transaction, id);
      });
      return { items: await Promise.all(items.map((item) => readItem(parts, item.orderId, item.id))) };
    },
    resume: async ({ item: reference }, { by }) => {
      const item = await resolveItem(store.read, reference);
      await store.write(async (transaction) => {
        await resumeItem(transaction, item.id, clock.nowMs(), by);
        await parts.hotFolders.routeItem(transaction, item.id);
      });
      parts.hotFolders.poke();
      return { item: await readItem(parts, item.orderId, item.id) };
    },
  };
};
