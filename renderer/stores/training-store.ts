import { createStore } from 'zustand/vanilla';
import type { RealStation } from '../../main/contract/training.ts';
import type { TrainingPlace } from '../client/training-place.ts';
import { Feed } from './feed.ts';
import { type Outcome, perform } from './perform.ts';
import type { StoreDeps } from './store-deps.ts';

export interface TrainingState {
  /** This page works with the practice station. */
  readonly practising: boolean;
  /** How the real station does meanwhile; null until it is known. */
  readonly real: RealStation | null;
  readonly enter: () => Promise<Outcome<unknown>>;
  readonly leave: () => Promise<void>;
}

export interface TrainingStoreDeps extends StoreDeps {
  readonly training: TrainingPlace;
}

/** Leaving waits no longer than this for the practice station to know of it. */
const longestFarewellMs = 1_000;
/** So long nobody touches a screen that practises: then it goes back, for whoever comes next wants the real station. */
const leaveAfterAwayMs = 20 * 60_000;
const lookEveryMs = 30_000;

/** Whether this page practises, the ways in and out, and how the real station does meanwhile. */
export const createTrainingStore = ({ link, training, hand }: TrainingStoreDeps) => {
  const store = createStore<TrainingState>()(() => ({
    practising: training.practising,
    real: null,
    enter: async () => {
      const outcome = await perform(link, (client) => client.training.enter({}));
      if (outcome.kind === 'done') training.enter();
      return outcome;
    },
    leave: async () => {
      const patience = new Promise((resolve) => setTimeout(resolve, longestFarewellMs));
      await Promise.race([perform(link, (client) => client.training.leave({})), patience]);
      training.leave();
    },
  }));
  if (!training.practising) return store;

  new Feed(link, {
    events: (client) => client.training.onChanged,
    snapshot: (client) => client.training.real({}),
    onSnapshot: ({ real }) => store.setState({ real }),
    onEvent: ({ real }) => store.setState({ real }),
    // Its next event says it.
    onFailure: () => undefined,
  });
  link.onState((state) => {
    // The practice station is gone, and nothing here leads to the real one but the way back.
    if (state.kind === 'lost' && state.cause === 'refused') training.leave();
  });
  const look = (): void => {
    if (hand.awayMs() >= leaveAfterAwayMs) void store.getState().leave();
    else setTimeout(look, lookEveryMs);
  };
  setTimeout(look, lookEveryMs);
  return store;
};
