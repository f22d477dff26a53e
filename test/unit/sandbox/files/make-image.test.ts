import { inflateSync } from 'node:zlib';
import { PDFDocument } from '@cantoo/pdf-lib';
import { expect, test } from 'vitest';
import { makeJpeg, makePng } from '../../../sandbox/files/make-image.ts';

const spec = { seed: 1, blocksWide: 3, blocksHigh: 2 };

test('a made-up PNG and JPEG have the right size and can be put into a PDF', async () => {
  const document = await PDFDocument.create();
  const png = await document.embedPng(makePng(spec));
  const jpeg = await document.embedJpg(makeJpeg(spec));
  expect([png.width, png.height, jpeg.width, jpeg.height]).toEqual([24, 16, 24, 16]);
});

test('the pixels of a PNG come out of any zlib reader', () => {
  const bytes = Buffer.from(makePng(spec));
  const at = bytes.indexOf('IDAT');
  expect(inflateSync(bytes.subarray(at + 4, at + 4 + bytes.readUInt32BE(at - 4)))).toHaveLength(16 * 25);
});
