import { type KeptText, keptText } from './kept-text.ts';
import { createSessionMemory, type SessionMemory } from './session-memory.ts';

/** What this screen remembers of its station. */
export interface PageMemories {
  readonly sessions: SessionMemory;
  readonly filters: KeptText;
  readonly reports: KeptText;
}

const forgetful = { read: () => null, write: () => undefined };

/** Of a practice station nothing is kept, and what is known of the real one stays as it is. */
export const createPageMemories = (window: Window, practising: boolean): PageMemories =>
  practising
    ? { sessions: forgetful, filters: forgetful, reports: forgetful }
    : {
        sessions: createSessionMemory(window),
        filters: keptText(() => window.localStorage, 'platen.savedFilters.orders'),
        reports: keptText(() => window.localStorage, 'platen.startReportRead'),
      };
