import type { Generated } from 'kysely';
import type { ChannelState } from '../../../contract/values.ts';
import type { Claimable, Flag } from './columns.ts';

/** An account at a platform. */
export interface ConnectionTable {
  id: string;
  platform: string;
  settingsJson: string;
  fromConfig: Flag;
  pausedByPerson: Flag;
  createdAtMs: number;
  lastOrderAtMs: number | null;
}

/** One way to a platform: `signals`, `commands`, `jobs`, or `downloads HOST`. See the table of failures in `work/failure.ts`. */
export interface ChannelTable {
  connectionId: string;
  name: string;
  state: ChannelState;
  sinceMs: number;
  /** When one probe may go; null when open or paused. */
  nextTryAtMs: number | null;
  failures: number;
  lastReachedAtMs: number | null;
  problem: string | null;
}

/** How the jobs of a connection are asked for: the sweep of its platform's list. `nextAtMs` is when it is due. */
export interface SweepTable extends Claimable {
  connectionId: string;
  cursor: string | null;
  lastSweptAtMs: number | null;
  /** When counts are compared next; at once when null. */
  reconcileAtMs: number | null;
  /** Why counts are compared: `start`, `resume`, `hourly`, `asked`. */
  reconcileReason: string;
  /** Why the list cannot be used; then each job is asked for by itself. */
  listRefused: string | null;
}

/** One comparison of a platform's list with ours. */
export interface ReconciliationTable {
  id: Generated<number>;
  connectionId: string;
  atMs: number;
  reason: string;
  there: number;
  here: number;
  /** Jobs that were missing here and have been taken in. */
  missing: number;
  /** Jobs that had ended there without our knowing. */
  ended: number;
}

/** The request budget of a connection, as far as a restart must know it. */
export interface BudgetTable {
  connectionId: string;
  stateJson: string;
}
