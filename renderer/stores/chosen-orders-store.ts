import { createStore } from 'zustand/vanilla';
import type { Client } from '../../main/contract/contract.ts';
import type { ItemView, OrderView, SignalRequest } from '../../main/contract/orders.ts';
import { type Outcome, perform } from './perform.ts';
import type { StoreDeps } from './store-deps.ts';

/** Of an order, the items that something is meant for. */
export type ItemsOf = (order: OrderView) => readonly ItemView[];

/** What was said of how many; `left` are items of the chosen orders that it was not said of. */
export interface SaidOfOrders {
  readonly items: number;
  readonly orders: number;
  readonly left: number;
}

export interface ChosenOrdersState {
  /** Ids of orders; null while nobody chooses. */
  readonly chosen: ReadonlySet<number> | null;
  readonly begin: () => void;
  readonly end: () => void;
  readonly choose: (ids: readonly number[], isChosen: boolean) => void;
  /** Says the same of items of all chosen orders, as one action. */
  readonly signal: (signal: SignalRequest, itemsOf: ItemsOf) => Promise<Outcome<SaidOfOrders>>;
  /** Holds items of all chosen orders, as one action. */
  readonly hold: (note: string, itemsOf: ItemsOf) => Promise<Outcome<SaidOfOrders>>;
}

/** Each is read before something is said of it. */
export const mostChosenOrders = 100;
/** As many as the station takes in one action. */
const mostAtOnce = 500;

/** Orders that are chosen together in the Orders list. */
export const createChosenOrdersStore = ({ link }: Pick<StoreDeps, 'link'>) =>
  createStore<ChosenOrdersState>()((set, get) => {
    const say = (
      itemsOf: ItemsOf,
      tell: (client: Client, items: readonly number[]) => Promise<void>,
    ): Promise<Outcome<SaidOfOrders>> =>
      perform(link, async (client) => {
        const ids = [...(get().chosen ?? [])];
        const orders = (await Promise.all(ids.map((order) => client.orders.get({ order })))).map(({ order }) => order);
        const meant = orders.map((order) => itemsOf(order).map(({ id }) => id));
        const items = meant.flat();
        if (items.length > 0) await tell(client, items);
        return {
          items: items.length,
          orders: meant.filter((ofOrder) => ofOrder.length > 0).length,
          left: orders.flatMap((order) => order.items).length - items.length,
        };
      });
    return {
      chosen: null,
      begin: () => set({ chosen: new Set() }),
      end: () => set({ chosen: null }),
      choose: (ids, isChosen) => {
        const chosen = new Set(get().chosen ?? []);
        for (const id of ids) {
          if (!isChosen) chosen.delete(id);
          else if (chosen.size < mostChosenOrders) chosen.add(id);
        }
        set({ chosen });
      },
      signal: (signal, itemsOf) =>
        say(itemsOf, async (client, items) => {
          for (let from = 0; from < items.length; from += mostAtOnce) {
            await client.items.signalMany({ items: items.slice(from, from + mostAtOnce), signal });
          }
        }),
      hold: (note, itemsOf) =>
        say(itemsOf, async (client, items) => {
          for (let from = 0; from < items.length; from += mostAtOnce) {
            await client.items.holdMany({ items: items.slice(from, from + mostAtOnce), note });
          }
        }),
    };
  });
