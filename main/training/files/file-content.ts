import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';

const CHUNK_BYTES = 64 * 1024;
const HASHED_PER_TURN_BYTES = 8 * 1024 * 1024;

/** Bytes that can be read at any place without all of them being in memory. */
export interface FileContent {
  readonly sizeBytes: number;
  /** The bytes from `start` up to and without `end`, in chunks of at most 64 KiB. */
  read(start: number, end: number): Iterable<Uint8Array>;
}

/** Content held in memory. */
export function bytesContent(bytes: Uint8Array): FileContent {
  return {
    sizeBytes: bytes.byteLength,
    *read(start, end) {
      for (let at = start; at < end; at += CHUNK_BYTES) yield bytes.subarray(at, Math.min(end, at + CHUNK_BYTES));
    },
  };
}

/** `block` over and over until `sizeBytes` are full. */
export function repeatedContent(block: Uint8Array, sizeBytes: number): FileContent {
  return {
    sizeBytes,
    *read(start, end) {
      for (let at = start; at < end; ) {
        const inBlock = at % block.byteLength;
        const length = Math.min(block.byteLength - inBlock, end - at, CHUNK_BYTES);
        yield block.subarray(inBlock, inBlock + length);
        at += length;
      }
    },
  };
}

/** The parts one after the other. */
export function joinedContent(parts: readonly FileContent[]): FileContent {
  return {
    sizeBytes: parts.reduce((sum, part) => sum + part.sizeBytes, 0),
    *read(start, end) {
      let partStart = 0;
      for (const part of parts) {
        const from = Math.max(start, partStart) - partStart;
        const to = Math.min(end, partStart + part.sizeBytes) - partStart;
        if (from < to) yield* part.read(from, to);
        partStart += part.sizeBytes;
      }
    },
  };
}

/** The same length with one byte different, always the same one: whatever range is asked for, the damage is stable. */
export function damagedContent(content: FileContent): FileContent {
  const damagedAt = Math.floor(content.sizeBytes / 2);
  return {
    sizeBytes: content.sizeBytes,
    *read(start, end) {
      let at = start;
      for (const chunk of content.read(start, end)) {
        const inChunk = damagedAt - at;
        at += chunk.byteLength;
        if (inChunk < 0 || inChunk >= chunk.byteLength) {
          yield chunk;
          continue;
        }
        const damaged = Uint8Array.from(chunk);
        damaged[inChunk] = (damaged[inChunk] ?? 0) ^ 0xff;
        yield damaged;
      }
    },
  };
}

/** The same length with nothing but zeros from the middle on: a PDF without its trailer and half of its objects. */
export function hollowContent(content: FileContent): FileContent {
  const middle = Math.floor(content.sizeBytes / 2);
  const front: FileContent = { sizeBytes: middle, read: (start, end) => content.read(start, end) };
  return joinedContent([front, repeatedContent(new Uint8Array(1024), content.sizeBytes - middle)]);
}

/** The content cut short, or made longer with line feeds. */
export function resizedContent(content: FileContent, sizeBytes: number): FileContent {
  if (sizeBytes <= content.sizeBytes) return { sizeBytes, read: (start, end) => content.read(start, end) };
  return joinedContent([content, repeatedContent(new Uint8Array(1024).fill(0x0a), sizeBytes - content.sizeBytes)]);
}

/** Hexadecimal MD5 of all bytes; lets other work run in between, so that a large file does not freeze the server. */
export async function md5Of(content: FileContent): Promise<string> {
  const hash = createHash('md5');
  let sinceTurnBytes = 0;
  for (const chunk of content.read(0, content.sizeBytes)) {
    hash.update(chunk);
    sinceTurnBytes += chunk.byteLength;
    if (sinceTurnBytes >= HASHED_PER_TURN_BYTES) {
      sinceTurnBytes = 0;
      await nextTurn();
    }
  }
  return hash.digest('hex');
}
