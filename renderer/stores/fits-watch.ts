import type { HotFolderView, ItemFits } from '../../main/contract/hot-folders.ts';
import type { StationLink } from '../client/station-link.ts';
import { perform } from './perform.ts';
import { createSlowly } from './slowly.ts';

/** At least this long between two questions: a burst of events is answered once. */
const askPauseMs = 500;

export interface FitsWatch {
  /** Keeps an item's fits up to date until the function that it answers is called. */
  readonly watch: (item: number) => () => void;
}

const rulesOf = (folders: readonly HotFolderView[]): string =>
  JSON.stringify(folders.map(({ id, accepts }) => [id, accepts]));

/** Asks how watched items fit the hot folders: at once, and when a folder, a file or a hand-over may have changed that. */
export const watchFits = (link: StationLink, onAnswer: (item: number, answer: ItemFits) => void): FitsWatch => {
  /** How many places of the screen show an item. */
  const watched = new Map<number, number>();
  const orderOf = new Map<number, number>();
  let rules = '';

  const ask = createSlowly(askPauseMs, async () => {
    await Promise.all(
      [...watched.keys()].map(async (item) => {
        const outcome = await perform(link, (client) => client.hotFolders.fits({ item }));
        // A failure leaves what was known; the station refuses in the end what does not fit.
        if (outcome.kind !== 'done') return;
        orderOf.set(item, outcome.value.item.orderId);
        onAnswer(item, outcome.value);
      }),
    );
  });
  const concerns = (orderIds: readonly number[]): void => {
    const ofOrder = (item: number): boolean => {
      const order = orderOf.get(item);
      return order === undefined || orderIds.includes(order);
    };
    if ([...watched.keys()].some(ofOrder)) ask();
  };

  link.onClient((client) => {
    client.orders.onChanged(({ orders }) => concerns(orders.map(({ id }) => id)));
    client.files.onChanged(({ files }) => concerns(files.map(({ orderId }) => orderId)));
    client.hotFolders.onChanged(({ hotFolders, handovers }) => {
      const before = rules;
      rules = rulesOf(hotFolders);
      if (before !== rules && watched.size > 0) ask();
      else concerns(handovers.map(({ orderId }) => orderId));
    });
    if (watched.size > 0) ask();
  });
  return {
    watch: (item) => {
      watched.set(item, (watched.get(item) ?? 0) + 1);
      ask();
      return () => {
        const left = (watched.get(item) ?? 1) - 1;
        if (left > 0) watched.set(item, left);
        else watched.delete(item);
      };
    },
  };
};
