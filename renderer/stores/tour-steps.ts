import type { ItemView, OrderView } from '../../main/contract/orders.ts';
import type { SignalKind } from '../../main/contract/values.ts';

/** The steps of the tour, in their order. */
export const tourSteps = [
  'arrive',
  'open',
  'pages',
  'handOver',
  'pickUp',
  'produced',
  'undo',
  'ship',
  'problem',
] as const;
export type TourStep = (typeof tourSteps)[number];

/** What the practice station and the screen show now. */
export interface TourFacts {
  readonly orders: readonly OrderView[];
  /** The screen shows an order. */
  readonly orderIsOpen: boolean;
  /** Somebody has paged through a file. */
  readonly pagesSeen: boolean;
  /** Orders that had a problem at any time, by their ids. */
  readonly troubled: ReadonlySet<number>;
}

/** Whether a signal was told to the platform, sent or on its way: not one that was taken back. */
const isTold = ({ signals }: ItemView, kind: SignalKind): boolean =>
  signals.some((signal) => signal.kind === kind && signal.state !== 'cancelled');

const isSettled = (order: OrderView): boolean =>
  order.problemCount === 0 || order.items.some((item) => isTold(item, 'error') || isTold(item, 'cancel'));

/** Whether a step is done by what is there, whichever way it came about. */
const isDone = (step: TourStep, { orders, orderIsOpen, pagesSeen, troubled }: TourFacts): boolean => {
  const items = orders.flatMap((order) => order.items);
  switch (step) {
    case 'arrive':
      return orders.length > 0;
    case 'open':
      return orderIsOpen;
    case 'pages':
      return pagesSeen;
    case 'handOver':
      return items.some(({ reached, handovers }) => reached.handedOver !== undefined || handovers.length > 0);
    case 'pickUp':
      return items.some(({ reached }) => reached.pickedUp !== undefined);
    case 'produced':
      return items.some((item) => isTold(item, 'produced'));
    case 'undo':
      return items.some(({ signals }) => signals.some(({ state }) => state === 'cancelled'));
    case 'ship':
      return items.some((item) => isTold(item, 'shipped'));
    case 'problem':
      return orders.some((order) => troubled.has(order.id) && isSettled(order));
  }
};

/** The steps that the facts show as done. */
export const stepsDone = (facts: TourFacts): readonly TourStep[] => tourSteps.filter((step) => isDone(step, facts));

/** The order that the tour speaks of first: the one with the least to hand over, of those without a problem. */
export const leadOrder = (orders: readonly OrderView[]): OrderView | null =>
  orders
    .filter(({ problemCount, reorder }) => problemCount === 0 && !reorder)
    .toSorted((a, b) => a.filesTotal - b.filesTotal || a.id - b.id)[0] ?? null;

/** The order whose problem is still to be solved. */
export const troubledOrder = (orders: readonly OrderView[]): OrderView | null =>
  orders.find((order) => order.problemCount > 0) ?? null;
