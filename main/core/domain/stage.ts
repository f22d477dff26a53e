import { type Stage, stages } from '../../contract/values.ts';

/** The facts of an item, each with the moment it became true. Nothing is inferred from silence. */
export interface StageFacts {
  readonly receivedAtMs: number;
  readonly registeredAtMs: number | null;
  readonly fetchingAtMs: number | null;
  readonly printReadyAtMs: number | null;
  readonly handedOverAtMs: number | null;
  readonly pickedUpAtMs: number | null;
  readonly producedAtMs: number | null;
  readonly packedAtMs: number | null;
  readonly shippedAtMs: number | null;
  readonly cancelledAtMs: number | null;
}

const factOf: Readonly<Record<Stage, keyof StageFacts>> = {
  received: 'receivedAtMs',
  registered: 'registeredAtMs',
  fetching: 'fetchingAtMs',
  printReady: 'printReadyAtMs',
  handedOver: 'handedOverAtMs',
  pickedUp: 'pickedUpAtMs',
  produced: 'producedAtMs',
  packed: 'packedAtMs',
  shipped: 'shippedAtMs',
  cancelled: 'cancelledAtMs',
};

/** When a stage was reached; null when nothing proves it. */
export const reachedAtMs = (facts: StageFacts, stage: Stage): number | null => facts[factOf[stage]];

/** The furthest stage that a fact proves. */
export const stageOf = (facts: StageFacts): Stage =>
  stages.findLast((stage) => reachedAtMs(facts, stage) !== null) ?? 'received';

const rank = (stage: Stage): number => stages.indexOf(stage);

/** An order is as far as its slowest item; cancelled items do not hold it back, unless all are cancelled. */
export const orderStageOf = (itemStages: readonly Stage[]): Stage => {
  const alive = itemStages.filter((stage) => stage !== 'cancelled');
  if (alive.length === 0) return itemStages.length === 0 ? 'received' : 'cancelled';
  return alive.reduce((slowest, stage) => (rank(stage) < rank(slowest) ? stage : slowest));
};

/** No work is left: nothing more is fetched, handed over or expected. */
export const isFinal = (stage: Stage): boolean => stage === 'shipped' || stage === 'cancelled';
