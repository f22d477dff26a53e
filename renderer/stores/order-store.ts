import { createStore } from 'zustand/vanilla';
import type { Client } from '../../main/contract/contract.ts';
import type { HistoryEntry } from '../../main/contract/history.ts';
import type { OrderView, SignalRequest } from '../../main/contract/orders.ts';
import type { AttemptView, OutboxView } from '../../main/contract/outbox.ts';
import { toContractError } from './feed.ts';
import { watchJobs } from './job-watch.ts';
import { type Outcome, perform } from './perform.ts';
import { createSlowly } from './slowly.ts';
import type { LoadState, StoreDeps } from './store-deps.ts';

/** An order by the station's own id, or as `connection:externalId`. */
export type OrderRef = number | string;

export interface OrderState {
  readonly ref: OrderRef | null;
  readonly load: LoadState;
  readonly order: OrderView | null;
  readonly history: readonly HistoryEntry[];
  /** The attempt that the platform accepted, by the id of its signal. */
  readonly accepted: Readonly<Record<number, AttemptView>>;
  /** Shows an order from now on, and has its open jobs looked at until the function that it answers is called. */
  readonly open: (ref: OrderRef) => () => void;
  /** Says the same of one or several items, as one action. */
  readonly signal: (items: readonly number[], signal: SignalRequest) => Promise<Outcome<unknown>>;
  readonly ship: (order: number, tracking: string, shippingOption: string) => Promise<Outcome<unknown>>;
  readonly reprint: (item: number, reason: string) => Promise<Outcome<unknown>>;
  readonly addNote: (order: number, text: string) => Promise<Outcome<unknown>>;
  readonly hold: (item: number, note: string) => Promise<Outcome<unknown>>;
  readonly resume: (item: number) => Promise<Outcome<unknown>>;
}

/** At least this long between two readings of the open order: a burst of events is read once. */
const readPauseMs = 150;

const signalsOf = (order: OrderView): readonly OutboxView[] => order.items.flatMap((item) => item.signals);

/** The open order, read again whenever something of it changed. */
export const createOrderStore = ({ link, now }: StoreDeps) => {
  const store = createStore<OrderState>()((set, get) => {
    const askAndRead = async <T>(ask: (client: Client) => Promise<T>): Promise<Outcome<T>> => {
      const outcome = await perform(link, ask);
      read();
      return outcome;
    };
    return {
      ref: null,
      load: { kind: 'loading' },
      order: null,
      history: [],
      accepted: {},
      open: (ref) => {
        if (get().ref !== ref) set({ ref, load: { kind: 'loading' }, order: null, history: [], accepted: {} });
        read();
        return watchJobs({
          look: async () => {
            const outcome = await perform(link, (client) => client.jobs.checkOrder({ order: ref }));
            return outcome.kind === 'done' || outcome.error.code !== 'unreachable';
          },
          hasOpenJobs: () => get().order?.jobs.some((job) => !job.final) ?? false,
        });
      },
      signal: (items, signal) => askAndRead((client) => client.items.signalMany({ items: [...items], signal })),
      ship: (order, tracking, shippingOption) =>
        askAndRead((client) =>
          client.orders.ship({ order, tracking, ...(shippingOption === '' ? {} : { shippingOption }) }),
        ),
      reprint: (item, reason) => askAndRead((client) => client.items.reprint({ item, reason })),
      addNote: (order, text) => askAndRead((client) => client.orders.addNote({ order, text })),
      hold: (item, note) => askAndRead((client) => client.items.hold({ item, note })),
      resume: (item) => askAndRead((client) => client.items.resume({ item })),
    };
  });

  const readOnce = async (): Promise<void> => {
    const { ref } = store.getState();
    const client = link.client;
    if (ref === null || client === null) return;
    try {
      const { order, history } = await client.orders.get({ order: ref });
      if (store.getState().ref !== ref) return;
      store.setState({ order, history, load: { kind: 'ready', asOf: now() } });
      await readAccepted(client, order);
    } catch (thrown) {
      const error = toContractError(thrown);
      if (store.getState().ref !== ref || error.code === 'unreachable') return;
      store.setState({ load: { kind: 'failed', message: error.message } });
    }
  };

  /** What the platform answered stands in the attempts; those of a sent signal never change, so each is read once. */
  const readAccepted = async (client: Client, order: OrderView): Promise<void> => {
    const missing = signalsOf(order).filter(
      (signal) => signal.state === 'sent' && store.getState().accepted[signal.id] === undefined,
    );
    const answers = await Promise.all(missing.map((signal) => client.outbox.get({ id: signal.id })));
    const found = answers.flatMap(({ signal, attempts }) => {
      const last = attempts.toSorted((a, b) => a.at.localeCompare(b.at)).at(-1);
      return last === undefined ? [] : [[signal.id, last] as const];
    });
    if (found.length === 0 || store.getState().order?.id !== order.id) return;
    store.setState((state) => ({ accepted: { ...state.accepted, ...Object.fromEntries(found) } }));
  };

  const read = createSlowly(readPauseMs, readOnce);

  link.onClient((client) => {
    const concerns = (orderIds: readonly number[]): void => {
      const { order } = store.getState();
      if (order === null || orderIds.includes(order.id)) read();
    };
    client.orders.onChanged(({ orders }) => concerns(orders.map((row) => row.id)));
    client.files.onChanged(({ files }) => concerns(files.map((file) => file.orderId)));
    client.jobs.onChanged(({ jobs }) => concerns(jobs.flatMap((job) => job.orderId ?? [])));
    client.outbox.onChanged(({ signals }) => concerns(signals.map((signal) => signal.orderId)));
    client.hotFolders.onChanged(({ handovers }) => concerns(handovers.map((handover) => handover.orderId)));
    read();
  });
  return store;
};
