import { createHash } from 'node:crypto';
import {
  closeSync,
  constants,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  openSync,
  readSync,
  statfsSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { OperationControl } from './operation-control.ts';

const chunkBytes = 1024 * 1024;
/** Flushed this often, so that the last flush of a large file does not hold the lane for long. */
const flushEveryBytes = 32 * 1024 * 1024;

export interface StageInput {
  /** The station's own verified file, absolute. */
  readonly source: string;
  readonly folder: string;
  readonly temporaryName: string;
  /** What the file was when it was verified. */
  readonly sha256: string;
}

/** Trouble with the hot folder throws an error of the system; everything else is told here. */
export type StageOutcome =
  | { readonly kind: 'staged'; readonly bytes: number }
  | { readonly kind: 'sourceUnreadable'; readonly code: string }
  | { readonly kind: 'sourceChanged' }
  | { readonly kind: 'copyDiffers' }
  | { readonly kind: 'aborted' };

class SourceError extends Error {
  readonly code: string;

  constructor(error: unknown) {
    super('the source cannot be read');
    this.code = error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN';
  }
}

class Aborted extends Error {}

const ofSource = <T>(read: () => T): T => {
  try {
    return read();
  } catch (error) {
    throw new SourceError(error);
  }
};

const readChunk = (handle: number, buffer: Buffer): Buffer =>
  buffer.subarray(0, readSync(handle, buffer, 0, buffer.length, null));

/** SHA-256 of a file, in hexadecimal. */
export const hashOfFile = async (path: string, control: OperationControl): Promise<string> => {
  const handle = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  try {
    const hash = createHash('sha256');
    const buffer = Buffer.allocUnsafe(chunkBytes);
    for (let chunk = readChunk(handle, buffer); chunk.length > 0; chunk = readChunk(handle, buffer)) {
      hash.update(chunk);
      await control.breathe();
    }
    return hash.digest('hex');
  } finally {
    closeSync(handle);
  }
};

/** Refuses what cannot fit before it fills the disk that the RIP works on. A volume that tells no size is believed to have room. */
const requireRoom = (folder: string, bytes: number): void => {
  const volume = statfsSync(folder);
  if (volume.blocks > 0 && volume.bavail * volume.bsize < bytes) {
    throw Object.assign(new Error('no room in the hot folder'), { code: 'ENOSPC' });
  }
};

const writeAll = (handle: number, chunk: Buffer): void => {
  for (let written = 0; written < chunk.length; ) written += writeSync(handle, chunk, written);
};

/** Copies and answers the SHA-256 of what was read. */
const copy = async (source: number, target: number, control: OperationControl): Promise<string> => {
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(chunkBytes);
  let unflushed = 0;
  for (;;) {
    const chunk = ofSource(() => readChunk(source, buffer));
    if (chunk.length === 0) break;
    hash.update(chunk);
    writeAll(target, chunk);
    unflushed += chunk.length;
    if (unflushed >= flushEveryBytes) {
      fdatasyncSync(target);
      unflushed = 0;
    }
    await control.breathe();
    if (control.aborted()) throw new Aborted();
  }
  fsyncSync(target);
  return hash.digest('hex');
};

const discard = (path: string): void => {
  try {
    unlinkSync(path);
  } catch {
    // Not there, or not reachable: the name belongs to a known hand-over, and is swept later.
  }
};

/** Copies a file under a temporary name in the hot folder, flushes it, and reads the copy back to compare its SHA-256. */
export const stageCopy = async (
  { source, folder, temporaryName, sha256 }: StageInput,
  control: OperationControl,
): Promise<StageOutcome> => {
  const temporary = join(folder, temporaryName);
  let sourceHandle: number | null = null;
  let targetHandle: number | null = null;
  let staged = false;
  try {
    const input = ofSource(() => openSync(source, 'r'));
    sourceHandle = input;
    const { size } = ofSource(() => fstatSync(input));
    requireRoom(folder, size);
    // What an earlier try of this very hand-over left. O_EXCL and O_NOFOLLOW: never through a link that somebody planted.
    discard(temporary);
    const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0);
    targetHandle = openSync(temporary, flags, 0o666);
    const copied = await copy(input, targetHandle, control);
    closeSync(targetHandle);
    targetHandle = null;
    if (copied !== sha256) return { kind: 'sourceChanged' };
    if ((await hashOfFile(temporary, control)) !== sha256) return { kind: 'copyDiffers' };
    staged = true;
    return { kind: 'staged', bytes: size };
  } catch (error) {
    if (error instanceof SourceError) return { kind: 'sourceUnreadable', code: error.code };
    if (error instanceof Aborted) return { kind: 'aborted' };
    throw error;
  } finally {
    if (sourceHandle !== null) closeSync(sourceHandle);
    if (targetHandle !== null) closeSync(targetHandle);
    if (!staged) discard(temporary);
  }
};
