import type { Generated } from 'kysely';
import type { Lane, Stage } from '../../../contract/values.ts';
import type { Flag } from './columns.ts';

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

/** A note of the office or the floor on an order. */
export interface NoteTable {
  id: Generated<number>;
  orderId: number;
  atMs: number;
  by: string;
  text: string;
}

/** An item made again inside the shop. */
export interface ReprintTable {
  id: Generated<number>;
  itemId: number;
  atMs: number;
  by: string;
  reason: string;
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
