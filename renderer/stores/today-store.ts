import { createStore } from 'zustand/vanilla';
import type { TodayView } from '../../main/contract/today.ts';
import { Feed } from './feed.ts';
import { createSlowly } from './slowly.ts';
import type { LoadState, StoreDeps } from './store-deps.ts';

/** The numbers are asked for again at most this often, however much changes. */
const pauseMs = 10_000;
/** After a ship-by, a deadline or a midnight: then it has passed on the station's clock, too. */
const turnMarginMs = 1_000;

export interface TodayState {
  readonly load: LoadState;
  readonly today: TodayView | null;
  /** The day that is looked at, `YYYY-MM-DD`; null: the one that it is. */
  readonly day: string | null;
  readonly show: (day: string | null) => void;
  /** Keeps the numbers fresh until what it answers is called. Nothing is asked for while no screen shows them. */
  readonly watch: () => () => void;
}

const timeZoneOfThisScreen = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

export const createTodayStore = ({ link, now }: StoreDeps) => {
  let watchers = 0;
  /** Whether the station may have other numbers by now. */
  let stale = false;
  let turn: ReturnType<typeof setTimeout> | undefined;

  const startFeed = () =>
    new Feed(link, {
      // Every change of the station is one that can move a number; none of them says which.
      events: (client) => client.station.onChanged,
      snapshot: (client) => {
        const { day } = store.getState();
        return client.today.get({ timeZone: timeZoneOfThisScreen(), ...(day === null ? {} : { day }) });
      },
      onSnapshot: ({ today }) => {
        stale = false;
        store.setState({ today, load: { kind: 'ready', asOf: now() } });
        waitForTurn(today);
      },
      onEvent: () => noteChange(),
      onFailure: (error) => store.setState({ load: { kind: 'failed', message: error.message } }),
    });
  let feed: ReturnType<typeof startFeed> | null = null;

  const askAgain = createSlowly(pauseMs, async () => feed?.refresh());

  const noteChange = (): void => {
    stale = true;
    if (watchers > 0) askAgain();
  };

  /** By the span alone: this screen's clock may not be the station's. */
  const waitForTurn = ({ asOf, turnsAt }: TodayView): void => {
    clearTimeout(turn);
    if (turnsAt === null) return;
    turn = setTimeout(noteChange, Date.parse(turnsAt) - Date.parse(asOf) + turnMarginMs);
  };

  const store = createStore<TodayState>()((set) => ({
    load: { kind: 'loading' },
    today: null,
    day: null,
    show: (day) => {
      set({ day });
      void feed?.refresh();
    },
    watch: () => {
      watchers += 1;
      if (feed === null) feed = startFeed();
      else if (stale) askAgain();
      return () => {
        watchers -= 1;
      };
    },
  }));
  return store;
};
