import type { TodayView } from '../../../../main/contract/today.ts';
import type { Lane } from '../../../../main/contract/values.ts';
import type { ConnectionDirectory } from '../../../../main/core/connections/connection-directory.ts';
import { acceptOrder } from '../../../../main/core/intake/accept-order.ts';
import type { Platform } from '../../../../main/core/platforms/platform.ts';
import { refreshProgress } from '../../../../main/core/store/refresh-progress.ts';
import type { Store } from '../../../../main/core/store/store.ts';
import type { ItemTable } from '../../../../main/core/store/tables/order-tables.ts';
import { type OrderFilter, orderRowsById, pageOfOrders } from '../../../../main/core/views/order-rows.ts';
import { bordersOf, dayAt } from '../../../../main/core/views/today-borders.ts';
import { readToday } from '../../../../main/core/views/today-view.ts';
import { createFakePlatform } from '../../../support/fake-platform.ts';
import { sampleOrder } from '../../../support/sample-order.ts';
import { connectTo, openTestStore } from '../../../support/test-store.ts';

type Fact = Exclude<Extract<keyof ItemTable, `${string}AtMs`>, 'receivedAtMs'>;

/** An order as a test tells it: moments are ISO 8601, one list of facts for each item. */
export interface DayOrder {
  readonly name: string;
  readonly connection?: string;
  readonly lane?: Lane;
  readonly received?: string;
  readonly shipBy?: string;
  readonly reorder?: boolean;
  readonly items?: readonly Partial<Readonly<Record<Fact, string>>>[];
  readonly heldNote?: string;
}

/** A store with orders on a real database, and the day as the station would tell it. */
export interface DayFloor {
  readonly store: Store;
  readonly connections: ConnectionDirectory;
  /** Answers the order's id. */
  readonly put: (order: DayOrder) => Promise<number>;
  readonly today: (now: string, timeZone?: string, day?: string) => Promise<TodayView>;
  /** The names of the orders that a filter leads to. */
  readonly listed: (filter: OrderFilter) => Promise<readonly string[]>;
}

export const openDayFloor = async (
  platform: Platform = createFakePlatform(),
  ids: readonly string[] = ['shop'],
): Promise<DayFloor> => {
  const { store } = await openTestStore();
  const connections = await connectTo(store, platform, ids);
  return {
    store,
    connections,
    put: async ({ name, items = [{}], connection: id = 'shop', ...order }) => {
      const connection = connections.find(id);
      if (connection === null) throw new Error(`no connection ${id}`);
      return store.write(async (transaction) => {
        const { orderId } = await acceptOrder(transaction, {
          connection,
          order: sampleOrder(name, items.length, {
            shipByMs: order.shipBy === undefined ? null : Date.parse(order.shipBy),
          }),
          nameTemplate: '{order}_{item}',
          nowMs: Date.parse(order.received ?? '2026-07-01T06:00:00Z'),
          by: 'platform',
        });
        const { db } = transaction;
        for (const [index, facts] of items.entries()) {
          const reached = Object.fromEntries(Object.entries(facts).map(([fact, moment]) => [fact, Date.parse(moment)]));
          await db
            .updateTable('items')
            .set({ heldNote: order.heldNote ?? null, ...reached })
            .where('orderId', '=', orderId)
            .where('number', '=', index + 1)
            .execute();
        }
        await db
          .updateTable('orders')
          .set({ lane: order.lane ?? 'own', reorder: order.reorder === true ? 1 : 0 })
          .where('id', '=', orderId)
          .execute();
        await refreshProgress(transaction, orderId);
        return orderId;
      });
    },
    today: async (now, timeZone = 'UTC', day = dayAt(Date.parse(now), timeZone)) => {
      const borders = bordersOf(day, timeZone);
      if (borders === null) throw new Error(`no day ${day}`);
      const deps = {
        db: store.read,
        connections: connections.all(),
        platformName: (id: string) => `Platform ${id}`,
        startReport: async () => null,
      };
      return readToday(deps, borders, timeZone, Date.parse(now));
    },
    listed: async (filter) => {
      const { ids: found, total } = await pageOfOrders(store.read, filter, 0, 100);
      const rows = await orderRowsById(store.read, found);
      if (rows.length !== total) throw new Error(`${rows.length} rows of ${total}`);
      return rows.map(({ externalId }) => externalId);
    },
  };
};
