import { createHash, type Hash } from 'node:crypto';
import { constants } from 'node:fs';
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

/** Bytes are handed to the disk in pieces of this size: large enough to be few, small enough to be still in the cache. */
const writeBytes = 256 * 1024;
/** Reading waits for the disk when this much is on its way to it. */
const mostPendingBytes = 2 * 1024 * 1024;
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

/** The unfinished file of a transfer: written in large pieces behind the reader's back, hashed as the bytes come. */
export class PartFile {
  readonly #handle: FileHandle;
  #hashes = new TwoHashes();
  #pending: Uint8Array[] = [];
  #pendingBytes = 0;
  #writtenBytes = 0;
  #writing: Promise<void> | null = null;
  #failure: LocalFileError | null = null;

  private constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  /** Opens the part file, or makes an empty one. */
  static async open(path: string): Promise<PartFile> {
    return locally(async () => new PartFile(await open(path, constants.O_RDWR | constants.O_CREAT)));
  }

  /** Bytes taken in and hashed so far. */
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
    this.#writtenBytes = this.#hashes.bytes;
  }

  /** Forgets all bytes. */
  async startOver(): Promise<void> {
    await this.flush();
    await locally(() => this.#handle.truncate(0));
    this.#hashes = new TwoHashes();
    this.#writtenBytes = 0;
  }

  /** Takes bytes in; answers what to wait for when the disk is behind, else null. */
  add(chunk: Uint8Array): Promise<void> | null {
    if (this.#failure !== null) throw this.#failure;
    this.#hashes.update(chunk);
    this.#pending.push(chunk);
    this.#pendingBytes += chunk.byteLength;
    if (this.#pendingBytes >= writeBytes) this.#writing ??= this.#writeBehind();
    return this.#pendingBytes >= mostPendingBytes ? this.#writing : null;
  }

  /** Resolves when everything taken in was handed to the disk. */
  async flush(): Promise<void> {
    await this.#writing;
    if (this.#failure !== null) throw this.#failure;
    if (this.#pendingBytes > 0) await this.#writePending();
  }

  /** Everything taken in is on the disk, also after a power cut. */
  async sync(): Promise<void> {
    await this.flush();
    await locally(() => this.#handle.sync());
  }

  digests(): Digests {
    return this.#hashes.digests();
  }

  async close(): Promise<void> {
    await this.#writing;
    await this.#handle.close().catch(() => undefined);
  }

  /** Never rejects: a failure waits for the next `add` or `flush`. */
  async #writeBehind(): Promise<void> {
    try {
      while (this.#pendingBytes >= writeBytes) await this.#writePending();
    } catch (error) {
      this.#failure = error instanceof LocalFileError ? error : new LocalFileError(error);
    } finally {
      this.#writing = null;
    }
  }

  async #writePending(): Promise<void> {
    let chunks = this.#pending;
    this.#pending = [];
    this.#pendingBytes = 0;
    while (chunks.length > 0) {
      const { bytesWritten } = await locally(() => this.#handle.writev(chunks, this.#writtenBytes));
      this.#writtenBytes += bytesWritten;
      chunks = dropBytes(chunks, bytesWritten);
    }
  }
}

/** What is left of the chunks when the disk took only `bytes` of them, as one that is nearly full may do. */
const dropBytes = (chunks: Uint8Array[], bytes: number): Uint8Array[] => {
  let toDrop = bytes;
  let whole = 0;
  for (const chunk of chunks) {
    if (chunk.byteLength > toDrop) break;
    toDrop -= chunk.byteLength;
    whole += 1;
  }
  const rest = chunks.slice(whole);
  const [first] = rest;
  return first === undefined || toDrop === 0 ? rest : [first.subarray(toDrop), ...rest.slice(1)];
};
