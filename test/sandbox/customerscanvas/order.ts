import type { FileContent } from '../../../main/training/files/file-content.ts';

/** A file that an item's pipeline makes. */
export interface FileSpec {
  readonly kind: 'print' | 'preview';
  /** Without an extension by default, as pipelines name their artifacts. Two files may have the same. */
  readonly name?: string;
  /** A token such as `pdf` or a MIME type; default `pdf` or `jpeg`. */
  readonly format?: string;
  /** Whether the URL works without a token. Default false for print files, true for previews. */
  readonly anonymousAccess?: boolean;
  /** What the processing results say of the size; null leaves it to the artifact. Default the true size. */
  readonly sizeInResults?: number | null;
  /** Default the true size; null when even the artifact does not know it. */
  readonly sizeInArtifact?: number | null;
  /** `internal` has a host that is not the gateway's; null gives none. Default `public`. */
  readonly url?: 'public' | 'internal' | null;
  readonly pageCount?: number;
  /** Pads a PDF to this size. */
  readonly exactBytes?: number;
  /** Bytes of your own instead of a PDF or JPEG. */
  readonly content?: FileContent;
}

export interface ItemSpec {
  readonly name?: string;
  readonly quantity?: number;
  readonly sku?: string;
  readonly fields?: Readonly<Record<string, unknown>>;
  /** Default one PDF and one preview; an empty list completes with no file. */
  readonly files?: readonly FileSpec[];
}

/** A project: one line of the order. */
export interface ProjectSpec {
  readonly name?: string;
  /** Default one item. */
  readonly items?: readonly ItemSpec[];
  /** Code of its business status. Default Active, or New for one that waits for a status. */
  readonly status?: number;
  /** Stays Pending until its business status changes. */
  readonly waitsForStatus?: boolean;
  /** The pipeline ends as Failed, with this description, until it is resumed or restarted. */
  readonly failsWith?: string;
  /** Default the sandbox's. */
  readonly pipelineMs?: number;
  /** Default now. */
  readonly createdAtMs?: number;
  /** Default not removed: an obsolete project is listed only with `includeObsolete`. */
  readonly obsolete?: boolean;
}

export interface OrderSpec {
  readonly orderId: string;
  /** Default the sandbox's first storefront. */
  readonly storefrontId?: number;
  readonly orderNumber?: number | null;
  /** Default `#` and the order number. */
  readonly orderName?: string;
  readonly customerName?: string;
  /** One for each line. Default one. */
  readonly projects?: readonly ProjectSpec[];
}

/** What was made of an order. */
export interface PlacedOrder {
  readonly orderId: string;
  readonly storefrontId: number;
  readonly projects: readonly PlacedProject[];
}

export interface PlacedProject {
  readonly id: number;
  readonly itemIds: readonly number[];
}

export type ProcessingStatus = 'Pending' | 'InProgress' | 'Completed' | 'Failed';

export interface Item {
  readonly id: number;
  readonly name: string;
  readonly quantity: number;
  readonly sku: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly lineItemId: string;
  readonly lineItemIndex: number;
  readonly files: readonly FileSpec[];
}

/** A project as the platform holds it, without what changes. */
export interface Project {
  readonly id: number;
  readonly storefrontId: number;
  readonly orderId: string;
  readonly orderNumber: number | null;
  readonly orderName: string;
  readonly customerName: string;
  readonly name: string;
  readonly lineItemId: string;
  readonly lineItemIndex: number;
  readonly createdAtMs: number;
  readonly obsolete: boolean;
  readonly items: readonly Item[];
}
