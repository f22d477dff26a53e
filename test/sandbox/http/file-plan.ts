import type { IncomingMessage } from 'node:http';
import {
  damagedContent,
  type FileContent,
  hollowContent,
  resizedContent,
} from '../../../main/training/files/file-content.ts';
import type { ShelvedFile } from '../../../main/training/files/file-shelf.ts';
import { type ByteRange, readByteRange } from '../files/byte-range.ts';
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
  const whole = find('hollow') === undefined ? file.content : hollowContent(file.content);
  const damaged = find('badMd5') === undefined ? whole : damagedContent(whole);
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
