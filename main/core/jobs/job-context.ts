import type { LiveConnection } from '../connections/connection-directory.ts';

/** How the station heard of a job. */
export type HeardBy = 'list' | 'check' | 'callback' | 'answer';

/** What applying a sighting needs to know beside it. */
export interface JobContext {
  readonly connection: LiveConnection;
  readonly nameTemplate: string;
  readonly nowMs: number;
  readonly heardBy: HeardBy;
}
