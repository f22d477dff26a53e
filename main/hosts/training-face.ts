import type { Handlers } from '../contract/contract.ts';
import type { EventSource } from '../contract/server.ts';
import type { Station } from '../core/station-face.ts';

/** Whether an address is one of the training: its page, its wire, its files. */
export const isOfTraining = (query: URLSearchParams): boolean => query.get('training') === '1';

/** A place to practise beside the real station, as its hosts see it. */
export interface Training {
  readonly handlers: Handlers['training'];
  /** Tells how the real station does. */
  readonly events: EventSource;
  /** The station that is practised with; null while nobody practises. */
  readonly practice: Station | null;
  /** A screen has come to the practice station; the answered function is called when it is gone, whatever the reason. */
  arrive(): () => void;
  /** Ends what runs, and deletes it. */
  stop(): Promise<void>;
}
