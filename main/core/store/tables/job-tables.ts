import type { Generated } from 'kysely';
import type { JobState } from '../../../contract/values.ts';
import type { Claimable } from './columns.ts';

/** Something being made at a platform: a Printess job, a Customer's Canvas project, a Print API order. */
export interface JobTable extends Claimable {
  id: Generated<number>;
  connectionId: string;
  /** The job's id there; null until its command has been answered. */
  externalId: string | null;
  /** The id by which commands name it. */
  handle: string;
  /** Null until the platform has told which order it belongs to. */
  orderId: number | null;
  state: JobState;
  statusText: string;
  beliefsJson: string;
  warningsJson: string;
  problem: string | null;
  problemCode: string | null;
  /** Equal for a command and the job that it may have made. */
  matchKey: string | null;
  /** The secret part of the job's callback address. */
  nonce: string | null;
  /** SHA-256 of the last sighting, and of the last that left the result open: an equal one changes nothing. */
  sightingHash: string;
  outlineHash: string;
  /** When this station heard of it first, and the platform made it. */
  knownSinceMs: number;
  createdAtMs: number | null;
  lastSeenAtMs: number | null;
  lastCheckedAtMs: number | null;
  /** When a command about it was accepted last: some need a pause between them. */
  lastCommandAtMs: number | null;
  /** The job that was made in its place by `renderAgain`. */
  replacedBy: number | null;
}
