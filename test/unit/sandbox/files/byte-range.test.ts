import { expect, test } from 'vitest';
import { readByteRange } from '../../../sandbox/files/byte-range.ts';

const file = { sizeBytes: 100, etag: '"a"', lastModified: 'Mon, 02 Mar 2026 09:00:00 GMT' };
const part = (start: number, end: number) => ({ kind: 'part', start, end });

test.each([
  ['no range is the whole file', undefined, undefined, { kind: 'whole' }],
  ['from a byte to the end', 'bytes=40-', undefined, part(40, 100)],
  ['from a byte to a byte, both included', 'bytes=0-9', undefined, part(0, 10)],
  ['an end beyond the file is cut', 'bytes=90-500', undefined, part(90, 100)],
  ['the last bytes', 'bytes=-10', undefined, part(90, 100)],
  ['more last bytes than there are', 'bytes=-500', undefined, part(0, 100)],
  ['a start beyond the file cannot be satisfied', 'bytes=100-', undefined, { kind: 'unsatisfiable' }],
  ['the last zero bytes cannot be satisfied', 'bytes=-0', undefined, { kind: 'unsatisfiable' }],
  ['several ranges are the whole file', 'bytes=0-1,5-6', undefined, { kind: 'whole' }],
  ['an end before the start is ignored', 'bytes=9-5', undefined, { kind: 'whole' }],
  ['another unit is ignored', 'pages=1-2', undefined, { kind: 'whole' }],
  ['If-Range with the same ETag', 'bytes=40-', '"a"', part(40, 100)],
  ['If-Range with another ETag', 'bytes=40-', '"b"', { kind: 'whole' }],
  ['If-Range with the same date', 'bytes=40-', 'Mon, 02 Mar 2026 09:00:00 GMT', part(40, 100)],
  ['If-Range with another date', 'bytes=40-', 'Mon, 02 Mar 2026 09:00:01 GMT', { kind: 'whole' }],
])('%s', (_title, range, ifRange, expected) => {
  expect(readByteRange({ range, ifRange }, file)).toEqual(expected);
});
