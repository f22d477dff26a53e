import type { PlatformView } from '../../../main/contract/connections.ts';
import type { SignalKind } from '../../../main/contract/values.ts';
import { takesSignals } from '../../ui/use-platform.ts';

/** What is worth writing down of an item even where the platform takes no word of it. */
const ownKinds: readonly SignalKind[] = ['produced', 'packed', 'shipped', 'cancel'];

/** What can be said of the items of a platform's orders; nothing before the station has told of the platform. */
export const toldKinds = (platform: PlatformView | undefined): readonly SignalKind[] => {
  if (platform === undefined) return [];
  return takesSignals(platform) ? platform.signals : ownKinds;
};
