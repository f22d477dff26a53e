import type { Generated } from 'kysely';
import type { FileState, Verification } from '../../../contract/values.ts';
import type { Claimable, Flag } from './columns.ts';

export interface FileTable extends Claimable {
  id: Generated<number>;
  orderId: number;
  itemId: number | null;
  connectionId: string;
  role: string;
  format: string;
  sourceUrl: string;
  /** `hostname:port` of the source: transfers are limited per host. */
  sourceHost: string;
  expectedBytes: number | null;
  expectedMd5: string | null;
  state: FileState;
  /** The safe name, and the path below the files folder; fixed when the order is stored. */
  name: string;
  relativePath: string;
  receivedBytes: number;
  /** ETag or Last-Modified of the partial file, for If-Range. */
  validator: string | null;
  md5: string | null;
  sha256: string | null;
  verification: Verification | null;
  attempts: number;
  mismatches: number;
  problem: string | null;
  problemCode: string | null;
  readyAtMs: number | null;
  /** 1: reorders first. Higher goes first. */
  priority: number;
  /** The job whose result it is, and its name within the job (document and page, artifact id). */
  jobId: number | null;
  sourceKey: string | null;
  /** 1: fetched with the connection's credentials, from the platform's own gateway only. */
  needsToken: Generated<Flag>;
  /** From here on the file is gone from the files folder, or just going. */
  deletedAtMs: number | null;
}

/** What was read from a verified file: see `preflight/`. */
export interface InspectionTable {
  fileId: number;
  sha256: string;
  atMs: number;
  state: 'readable' | 'unreadable' | 'skipped';
  reportJson: string;
}
