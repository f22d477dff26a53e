import { createStore } from 'zustand/vanilla';
import type { ItemView, OrderRow } from '../../main/contract/orders.ts';
import type { KeptText } from '../client/kept-text.ts';
import { type Outcome, perform } from './perform.ts';
import { type ScanAnswer, type ScanKind, scanKindOf } from './scan-answer.ts';
import { readScannerSettings, type ScannerSettings } from './scanner-settings.ts';
import { createSlowly } from './slowly.ts';
import type { StoreDeps } from './store-deps.ts';

/** The item that was scanned last, which the commands act on. */
export interface ScannedItem {
  readonly item: ItemView;
  readonly order: OrderRow;
}

/** How the last scan ended. */
export interface LastScan {
  /** Counts up with every answer: the same kind twice in a row is two scans. */
  readonly sequence: number;
  readonly kind: ScanKind;
  readonly answer: ScanAnswer;
}

export interface ScannerState {
  readonly settings: ScannerSettings;
  /** Null until something is scanned. */
  readonly lastScan: LastScan | null;
  readonly current: ScannedItem | null;
  /** The current item is to be shipped: what is scanned or typed next is its tracking number. */
  readonly asksTracking: boolean;
  /** How many scans wait for the station, or for a dialog to be closed. */
  readonly waiting: number;
  /** Whether there is something to show: from a scan on, until it is put away or nobody scans any more. */
  readonly isShown: boolean;
  readonly saveSettings: (settings: ScannerSettings) => void;
  readonly answer: (answer: ScanAnswer) => void;
  readonly setWaiting: (waiting: number) => void;
  /** Makes an item the current one. */
  readonly take: (itemId: number) => Promise<Outcome<ScannedItem>>;
  readonly letGo: () => void;
  readonly hide: () => void;
  readonly askTracking: (asks: boolean) => void;
  /** The orders that a number leads to, open or not; `total` counts those that are not listed too. */
  readonly findOrders: (
    text: string,
  ) => Promise<Outcome<{ readonly orders: readonly OrderRow[]; readonly total: number }>>;
}

export interface ScannerStoreDeps extends StoreDeps {
  /** How the scanner of this workstation is set up. */
  readonly scanner: KeptText;
}

/** At least this long between two readings of the current item: a burst of events is read once. */
const readPauseMs = 150;
/** Whoever scans a command so long after an item may have another one in the hand: the item has to be scanned again. */
const letGoAfterMs = 5 * 60_000;
/** Enough to find the one whose number is the scanned one among those that only contain it. */
const mostFound = 50;

/** What was scanned at this workstation, and what came of it. */
export const createScannerStore = ({ link, scanner }: Pick<ScannerStoreDeps, 'link' | 'scanner'>) => {
  let letGoTimer: ReturnType<typeof setTimeout> | undefined;
  const store = createStore<ScannerState>()((set, get) => {
    /** Each scan shows that somebody is at work with the item. */
    const keepAlive = (): void => {
      clearTimeout(letGoTimer);
      letGoTimer = setTimeout(() => get().hide(), letGoAfterMs);
    };
    return {
      settings: readScannerSettings(scanner.read()),
      lastScan: null,
      current: null,
      asksTracking: false,
      waiting: 0,
      isShown: false,
      saveSettings: (settings) => {
        scanner.write(JSON.stringify(settings));
        set({ settings });
      },
      answer: (answer) => {
        const sequence = (get().lastScan?.sequence ?? 0) + 1;
        set({ isShown: true, lastScan: { sequence, kind: scanKindOf[answer.kind], answer } });
        keepAlive();
      },
      setWaiting: (waiting) => set({ waiting }),
      take: async (itemId) => {
        const outcome = await perform(link, async (client): Promise<ScannedItem> => {
          const { item, order } = await client.items.get({ item: itemId });
          return { item, order };
        });
        if (outcome.kind === 'done') set({ current: outcome.value, asksTracking: false });
        return outcome;
      },
      letGo: () => set({ current: null, asksTracking: false }),
      hide: () => {
        clearTimeout(letGoTimer);
        get().letGo();
        set({ isShown: false });
      },
      askTracking: (asksTracking) => set({ asksTracking }),
      findOrders: (text) =>
        perform(link, (client) => client.orders.list({ search: text, offset: 0, limit: mostFound })),
    };
  });

  const read = createSlowly(readPauseMs, async () => {
    const { current } = store.getState();
    const { client } = link;
    if (current === null || client === null) return;
    const found = await client.items.get({ item: current.item.id }).catch(() => null);
    if (found === null || store.getState().current?.item.id !== current.item.id) return;
    store.setState({ current: { item: found.item, order: found.order } });
  });
  link.onClient((client) => {
    const concerns = (orderIds: readonly number[]): void => {
      const { current } = store.getState();
      if (current !== null && orderIds.includes(current.order.id)) read();
    };
    client.orders.onChanged(({ orders }) => concerns(orders.map((row) => row.id)));
    client.outbox.onChanged(({ signals }) => concerns(signals.map((signal) => signal.orderId)));
    read();
  });
  return store;
};
