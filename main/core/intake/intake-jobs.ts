import type { LiveConnection } from '../connections/connection-directory.ts';
import type { JobSighting } from '../domain/job-sighting.ts';
import type { ShopOrder } from '../platforms/platform.ts';

/** An order that was handed over, as it is on disk. */
export interface HandedOverOrder {
  readonly orderId: number;
  readonly externalId: string;
  readonly outcome: 'stored' | 'known';
}

/** What the intake needs of the jobs. Each call rejects when it cannot be stored. */
export interface IntakeJobs {
  /** Applies what a callback says; `unknown` when no job of this connection has this nonce, or it is another job's. */
  applyCallback(connection: LiveConnection, nonce: string, sighting: JobSighting): Promise<'applied' | 'unknown'>;
  /** Whether a job of this connection has this nonce. */
  knowsNonce(connection: LiveConnection, nonce: string): Promise<boolean>;
  /**
   * Notes that a webhook told of a job: it is checked as soon as the pace allows. `tooMany` when too many unknown ones
   * wait already.
   */
  heardOf(connection: LiveConnection, externalId: string): Promise<'noted' | 'tooMany'>;
  /** Stores orders that the shop hands over; resolves once they are on disk, in the order given. */
  handOver(connection: LiveConnection, orders: readonly ShopOrder[], by: string): Promise<readonly HandedOverOrder[]>;
}
