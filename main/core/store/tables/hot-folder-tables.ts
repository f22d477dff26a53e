import type { Generated } from 'kysely';
import type { HandoverState } from '../../../contract/values.ts';
import type { Claimable, Flag } from './columns.ts';

export interface HotFolderTable {
  id: string;
  name: string;
  settingsJson: string;
  fromConfig: Flag;
  state: 'ok' | 'offline' | 'full';
  problem: string | null;
  lastPickUpAtMs: number | null;
}

export interface HandoverTable extends Claimable {
  id: Generated<number>;
  fileId: number;
  itemId: number | null;
  orderId: number;
  hotFolderId: string;
  state: HandoverState;
  fileName: string;
  temporaryName: string;
  /** 1 from the commit just before the rename on: only such a row can become `maybeSent` after a crash. */
  renaming: Flag;
  sha256: string;
  bytes: number;
  intendedAtMs: number;
  sentAtMs: number | null;
  pickedUpAtMs: number | null;
  attempts: number;
  problem: string | null;
  createdBy: string;
  /** What the RIP made of it, told by its own folders (see the hot folder's preset); null while nothing tells. */
  outcome: 'accepted' | 'failed' | null;
  outcomeDetail: string | null;
  outcomeAtMs: number | null;
}
