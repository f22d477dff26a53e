import type { Generated } from 'kysely';
import type { OutboxKind, OutboxState } from '../../../contract/values.ts';
import type { Claimable, Flag } from './columns.ts';

export interface OutboxTable extends Claimable {
  id: Generated<number>;
  /** Its place in the item's order; a retry takes the place of the row it replaces. */
  place: number;
  connectionId: string;
  orderId: number;
  itemId: number;
  /** The job that a command is about or will make. */
  jobId: number | null;
  kind: OutboxKind;
  platformName: string;
  payloadJson: string;
  mandatory: Flag;
  /** 0: never sent again by itself once an answer was lost. */
  repeatable: Generated<Flag>;
  /** How often a `maybe` was looked up at the platform. */
  lookUps: Generated<number>;
  state: OutboxState;
  attempts: number;
  createdAtMs: number;
  undoUntilMs: number | null;
  deadlineAtMs: number | null;
  giveUpAtMs: number;
  sentAtMs: number | null;
  lastError: string | null;
  /** The class of the last failure, for the advice beside it. */
  lastErrorCode: string | null;
  retriedAs: number | null;
  createdBy: string;
}

/** One try of an outbox row or of a transfer. */
export interface AttemptTable {
  id: Generated<number>;
  outboxId: number | null;
  fileId: number | null;
  atMs: number;
  durationMs: number;
  outcome: string;
  httpStatus: number | null;
  excerpt: string | null;
}
