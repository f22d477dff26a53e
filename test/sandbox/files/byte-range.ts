/** What part of a file a request asks for; `end` is without. */
export type ByteRange =
  | { readonly kind: 'whole' }
  | { readonly kind: 'part'; readonly start: number; readonly end: number }
  | { readonly kind: 'unsatisfiable' };

interface RangeRequest {
  readonly range: string | undefined;
  readonly ifRange: string | undefined;
}

interface Representation {
  readonly sizeBytes: number;
  readonly etag: string;
  readonly lastModified: string;
}

/** Reads Range and If-Range (RFC 9110, 13.1.5 and 14.2). Several ranges at once or a malformed header give the whole file. */
export function readByteRange(request: RangeRequest, file: Representation): ByteRange {
  const { range, ifRange } = request;
  const unchanged = ifRange === undefined || ifRange === file.etag || ifRange === file.lastModified;
  const match = range === undefined || !unchanged ? null : /^bytes=(\d*)-(\d*)$/.exec(range.trim());
  if (match === null) return { kind: 'whole' };
  const [, first = '', last = ''] = match;
  if (first === '' && last === '') return { kind: 'whole' };
  if (first === '') {
    const suffixBytes = Math.min(Number(last), file.sizeBytes);
    if (suffixBytes === 0) return { kind: 'unsatisfiable' };
    return { kind: 'part', start: file.sizeBytes - suffixBytes, end: file.sizeBytes };
  }
  const start = Number(first);
  const end = last === '' ? file.sizeBytes : Math.min(Number(last) + 1, file.sizeBytes);
  if (last !== '' && Number(last) < start) return { kind: 'whole' };
  return start >= file.sizeBytes ? { kind: 'unsatisfiable' } : { kind: 'part', start, end };
}
