import type { JobState } from '../../contract/values.ts';
import type { IncomingAddress, IncomingFile, IncomingItem } from './incoming-order.ts';

/** Something that a platform says of a job, as a person is shown it under "What the platform believes". */
export interface Belief {
  /** A key of the catalogue (`beliefs.<name>`), such as `orderStatus`; `file cover` shows as it stands. */
  readonly name: string;
  readonly value: string;
}

/** What is wrong with a job: one line that also says what to do, and a code for the advice and the buttons beside it. */
export interface JobProblem {
  readonly code: string;
  readonly text: string;
}

/** An item of a job's order. Its files come with the job. */
export type JobItem = Omit<IncomingItem, 'files' | 'reorder'>;

/** The order that a job belongs to, as far as the platform tells it. */
export interface JobWork {
  readonly orderExternalId: string;
  readonly customer: string;
  readonly reference: string;
  readonly shippingMethod: string;
  readonly delivery: IncomingAddress | null;
  /** The items that this job makes; other jobs of the same order make others. Their ids are unique within the order. */
  readonly items: readonly JobItem[];
  /** What the platform answered, for the record. */
  readonly document: string;
}

/** A result file of a job. */
export interface JobFile extends IncomingFile {
  /** Names the file within its job, the same at each sighting: document and page, or an artifact's id. */
  readonly key: string;
  /** Which of the job's items it is of; null: of the first. */
  readonly itemExternalId: string | null;
  /** Fetched with the connection's credentials (`JobFollowing.authorize`), from the platform's own gateway only. */
  readonly needsToken: boolean;
}

/**
 * What a platform says of one job, whichever way it was heard: callback, list, check, or the answer to a command. The
 * station does with all of them the same (`jobs/apply-sightings.ts`).
 */
export interface JobSighting {
  /** The job's id there: Printess job id, Customer's Canvas project id, Print API order id. */
  readonly externalId: string;
  /** The id by which commands name it; equal to `externalId` but for Printess, where it is the Printess order id. */
  readonly handle: string;
  readonly state: JobState;
  /** The platform's own word for the state. */
  readonly statusText: string;
  readonly beliefs: readonly Belief[];
  /** Null: nothing is wrong, or no longer. */
  readonly problem: JobProblem | null;
  /** Codes of the catalogue (`jobs.warnings.<code>`), such as `invalidGlyph`. */
  readonly warnings: readonly string[];
  /** When it was made there; null where the answer does not tell. */
  readonly createdAtMs: number | null;
  /**
   * `matchKeyOf` the order reference and the template or save token that it was made from, so that a job whose answer
   * was lost is known again; null where commands make no jobs.
   */
  readonly matchKey: string | null;
  /** Null where the answer does not tell (a status check): what is known of the order stays. */
  readonly work: JobWork | null;
  /** The result, once the state is `done`. Null: this answer does not tell it; of a `done` job a check has to ask. */
  readonly files: readonly JobFile[] | null;
  /** The platform shipped it (outsourced orders). */
  readonly shipped: { readonly atMs: number; readonly trackingUrl: string | null } | null;
}

/** Equal for a produce command and the job that it may have made. */
export const matchKeyOf = (orderExternalId: string, template: string): string => `${orderExternalId}\n${template}`;
