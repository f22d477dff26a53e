import { createHash, type Hash } from 'node:crypto';
import { constants, writeSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

/** The station's own disk failed us, not the network. */
export class LocalFileError extends Error {
  readonly code: string;

  constructor(cause: unknown) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'UNKNOWN';
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = 'LocalFileError';
    this.code = code;
  }
}

/** Runs work on the local disk; what goes wrong there comes out as a LocalFileError. */
export const locally = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  try {
    return await work();
  } catch (error) {
    throw error instanceof LocalFileError ? error : new LocalFileError(error);
  }
};

/** One write. Linux takes twice as long and more for the same bytes in larger pieces (measured on ext4, 6.18: 128 KB and up). */
const writeBytes = 64 * 1024;
const readBytes = 1024 * 1024;

export interface Digests {
  readonly bytes: number;
  readonly md5: string;
  readonly sha256: string;
}

/** MD5 and SHA-256 in one pass. */
class TwoHashes {
  readonly #md5: Hash = createHash('md5');
  readonly #sha256: Hash = createHash('sha256');
  bytes = 0;

  update(chunk: Uint8Array): void {
    this.bytes += chunk.byteLength;
    this.#md5.update(chunk);
    this.#sha256.update(chunk);
  }

  digests(): Digests {
    return { bytes: this.bytes, md5: this.#md5.copy().digest('hex'), sha256: this.#sha256.copy().digest('hex') };
  }
}

const hashFromDisk = async (handle: FileHandle, hashes: TwoHashes, signal: AbortSignal): Promise<void> => {
  const buffer = Buffer.allocUnsafe(readBytes);
  for (;;) {
    signal.throwIfAborted();
    const { bytesRead } = await locally(() => handle.read(buffer, 0, readBytes, hashes.bytes));
    if (bytesRead === 0) return;
    hashes.update(buffer.subarray(0, bytesRead));
  }
};

/** Size and hashes of the file at `path`; null when there is none. */
export const digestsOf = async (path: string, signal: AbortSignal): Promise<Digests | null> => {
  const handle = await open(path, 'r').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw new LocalFileError(error);
  });
  if (handle === null) return null;
  try {
    const hashes = new TwoHashes();
    await hashFromDisk(handle, hashes, signal);
    return hashes.digests();
  } finally {
    await handle.close();
  }
};

/**
 * The unfinished file of a transfer: bytes are hashed and written as they come. Writing is synchronous, for only transfer
 * threads do it: a piece goes to the system's cache while it is still in the processor's, with no other thread to wake.
 */
export class PartFile {
  readonly #handle: FileHandle;
  #hashes = new TwoHashes();

  private constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  /** Opens the part file, or makes an empty one. Never through a link that somebody planted under its name. */
  static async open(path: string): Promise<PartFile> {
    const flags = constants.O_RDWR | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0);
    return locally(async () => new PartFile(await open(path, flags)));
  }

  /** Bytes taken in so far. */
  get bytes(): number {
    return this.#hashes.bytes;
  }

  async sizeOnDisk(): Promise<number> {
    return locally(async () => (await this.#handle.stat()).size);
  }

  /** Takes over what an earlier try left. */
  async resume(signal: AbortSignal): Promise<void> {
    this.#hashes = new TwoHashes();
    await hashFromDisk(this.#handle, this.#hashes, signal);
  }

  /** Forgets all bytes. */
  async startOver(): Promise<void> {
    await locally(() => this.#handle.truncate(0));
    this.#hashes = new TwoHashes();
  }

  /** Writes and hashes what comes next. Throws a LocalFileError when the disk does not take it. */
  add(chunk: Uint8Array): void {
    let at = this.#hashes.bytes;
    for (let from = 0; from < chunk.byteLength; ) {
      const wanted = Math.min(writeBytes, chunk.byteLength - from);
      const written = this.#write(chunk, from, wanted, at);
      from += written;
      at += written;
    }
    this.#hashes.update(chunk);
  }

  /** Everything taken in is on the disk, also after a power cut. */
  async sync(): Promise<void> {
    await locally(() => this.#handle.sync());
  }

  digests(): Digests {
    return this.#hashes.digests();
  }

  async close(): Promise<void> {
    await this.#handle.close().catch(() => undefined);
  }

  #write(chunk: Uint8Array, from: number, length: number, at: number): number {
    try {
      return writeSync(this.#handle.fd, chunk, from, length, at);
    } catch (error) {
      throw new LocalFileError(error);
    }
  }
}
