import type { Clock } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import type { Store } from '../store/store.ts';
import type { FolderListing } from './folder-listing.ts';
import type { FolderDisk } from './folder-thread.ts';

/** A file that lies in a hot folder longer than the folder's alarm time. */
export interface OverdueFile {
  readonly handoverId: number;
  readonly hotFolderId: string;
  readonly hotFolderName: string;
  readonly fileName: string;
  readonly orderId: number;
}

/** A hot folder that went away, filled up, or came back. */
export interface LaneChange {
  readonly hotFolderId: string;
  readonly hotFolderName: string;
  readonly state: 'ok' | 'offline' | 'full';
  readonly problem: string | null;
}

export interface LaneDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly logger: Logger;
  /** In [0, 1). */
  readonly random: () => number;
  /** Absolute; a file lies at its relative path below it. */
  readonly filesFolder: string;
  readonly onOverdue: (file: OverdueFile) => void;
  readonly onLaneChanged: (change: LaneChange) => void;
}

/** What all that happens in one hot folder shares. */
export interface LaneContext {
  readonly deps: LaneDeps;
  readonly hotFolderId: string;
  readonly disk: FolderDisk;
  /** Runs one at a time what must not overlap: looking at the folder, taking a file back, settling. */
  readonly oneAtATime: <Result>(work: () => Promise<Result>) => Promise<Result>;
  /** Failed tries in a row and when the next may go. Not stored: after a start the folder is simply tried at once. */
  readonly probe: { failures: number; nextTryAtMs: number };
  /** The temporary names that earlier runs left were looked for. */
  readonly sweep: { done: boolean };
  /** The last listing, and when the screens were told of one. Not stored: after a start the folder is looked at anew. */
  readonly seen: { listing: FolderListing | null; toldAtMs: number | null };
}

export const createOneAtATime = (): LaneContext['oneAtATime'] => {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const run = last.then(work, work);
    last = run;
    return run;
  };
};
