import { createFilterMemory, type FilterMemory } from './filter-memory.ts';
import { createReportMemory, type ReportMemory } from './report-memory.ts';
import { createSessionMemory, type SessionMemory } from './session-memory.ts';

/** What this screen remembers of its station. */
export interface PageMemories {
  readonly sessions: SessionMemory;
  readonly filters: FilterMemory;
  readonly reports: ReportMemory;
}

const forgetful = { read: () => null, write: () => undefined };

/** Of a practice station nothing is kept, and what is known of the real one stays as it is. */
export const createPageMemories = (window: Window, practising: boolean): PageMemories =>
  practising
    ? { sessions: forgetful, filters: forgetful, reports: forgetful }
    : {
        sessions: createSessionMemory(window),
        filters: createFilterMemory(window),
        reports: createReportMemory(window),
      };
