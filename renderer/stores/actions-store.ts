import { createStore } from 'zustand/vanilla';
import type { ActionView } from '../../main/contract/actions.ts';
import { Feed } from './feed.ts';
import { type Outcome, perform } from './perform.ts';
import type { StoreDeps } from './store-deps.ts';

/** Something that somebody did, and until when it can be undone by this screen's clock, in milliseconds since 1970. */
export interface UndoableAction extends ActionView {
  readonly endsAt: number;
}

export interface ActionsState {
  /** What can be undone now, newest first. */
  readonly actions: readonly UndoableAction[];
  readonly undo: (id: number) => Promise<Outcome<unknown>>;
}

/** An event is here this soon; an action that seems older, or not to have happened yet, was dated by another clock. */
const eventTakesMs = 2_000;

const spanMs = ({ at, undoUntil }: ActionView): number => Date.parse(undoUntil) - Date.parse(at);

/** When a new action's undo time ends here: this screen's clock may not be the station's. */
const endOfNew = (action: ActionView, now: number): number => {
  const ageMs = now - Date.parse(action.at);
  return ageMs >= 0 && ageMs < eventTakesMs ? Date.parse(action.undoUntil) : now + spanMs(action);
};

/** The same of an action of which nothing tells how old it is. */
const endOfOld = (action: ActionView, now: number): number =>
  Math.min(Math.max(Date.parse(action.undoUntil), now), now + spanMs(action));

/** What anybody did that can still be undone. Each action goes by itself when its time is over. */
export const createActionsStore = ({ link, now }: Pick<StoreDeps, 'link' | 'now'>) => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const store = createStore<ActionsState>()(() => ({
    actions: [],
    undo: (id) => perform(link, (client) => client.actions.undo({ id })),
  }));

  const show = (actions: readonly UndoableAction[]): void => {
    clearTimeout(timer);
    const present = now();
    const left = actions.filter(({ endsAt }) => endsAt > present);
    store.setState({ actions: left });
    if (left.length === 0) return;
    timer = setTimeout(() => show(left), Math.min(...left.map(({ endsAt }) => endsAt)) - present);
  };

  const take = (actions: readonly ActionView[], endOf: (action: ActionView, now: number) => number): void => {
    const known = new Map(store.getState().actions.map((action) => [action.id, action.endsAt]));
    show(actions.map((action) => ({ ...action, endsAt: known.get(action.id) ?? endOf(action, now()) })));
  };

  new Feed(link, {
    events: (client) => client.actions.onChanged,
    snapshot: (client) => client.actions.list({}),
    onSnapshot: ({ actions }) => take(actions, endOfOld),
    onEvent: ({ actions }) => take(actions, endOfNew),
    // The feed asks again; what cannot be listed cannot be undone either.
    onFailure: () => store.setState({ actions: [] }),
  });
  return store;
};
