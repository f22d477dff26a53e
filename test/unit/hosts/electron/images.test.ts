import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import * as images from '../../../../main/hosts/electron/images.ts';
import { drawIcon, imagesModule, packageIconSize } from '../../../../scripts/electron-icons.ts';

const root = path.resolve(import.meta.dirname, '../../../..');

/** The pixels of a PNG: how they were packed differs between machines. */
const pixels = (png: Buffer): Buffer => {
  const data = png.indexOf('IDAT');
  return inflateSync(png.subarray(data + 4, data + 4 + png.readUInt32BE(data - 4)));
};
const fromUrl = (url: string): Buffer => Buffer.from(url.slice('data:image/png;base64,'.length), 'base64');

test('the images in the code and in the package are the ones that the script draws', async () => {
  const { allRight, attention, cutOff } = images.trayImages;
  const drawn: [Buffer, Buffer][] = [
    [fromUrl(allRight[0]), drawIcon(16, 'none')],
    [fromUrl(allRight[1]), drawIcon(32, 'none')],
    [fromUrl(attention[0]), drawIcon(16, 'triangle')],
    [fromUrl(attention[1]), drawIcon(32, 'triangle')],
    [fromUrl(cutOff[0]), drawIcon(16, 'brokenRing')],
    [fromUrl(cutOff[1]), drawIcon(32, 'brokenRing')],
    [fromUrl(images.dragImage), drawIcon(48, 'none')],
    [await readFile(path.join(root, 'build/icon.png')), drawIcon(packageIconSize, 'none')],
  ];
  for (const [kept, fresh] of drawn) expect(pixels(kept)).toEqual(pixels(fresh));
});

test('they are small', async () => {
  expect(imagesModule().length).toBeLessThan(8_000);
  expect((await readFile(path.join(root, 'build/icon.png'))).length).toBeLessThan(8_000);
});
