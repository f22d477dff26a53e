import type { WorkFailure } from '../work/failure.ts';

/** How long a transfer waits for the other side. */
export interface TransferTimeouts {
  readonly connectMs: number;
  readonly responseMs: number;
  /** The longest time without a byte. */
  readonly stallMs: number;
}

export const defaultTimeouts: TransferTimeouts = { connectMs: 10_000, responseMs: 30_000, stallMs: 60_000 };

/** One file to fetch. It is collected as `<finalPath>.part` and gets its name once it is verified. */
export interface TransferRequest {
  readonly url: string;
  readonly allowPrivateAddresses: boolean;
  /** Absolute. */
  readonly finalPath: string;
  readonly expectedBytes: number | null;
  /** 32 lower-case hex digits. */
  readonly expectedMd5: string | null;
  /** The platform's word for what the file is. Where no MD5 will tell, the file has to be a whole one of that kind. */
  readonly format: string;
  /** ETag or Last-Modified that the part file belongs to; null: the part file is of no use. */
  readonly validator: string | null;
  /** The connection's credentials: for the origin of `url` and nobody else. Empty for a file that needs none. */
  readonly headers: Readonly<Record<string, string>>;
  readonly timeouts: TransferTimeouts;
}

/** `verifying`: hashing what is on the disk already, looking at its structure, or bringing the last bytes to the disk. */
export type TransferPhase = 'fetching' | 'verifying';

export interface TransferReport {
  readonly phase: TransferPhase;
  readonly receivedBytes: number;
  /** The size announced, by the platform or else by the answer. */
  readonly totalBytes: number | null;
  /** What the part file belongs to, as far as it is written. */
  readonly validator: string | null;
}

/** A file under its final name. */
export interface TransferredFile {
  readonly bytes: number;
  readonly md5: string;
  readonly sha256: string;
  /** Whether the answer itself announced this size (Content-Length). */
  readonly lengthAnnounced: boolean;
  /** Whether its kind is one whose structure was looked at. */
  readonly structureChecked: boolean;
}

/** What is left of a transfer that did not finish, for the next try. */
export interface PartLeft {
  readonly receivedBytes: number;
  readonly validator: string | null;
}

/** How a transfer ends. */
export type TransferOutcome =
  | ({ readonly kind: 'done'; readonly found: 'fetched' | 'lyingThere' } & TransferredFile)
  | { readonly kind: 'mismatch'; readonly foundBytes: number; readonly foundMd5: string | null }
  /** As long as it should be, but not what it should be: `problem` is one line for a person. */
  | { readonly kind: 'broken'; readonly problem: string; readonly foundBytes: number; readonly foundMd5: string }
  | { readonly kind: 'addressRefused'; readonly message: string }
  | { readonly kind: 'failed'; readonly failure: WorkFailure; readonly left: PartLeft }
  | { readonly kind: 'cancelled'; readonly left: PartLeft };

export type ToTransferWorker =
  | { readonly kind: 'start'; readonly id: number; readonly request: TransferRequest }
  | { readonly kind: 'cancel'; readonly id: number };

export type FromTransferWorker =
  | { readonly kind: 'progress'; readonly id: number; readonly report: TransferReport }
  | { readonly kind: 'ended'; readonly id: number; readonly outcome: TransferOutcome };

/** What a transfer worker gets at its start. */
export interface TransferWorkerData {
  readonly bandwidth: SharedArrayBuffer;
}

export const partPathOf = (finalPath: string): string => `${finalPath}.part`;
