import type { PlatformView } from '../../main/contract/connections.ts';
import { useConnections } from '../app-context.ts';

/** What the station says of a platform; undefined until it has. */
export const usePlatform = (id: string): PlatformView | undefined =>
  useConnections((state) => state.platforms.find((platform) => platform.id === id));

/** A platform's own name; its id as long as the station has not told. */
export const usePlatformName = (id: string): string => usePlatform(id)?.name ?? id;

/** Whether it takes word of an item's progress; for others all is only written down here. */
export const takesSignals = (platform: PlatformView): boolean => platform.signals.length > 0;
