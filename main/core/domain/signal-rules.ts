import type { SignalRequest } from '../../contract/orders.ts';
import { stationLine } from '../../contract/station-lines/station-lines.ts';
import type { Lane } from '../../contract/values.ts';
import type { StageFacts } from './stage.ts';

export interface SignalledItem extends StageFacts {
  readonly heldAtMs: number | null;
  readonly lane: Lane;
}

/** Why an item cannot be told of this now, in one line; null when it can. */
export const refusalOf = (
  item: SignalledItem,
  signal: SignalRequest,
  cancelCauses: readonly string[],
): string | null => {
  if (item.cancelledAtMs !== null) return stationLine('itemCancelled');
  if (item.shippedAtMs !== null) return stationLine('itemShipped');
  if (item.lane === 'outsourced' && signal.kind !== 'cancel') return stationLine('madeByPlatform');
  const moves = signal.kind !== 'error' && signal.kind !== 'cancel';
  if (moves && item.heldAtMs !== null) return stationLine('itemHeld');
  if (signal.kind === 'produced' && item.producedAtMs !== null) return stationLine('itemProducedAlready');
  if (signal.kind === 'packed' && item.packedAtMs !== null) return stationLine('itemPackedAlready');
  if (signal.kind === 'started' && item.producedAtMs !== null) return stationLine('itemProducedAlready');
  if ((signal.kind === 'started' || signal.kind === 'produced') && item.packedAtMs !== null) {
    return stationLine('itemPackedAlready');
  }
  // Where the platform names no causes, a cancellation is only written down here.
  if (signal.kind === 'cancel' && cancelCauses.length > 0 && !cancelCauses.includes(signal.cause)) {
    return `${signal.cause} is not one of the platform's causes: ${cancelCauses.join(', ')}`;
  }
  return null;
};

/** These cannot be taken back once they have left, so they wait the undo time. */
export const isIrreversible = (kind: SignalRequest['kind']): boolean =>
  kind === 'shipped' || kind === 'error' || kind === 'cancel';
