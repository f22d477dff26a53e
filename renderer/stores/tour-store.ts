import { createStore } from 'zustand/vanilla';
import type { Client } from '../../main/contract/contract.ts';
import type { OrderView } from '../../main/contract/orders.ts';
import type { TourMemory } from '../client/tour-memory.ts';
import type { OrderState } from './order-store.ts';
import type { PagesState } from './pages-store.ts';
import { perform } from './perform.ts';
import { createSlowly } from './slowly.ts';
import { stepsDone, type TourStep, tourSteps } from './tour-steps.ts';
import type { TrainingStoreDeps } from './training-store.ts';

export interface TourState {
  /** The card is shown; a closed one is opened again from the band. */
  readonly open: boolean;
  /** Which step it shows; one past the last says that the tour is over. */
  readonly index: number;
  readonly done: ReadonlySet<TourStep>;
  /** The orders of the practice station, by urgency. */
  readonly orders: readonly OrderView[];
  /** To the next step, whether this one is done or skipped. */
  readonly next: () => void;
  readonly back: () => void;
  readonly close: () => void;
  readonly reopen: () => void;
}

export interface TourStoreDeps extends TrainingStoreDeps {
  readonly tour: TourMemory;
}

/** What the tour reads of the screen beside the station. */
interface Seen {
  readonly order: Readable<Pick<OrderState, 'order'>>;
  readonly pages: Readable<Pick<PagesState, 'pagesSeen'>>;
}

interface Readable<State> {
  readonly getState: () => State;
  readonly subscribe: (listener: () => void) => () => void;
}

/** At least this long between two readings of the practice station. */
const readPauseMs = 300;
const mostOrders = 50;

/** The guided tour: which step the person is at, and which are done by what the practice station shows. */
export const createTourStore = ({ link, training, tour }: TourStoreDeps, seen: Seen) => {
  let epoch = '';
  let troubled: ReadonlySet<number> = new Set();

  const moveTo = (index: number): void => {
    store.setState({ index: Math.min(Math.max(index, 0), tourSteps.length) });
    keep();
  };
  const show = (open: boolean): void => {
    store.setState({ open });
    keep();
  };
  const store = createStore<TourState>()((_set, get) => ({
    open: true,
    index: 0,
    done: new Set<TourStep>(),
    orders: [],
    next: () => moveTo(get().index + 1),
    back: () => moveTo(get().index - 1),
    close: () => show(false),
    reopen: () => {
      // From the end it begins anew: nobody opens it to read that it is over.
      if (get().index === tourSteps.length) moveTo(0);
      show(true);
    },
  }));

  const keep = (): void => {
    const { index, open, done } = store.getState();
    if (epoch !== '') tour.write({ epoch, index, open, done: [...done], troubled: [...troubled] });
  };

  const note = (orders: readonly OrderView[]): void => {
    const { done: before } = store.getState();
    const troubledBefore = troubled;
    troubled = new Set([...troubled, ...orders.filter(({ problemCount }) => problemCount > 0).map(({ id }) => id)]);
    const done = new Set([
      ...before,
      ...stepsDone({
        orders,
        orderIsOpen: seen.order.getState().order !== null,
        pagesSeen: seen.pages.getState().pagesSeen,
        troubled,
      }),
    ]);
    const isNews = done.size > before.size;
    store.setState({ orders, ...(isNews ? { done } : {}) });
    if (isNews || troubled.size > troubledBefore.size) keep();
  };

  /** Takes up the tour where it was left, when it is still the same practice. */
  const takeUp = (present: string): void => {
    epoch = present;
    const kept = tour.read();
    const mine = kept?.epoch === present ? kept : null;
    troubled = new Set(mine?.troubled);
    store.setState({
      open: mine?.open ?? true,
      index: Math.min(mine?.index ?? 0, tourSteps.length),
      done: new Set(tourSteps.filter((step) => mine?.done.includes(step))),
    });
  };

  const ask = async (client: Client) => {
    if (epoch === '') takeUp((await client.station.get({})).epoch);
    return client.orders.listDetailed({ limit: mostOrders });
  };
  const read = createSlowly(readPauseMs, async () => {
    const outcome = await perform(link, ask);
    if (outcome.kind === 'done') note(outcome.value.orders);
  });

  if (training.practising) {
    link.onClient((client) => {
      epoch = '';
      const { orders, files, outbox, hotFolders } = client;
      for (const onChanged of [orders.onChanged, files.onChanged, outbox.onChanged, hotFolders.onChanged]) {
        onChanged(() => read());
      }
      read();
    });
    seen.order.subscribe(() => note(store.getState().orders));
    seen.pages.subscribe(() => note(store.getState().orders));
  }
  return store;
};
