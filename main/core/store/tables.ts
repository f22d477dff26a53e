import type { Generated } from 'kysely';
import type { Evidence } from '../../contract/history.ts';
import type {
  ChannelState,
  FileState,
  HandoverState,
  JobState,
  Lane,
  OutboxKind,
  OutboxState,
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
  lane: Generated<Lane>;
  /** When the last item was shipped or cancelled; null while the order is open. Derived, too. */
  closedAtMs: number | null;
  /** When its files, and what it says of persons, were deleted: see `retention/`. */
  filesDeletedAtMs: number | null;
  personalDeletedAtMs: number | null;
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
  /** The job that makes it at the platform; null for items that come ready. */
  jobId: number | null;
}

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

/** Who works here. The PIN is kept as a slow hash. A person who leaves stays, for the history. */
export interface PersonTable {
  id: Generated<number>;
  name: string;
  initials: string;
  role: 'operator' | 'manager';
  pinHash: string;
  createdAtMs: number;
  removedAtMs: number | null;
  failedTries: Generated<number>;
  lockedUntilMs: number | null;
}

/** A note of the office or the floor on an order. */
export interface NoteTable {
  id: Generated<number>;
  orderId: number;
  atMs: number;
  by: string;
  text: string;
}

/** Something that an operator did to items, which everybody sees and can undo for a while. */
export interface ActionTable {
  id: Generated<number>;
  atMs: number;
  by: string;
  kind: string;
  detailJson: string;
  undoUntilMs: number;
  undoneAtMs: number | null;
  undoneBy: string | null;
}

/** What an action changed of one item: its facts before, and the signals that it queued. */
export interface ActionItemTable {
  actionId: number;
  itemId: number;
  beforeJson: string;
  outboxIdsJson: string;
}

/** An item made again inside the shop. */
export interface ReprintTable {
  id: Generated<number>;
  itemId: number;
  atMs: number;
  by: string;
  reason: string;
}

/** What was read from a verified file: see `preflight/`. */
export interface InspectionTable {
  fileId: number;
  sha256: string;
  atMs: number;
  state: 'readable' | 'unreadable' | 'skipped';
  reportJson: string;
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

/** Files or personal data of an order that were deleted, with how much it was. */
export interface DeletionTable {
  id: Generated<number>;
  atMs: number;
  orderId: number;
  what: 'files' | 'personal';
  fileCount: number;
  byteCount: number;
  /** `retention`, or `diskGuard` when room was needed before that. */
  by: string;
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
  jobs: JobTable;
  sweeps: SweepTable;
  reconciliations: ReconciliationTable;
  budgets: BudgetTable;
  people: PersonTable;
  notes: NoteTable;
  actions: ActionTable;
  actionItems: ActionItemTable;
  reprints: ReprintTable;
  inspections: InspectionTable;
  deletions: DeletionTable;
}
