import type { IncomingMessage } from 'node:http';
import { stationLine } from '../../contract/station-lines/station-lines.ts';
import type { HeaderMask } from './header-mask.ts';
import { StalledError } from './transfer-failure.ts';

/** What to do after a chunk: wait so many milliseconds before the next (0: none), or read no further. */
export type AfterChunk = number | 'stop';

/**
 * Reads a body to its end, chunk by chunk as the socket gives them: nothing is gathered in between. Answers the chunk at
 * which `take` said stop, or null at the end. Rejects when the connection breaks, or no byte comes for `stallMs`.
 */
export const readBody = (
  body: IncomingMessage,
  stallMs: number,
  take: (chunk: Uint8Array) => AfterChunk,
): Promise<Uint8Array | null> => {
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array | null>();
  const stall = setTimeout(() => {
    // While it is we who do not read, the other side may rest.
    if (body.isPaused()) stall.refresh();
    else reject(new StalledError(stallMs));
  }, stallMs);
  let pause: NodeJS.Timeout | null = null;
  let over = false;
  const read = (chunk: Uint8Array): void => {
    if (over) return;
    stall.refresh();
    const after = take(chunk);
    if (after === 'stop') {
      over = true;
      body.pause();
      resolve(chunk);
    } else if (after > 0) {
      body.pause();
      pause = setTimeout(() => body.resume(), after);
    }
  };
  body.on('error', reject);
  body.on('close', () => reject(new Error(stationLine('causeClosedByHost'))));
  body.on('end', () => resolve(null));
  body.on('data', (chunk: Uint8Array) => {
    try {
      read(chunk);
    } catch (error) {
      over = true;
      body.pause();
      reject(error);
    }
  });
  return promise.finally(() => {
    over = true;
    clearTimeout(stall);
    if (pause !== null) clearTimeout(pause);
  });
};

const excerptBytes = 2_000;
const excerptChars = 300;
/** An error's text is not worth a longer wait. */
const excerptStallMs = 5_000;

/** The beginning of an error's body as one line without credentials, for the attempt's record; null when there is none. */
export const readExcerpt = async (body: IncomingMessage, stallMs: number, mask: HeaderMask): Promise<string | null> => {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  await readBody(body, Math.min(stallMs, excerptStallMs), (chunk) => {
    chunks.push(chunk);
    bytes += chunk.byteLength;
    return bytes < excerptBytes ? 0 : 'stop';
    // The status has said what matters; of the rest, what came is good enough.
  }).catch(() => null);
  // All that came is masked, and only then cut: half a token would not be recognised.
  const text = mask.maskedPiece(Buffer.concat(chunks).toString('utf8')).replace(/\s+/gu, ' ').trim();
  return text === '' ? null : text.slice(0, excerptChars);
};
