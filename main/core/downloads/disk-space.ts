import { statfs } from 'node:fs/promises';
import { stationLine } from '../../contract/station-lines/station-lines.ts';

/** The bytes that a user may still write on the volume of `folder`; null when it cannot be told. */
export const freeBytesAt = async (folder: string): Promise<number | null> => {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    return null;
  }
};

export interface DiskSpaceDeps {
  freeBytes(): Promise<number | null>;
  readonly minimumFreeBytes: number;
  /** Once when the disk becomes too full to fetch. */
  onFull(freeBytes: number, neededBytes: number): void;
  /** Once when there is room again. */
  onOk(): void;
}

/** Room on the disk, or how much there is and how much it would take. */
export type Room =
  | { readonly kind: 'room' }
  | { readonly kind: 'full'; readonly freeBytes: number; readonly neededBytes: number };

export const diskFullText = ({ freeBytes, neededBytes }: Room & { readonly kind: 'full' }): string =>
  stationLine('diskFull', { freeBytes, neededBytes });

/** Keeps some room free on the disk, beyond what the running transfers will still take of it. */
export class DiskSpace {
  readonly #deps: DiskSpaceDeps;
  readonly #stillToCome = new Map<number, number>();
  #minimumFreeBytes: number;
  #full = false;

  constructor(deps: DiskSpaceDeps) {
    this.#deps = deps;
    this.#minimumFreeBytes = deps.minimumFreeBytes;
  }

  setMinimumFreeBytes(bytes: number): void {
    this.#minimumFreeBytes = bytes;
  }

  /** Whether `bytes` more fit. If they do, they are set aside for the file until `release`. */
  async admit(fileId: number, bytes: number): Promise<Room> {
    const freeBytes = await this.#deps.freeBytes();
    if (freeBytes === null) return { kind: 'room' };
    const neededBytes = this.#promisedBytes() + bytes + this.#minimumFreeBytes;
    if (freeBytes < neededBytes) {
      this.#becomeFull(freeBytes, neededBytes);
      return { kind: 'full', freeBytes, neededBytes };
    }
    this.#stillToCome.set(fileId, bytes);
    if (this.#full) {
      this.#full = false;
      this.#deps.onOk();
    }
    return { kind: 'room' };
  }

  /** A running transfer has written more. */
  note(fileId: number, stillToComeBytes: number): void {
    if (this.#stillToCome.has(fileId)) this.#stillToCome.set(fileId, stillToComeBytes);
  }

  release(fileId: number): void {
    this.#stillToCome.delete(fileId);
  }

  /** The disk itself said that it is full while it was written to. */
  async overran(neededBytes: number): Promise<Room & { readonly kind: 'full' }> {
    const freeBytes = (await this.#deps.freeBytes()) ?? 0;
    const full = { kind: 'full' as const, freeBytes, neededBytes: neededBytes + this.#minimumFreeBytes };
    this.#becomeFull(freeBytes, full.neededBytes);
    return full;
  }

  #becomeFull(freeBytes: number, neededBytes: number): void {
    if (this.#full) return;
    this.#full = true;
    this.#deps.onFull(freeBytes, neededBytes);
  }

  #promisedBytes(): number {
    let sum = 0;
    for (const bytes of this.#stillToCome.values()) sum += bytes;
    return sum;
  }
}
