import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ByteRange, readByteRange } from '../files/byte-range.ts';
import { damagedContent, type FileContent, resizedContent } from '../files/file-content.ts';
import type { ShelvedFile } from '../files/file-shelf.ts';
import { wait } from '../wait.ts';
import type { FileFault } from './file-faults.ts';

type Fault<K extends FileFault['kind']> = Extract<FileFault, { readonly kind: K }>;

/** Where and how the sending of a body ends. `byte` counts from the start of what is sent. */
export type BodyEnd =
  | { readonly kind: 'complete' }
  | { readonly kind: 'truncated' | 'reset' | 'stall'; readonly byte: number };

/** Everything about one answer with a file, decided before a byte is sent. */
export interface FileDelivery {
  readonly status: 200 | 206 | 416;
  readonly headers: Readonly<Record<string, string>>;
  readonly content: FileContent;
  /** The bytes of the content to send, `end` without; empty for HEAD and 416. */
  readonly start: number;
  readonly end: number;
  readonly bodyEnd: BodyEnd;
  readonly bytesPerSecond: number | undefined;
}

/** `version` counts how often the file's validators have changed. */
export function planDelivery(
  request: IncomingMessage,
  file: ShelvedFile,
  faults: readonly FileFault[],
  version: number,
): FileDelivery {
  const find = <K extends FileFault['kind']>(kind: K) => faults.find((fault): fault is Fault<K> => fault.kind === kind);
  const wrongSize = find('wrongSize');
  const damaged = find('badMd5') === undefined ? file.content : damagedContent(file.content);
  const content =
    wrongSize === undefined
      ? damaged
      : resizedContent(damaged, Math.max(0, file.content.sizeBytes + wrongSize.deltaBytes));
  const { sizeBytes } = content;
  const etag = version === 0 ? `"${file.md5}"` : `"${file.md5}-${version}"`;
  const lastModified = new Date(file.lastModified.getTime() + version * 1000).toUTCString();
  const validators = find('noValidators') === undefined ? { etag, 'last-modified': lastModified } : {};
  const rangesAllowed = find('noRange') === undefined;
  const range: ByteRange = rangesAllowed
    ? readByteRange(
        { range: request.headers.range, ifRange: firstOf(request.headers['if-range']) },
        { sizeBytes, etag, lastModified },
      )
    : { kind: 'whole' };
  const shared = { ...validators, ...(rangesAllowed ? { 'accept-ranges': 'bytes' } : {}) };

  if (range.kind === 'unsatisfiable') {
    return {
      status: 416,
      headers: { ...shared, 'content-range': `bytes */${sizeBytes}`, 'content-length': '0' },
      content,
      start: 0,
      end: 0,
      bodyEnd: { kind: 'complete' },
      bytesPerSecond: undefined,
    };
  }
  const { start, end } = range.kind === 'part' ? range : { start: 0, end: sizeBytes };
  const chunked = find('noLength') !== undefined && request.method !== 'HEAD';
  return {
    status: range.kind === 'part' ? 206 : 200,
    headers: {
      ...shared,
      'content-type': file.contentType,
      ...(chunked ? {} : { 'content-length': String(end - start) }),
      ...(range.kind === 'part' ? { 'content-range': `bytes ${start}-${end - 1}/${sizeBytes}` } : {}),
    },
    content,
    start,
    end: request.method === 'HEAD' ? start : end,
    bodyEnd: bodyEndOf(find('reset') ?? find('truncated') ?? find('stall'), end - start),
    bytesPerSecond: find('slow')?.bytesPerSecond,
  };
}

function bodyEndOf(fault: Fault<'reset' | 'truncated' | 'stall'> | undefined, lengthBytes: number): BodyEnd {
  if (fault === undefined) return { kind: 'complete' };
  return {
    kind: fault.kind,
    byte: Math.min(Math.floor(lengthBytes * (fault.share ?? 0.5)), Math.max(0, lengthBytes - 1)),
  };
}

function firstOf(header: string | readonly string[] | undefined): string | undefined {
  return typeof header === 'object' ? header[0] : header;
}

/** Whether the whole answer went out, was cut as a fault wanted it, or the client (or the server's stop) ended it. */
export type DeliveryOutcome = 'complete' | 'cut' | 'aborted';

export interface SentFile {
  readonly bytesSent: number;
  readonly outcome: DeliveryOutcome;
}

const RESET_AFTER_MS = 30;
const SLOW_TICKS_PER_SECOND = 20;

/** Sends what was planned, at the pace that was planned, and ends as planned. */
export async function sendDelivery(
  response: ServerResponse,
  plan: FileDelivery,
  stopped: AbortSignal,
): Promise<SentFile> {
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  const over = AbortSignal.any([gone.signal, stopped]);
  const lastByte = plan.bodyEnd.kind === 'complete' ? plan.end : Math.min(plan.end, plan.start + plan.bodyEnd.byte);

  response.writeHead(plan.status, plan.headers);
  response.flushHeaders();
  let bytesSent = 0;
  for (const piece of paced(plan, lastByte)) {
    if (over.aborted) return { bytesSent, outcome: 'aborted' };
    const flowing = response.write(piece);
    bytesSent += piece.byteLength;
    if (!flowing) await drained(response, over);
    if (plan.bytesPerSecond !== undefined) {
      await wait((piece.byteLength / plan.bytesPerSecond) * 1000, over);
    }
  }
  if (over.aborted) return { bytesSent, outcome: 'aborted' };

  // HEAD and 416 have no body that could be cut.
  if (plan.bodyEnd.kind === 'complete' || plan.end === plan.start) {
    response.end();
    return { bytesSent, outcome: 'complete' };
  }
  await cut(response, plan.bodyEnd.kind, over);
  return { bytesSent, outcome: 'cut' };
}

/** The bytes in pieces: as they come, or so small that 20 of them make a second's worth. */
function* paced(plan: FileDelivery, lastByte: number): Iterable<Uint8Array> {
  const pieceBytes =
    plan.bytesPerSecond === undefined
      ? Number.POSITIVE_INFINITY
      : Math.max(1, Math.floor(plan.bytesPerSecond / SLOW_TICKS_PER_SECOND));
  for (const chunk of plan.content.read(plan.start, lastByte)) {
    for (let at = 0; at < chunk.byteLength; at += pieceBytes) yield chunk.subarray(at, at + pieceBytes);
  }
}

async function cut(response: ServerResponse, kind: 'truncated' | 'reset' | 'stall', over: AbortSignal): Promise<void> {
  if (kind === 'stall') {
    await untilAborted(over);
    return;
  }
  const { socket } = response;
  if (socket === null) return;
  if (kind === 'truncated') {
    socket.destroySoon();
    return;
  }
  // A reset throws away what is still under way in either kernel: give the bytes counted as sent time to arrive.
  await wait(RESET_AFTER_MS, over);
  socket.resetAndDestroy();
}

function drained(response: ServerResponse, over: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done);
      over.removeEventListener('abort', done);
      resolve();
    };
    response.on('drain', done);
    over.addEventListener('abort', done);
    if (over.aborted) done();
  });
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
