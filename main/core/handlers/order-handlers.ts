import type { Handlers } from '../../contract/contract.ts';
import { ContractError } from '../../contract/failure.ts';
import type { ItemView, OrderView } from '../../contract/orders.ts';
import type { OutboxView } from '../../contract/outbox.ts';
import { isFinal } from '../domain/stage.ts';
import { importDocument } from '../intake/document-import.ts';
import { holdItem } from '../orders/hold-item.ts';
import { signalItem } from '../orders/signal-item.ts';
import { resolveItem, resolveOrder } from '../store/references.ts';
import { historyOfOrder } from '../views/history-views.ts';
import { orderRowsById, pageOfOrders } from '../views/order-rows.ts';
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
      if (items.length === 0) throw new ContractError('conflict', 'every item is shipped or cancelled already');
      const held = items.find((item) => item.held !== null);
      if (held !== undefined) throw new ContractError('conflict', `item ${held.externalId} is held: resume it first`);
      const ids = await store.write(async (transaction) => {
        const queued: number[] = [];
        for (const item of items) {
          const id = await signalItem(transaction, {
            itemId: item.id,
            signal: { kind: 'shipped', tracking, ...(shippingOption === undefined ? {} : { shippingOption }) },
            connection,
            nowMs: clock.nowMs(),
            undoMs: parts.undoMs(),
            by,
          });
          if (id !== null) queued.push(id);
        }
        return queued;
      });
      parts.outbox.poke();
      return { signals: await signalsById(store.read, ids, clock.nowMs()) };
    },
  };
};

export const createItemHandlers = (parts: StationParts): Handlers['items'] => {
  const { store, clock } = parts;
  return {
    signal: async ({ item: reference, signal }, { by }) => {
      const item = await resolveItem(store.read, reference);
      const connection = parts.requireConnection(item.connectionId);
      const id = await store.write(async (transaction) => {
        const queued = await signalItem(transaction, {
          itemId: item.id,
          signal,
          connection,
          nowMs: clock.nowMs(),
          undoMs: parts.undoMs(),
          by,
        });
        if (signal.kind === 'cancel') await parts.hotFolders.callOffItem(transaction, item.id);
        return queued;
      });
      parts.outbox.poke();
      return { signal: await readSignal(parts, id), item: await readItem(parts, item.orderId, item.id) };
    },
    hold: async ({ item: reference, note }, { by }) => {
      const item = await resolveItem(store.read, reference);
      await store.write(async (transaction) => {
        await holdItem(transaction, item.id, note, clock.nowMs(), by);
        await parts.hotFolders.callOffItem(transaction, item.id);
      });
      return { item: await readItem(parts, item.orderId, item.id) };
    },
    resume: async ({ item: reference }, { by }) => {
      const item = await resolveItem(store.read, reference);
      await store.write(async (transaction) => {
        await holdItem(transaction, item.id, null, clock.nowMs(), by);
        await parts.hotFolders.routeItem(transaction, item.id);
      });
      parts.hotFolders.poke();
      return { item: await readItem(parts, item.orderId, item.id) };
    },
  };
};
