import type { Generated } from 'kysely';
import type { Evidence } from '../../contract/history.ts';
import type {
  ChannelState,
  FileState,
  HandoverState,
  OutboxState,
  SignalKind,
  Stage,
  Verification,
} from '../../contract/values.ts';

/** Booleans are 0 or 1, moments whole milliseconds since 1970 UTC, `*Json` columns JSON text read back through zod. */
type Flag = 0 | 1;

/** Columns of every table whose rows a durable loop claims (see `work/`). */
interface Claimable {
  /** When the row is due; null: nothing to do. */
  nextAtMs: number | null;
  leaseOwner: string | null;
  leaseUntilMs: number | null;
}

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

/** One way to a platform: `signals`, or `downloads HOST`. See the table of failures in `work/failure.ts`. */
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

export interface OrderTable {
  id: Generated<number>;
  connectionId: string;
  externalId: string;
  customer: string;
  reference: string;
  titles: string;
  platformPriority: string;
  shippingMethod: string;
  consignor: string;
  /** The delivery address as the contract shows it. */
  deliveryJson: string | null;
  /** The raw document as it came, with the key masked. */
  document: string;
  documentFormat: string;
  /** SHA-256 of the document's meaning: equal for an identical repeat. */
  contentHash: string;
  unknownFieldsJson: string;
  receivedAtMs: number;
  shipByMs: number | null;
  reorder: Flag;
  /** Derived from the items by `refresh-progress.ts`, kept for the list. */
  stage: Stage;
  problem: string | null;
  problemCount: number;
  held: Flag;
  /** 1 while there is work left: neither shipped nor cancelled. */
  open: Flag;
}

/** A repeat of an order with other content: kept and shown, never merged. */
export interface OrderRevisionTable {
  id: Generated<number>;
  orderId: number;
  receivedAtMs: number;
  contentHash: string;
  document: string;
  documentFormat: string;
  summary: string;
}

export interface ItemTable {
  id: Generated<number>;
  orderId: number;
  connectionId: string;
  externalId: string;
  number: number;
  title: string;
  product: string;
  description: string;
  copies: number;
  pages: number | null;
  optionsJson: string;
  reorderCause: string | null;
  reorderDescription: string | null;
  reorderOrderExternalId: string | null;
  reorderItemExternalId: string | null;
  /** The facts that the stage follows from, each with the moment it became true. */
  receivedAtMs: number;
  registeredAtMs: number | null;
  fetchingAtMs: number | null;
  printReadyAtMs: number | null;
  handedOverAtMs: number | null;
  pickedUpAtMs: number | null;
  producedAtMs: number | null;
  packedAtMs: number | null;
  shippedAtMs: number | null;
  cancelledAtMs: number | null;
  heldAtMs: number | null;
  heldNote: string | null;
  /** Derived: see OrderTable. */
  stage: Stage;
  problem: string | null;
  problemCode: string | null;
}

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
}

export interface OutboxTable extends Claimable {
  id: Generated<number>;
  /** Its place in the item's order; a retry takes the place of the row it replaces. */
  place: number;
  connectionId: string;
  orderId: number;
  itemId: number;
  kind: SignalKind;
  platformName: string;
  payloadJson: string;
  mandatory: Flag;
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
}

/** The append-only history. */
export interface EventTable {
  id: Generated<number>;
  atMs: number;
  orderId: number | null;
  itemId: number | null;
  fileId: number | null;
  connectionId: string | null;
  code: string;
  detailJson: string;
  evidence: Evidence;
  by: string | null;
}

/** Settings made on the screen, one JSON value a key. */
export interface SettingTable {
  key: string;
  valueJson: string;
}

export interface Tables {
  connections: ConnectionTable;
  channels: ChannelTable;
  orders: OrderTable;
  orderRevisions: OrderRevisionTable;
  items: ItemTable;
  files: FileTable;
  outbox: OutboxTable;
  attempts: AttemptTable;
  hotFolders: HotFolderTable;
  handovers: HandoverTable;
  events: EventTable;
  settings: SettingTable;
}
