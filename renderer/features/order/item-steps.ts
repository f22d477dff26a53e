import type { ItemView } from '../../../main/contract/orders.ts';
import type { OutboxView } from '../../../main/contract/outbox.ts';
import { type SignalKind, type Stage, stages } from '../../../main/contract/values.ts';

/** The steps of making an item that an operator tells the platform. */
export const madeSteps = ['started', 'produced', 'packed', 'shipped'] as const;
export type MadeStep = (typeof madeSteps)[number];

/** What became of a step: `open` can be told; the others say what was told, and when. */
export type StepState =
  | { readonly kind: 'open' }
  | { readonly kind: 'closed' }
  | { readonly kind: 'queued'; readonly since: string }
  | { readonly kind: 'said'; readonly at: string }
  | { readonly kind: 'stuck'; readonly since: string };

/** The signal of a kind that counts: the last one that was neither taken back nor replaced by a retry. */
const countingSignal = (signals: readonly OutboxView[], kind: SignalKind): OutboxView | undefined =>
  signals.findLast((signal) => signal.kind === kind && signal.state !== 'cancelled' && signal.retriedAs === null);

/** What was told of an item before it was made again inside the shop says nothing of its new making. */
const signalsOfThisMaking = ({ signals, reprints }: ItemView): readonly OutboxView[] => {
  const madeAgainAt = reprints.at(-1)?.at;
  return madeAgainAt === undefined ? signals : signals.filter(({ createdAt }) => createdAt > madeAgainAt);
};

const isOver = (stage: Stage): boolean => stage === 'shipped' || stage === 'cancelled';

/** Whether a step can be told now. A step is never guessed from another: only its own signal or its own stage counts. */
export const stepState = (item: ItemView, step: MadeStep): StepState => {
  const signal = countingSignal(signalsOfThisMaking(item), step);
  if (signal !== undefined) {
    if (signal.state === 'sent') return { kind: 'said', at: signal.sentAt ?? signal.createdAt };
    if (signal.state === 'problem' || signal.state === 'maybe') return { kind: 'stuck', since: signal.createdAt };
    return { kind: 'queued', since: signal.createdAt };
  }
  const reachedAt = step === 'started' ? undefined : item.reached[step];
  if (reachedAt !== undefined) return { kind: 'said', at: reachedAt };
  // The station takes no step back: what came before a step that was told can no longer be told.
  const later = madeSteps.slice(madeSteps.indexOf(step) + 1);
  const isPast = later.some((name) => name !== 'started' && item.reached[name] !== undefined);
  return isPast || isOver(item.stage) ? { kind: 'closed' } : { kind: 'open' };
};

/** Whether error, cancel and hold still make sense. */
export const isWorkLeft = (item: ItemView): boolean =>
  !isOver(item.stage) && countingSignal(item.signals, 'cancel') === undefined;

/** The items of which a step can be told now. */
export const itemsForStep = (items: readonly ItemView[], step: MadeStep): readonly ItemView[] =>
  items.filter((item) => item.held === null && stepState(item, step).kind === 'open');

/** Whether it makes sense to have an item made again: something of it was made, and it has not left. */
export const canBeReprinted = (item: ItemView): boolean =>
  isWorkLeft(item) && (item.reached.handedOver !== undefined || item.reached.produced !== undefined);

/** The step that comes next by the item's stage; its button stands out. */
export const nextStep = (item: ItemView): 'handOver' | MadeStep | null => {
  if (!isWorkLeft(item) || item.held !== null) return null;
  const order: readonly (readonly [Stage, 'handOver' | MadeStep])[] = [
    ['packed', 'shipped'],
    ['produced', 'packed'],
    ['pickedUp', 'produced'],
    ['printReady', 'handOver'],
  ];
  const reached = stages.indexOf(item.stage);
  return order.find(([stage]) => reached >= stages.indexOf(stage))?.[1] ?? null;
};
