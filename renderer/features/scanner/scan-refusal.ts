import type { PlatformView } from '../../../main/contract/connections.ts';
import type { ScanCommand, ScanRefusal } from '../../stores/scan-answer.ts';
import type { ScannedItem } from '../../stores/scanner-store.ts';
import { isWorkLeft, type MadeStep, type StepState, stepState } from '../order/item-steps.ts';
import { toldKinds } from '../order/told-kinds.ts';

const steps: Readonly<Partial<Record<ScanCommand, MadeStep>>> = {
  produced: 'produced',
  packed: 'packed',
  ship: 'shipped',
};

const stepRefusals: Readonly<Record<StepState['kind'], ScanRefusal | null>> = {
  open: null,
  said: 'alreadySaid',
  queued: 'onItsWay',
  stuck: 'stuck',
  closed: 'past',
};

/** Why a command cannot be given for an item as it is; null when it can. The same rules as those of the item's buttons. */
export const scanRefusal = (
  command: ScanCommand,
  { item, order }: ScannedItem,
  platform: PlatformView | undefined,
): ScanRefusal | null => {
  if (command === 'undo' || command === 'clear') return null;
  if (order.lane === 'outsourced') return 'outsourced';
  if (command === 'resume') return item.held === null ? 'notHeld' : null;
  const step = steps[command];
  if (step !== undefined && !toldKinds(platform).includes(step)) return 'notTaken';
  const refusal = step === undefined ? null : stepRefusals[stepState(item, step).kind];
  if (refusal !== null && refusal !== 'past') return refusal;
  if (!isWorkLeft(item)) return 'over';
  if (refusal !== null) return refusal;
  if (item.held === null) return null;
  return command === 'hold' ? 'alreadyHeld' : 'held';
};
