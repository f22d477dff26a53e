import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  bytesContent,
  damagedContent,
  type FileContent,
  joinedContent,
  md5Of,
  repeatedContent,
  resizedContent,
} from '../../../../main/training/files/file-content.ts';

const read = (content: FileContent, start = 0, end = content.sizeBytes) => Buffer.concat([...content.read(start, end)]);

test('any range of joined, repeated content is the same range of all its bytes', () => {
  const content = joinedContent([
    bytesContent(Buffer.from('head')),
    repeatedContent(Buffer.from('abc'), 10),
    bytesContent(Buffer.from('tail')),
  ]);
  const whole = Buffer.from('headabcabcabcatail');
  expect(read(content)).toEqual(whole);
  fc.assert(
    fc.property(fc.nat(18), fc.nat(18), (one, other) => {
      const [start, end] = [Math.min(one, other), Math.max(one, other)];
      expect(read(content, start, end)).toEqual(whole.subarray(start, end));
      expect(read(damagedContent(content), start, end)).toEqual(read(damagedContent(content)).subarray(start, end));
    }),
  );
});

test('damaged content has the same length and one different byte', () => {
  const content = bytesContent(Buffer.from('0123456789'));
  const damaged = read(damagedContent(content));
  expect(damaged.filter((byte, at) => byte !== '0123456789'.charCodeAt(at))).toHaveLength(1);
  expect(damaged).toHaveLength(10);
});

test('resized content is cut or made longer', () => {
  const content = bytesContent(Buffer.from('0123456789'));
  expect(read(resizedContent(content, 4)).toString()).toBe('0123');
  expect(read(resizedContent(content, 12)).toString()).toBe('0123456789\n\n');
});

test('the MD5 is that of all bytes, also over many chunks', async () => {
  const bytes = Buffer.alloc(9 * 1024 * 1024, 'platen');
  expect(await md5Of(repeatedContent(Buffer.from('platen'), bytes.byteLength))).toBe(
    createHash('md5').update(bytes).digest('hex'),
  );
});
