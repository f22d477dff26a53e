import { crc32 } from 'node:zlib';
import { seededRandom } from '../../../main/training/random/seeded-random.ts';

/** A small grey picture. The same spec gives the same bytes. */
export interface ImageSpec {
  readonly seed: string | number;
  /** In blocks of eight pixels. */
  readonly blocksWide: number;
  readonly blocksHigh: number;
}

const BLOCK_PIXELS = 8;

/** A complete PNG: 8 bit grey, not compressed. */
export function makePng(spec: ImageSpec): Uint8Array {
  const width = spec.blocksWide * BLOCK_PIXELS;
  const greys = blockGreys(spec);
  const rows = Array.from({ length: spec.blocksHigh * BLOCK_PIXELS }, (_, y) => {
    const row = Buffer.alloc(1 + width);
    const firstBlock = Math.floor(y / BLOCK_PIXELS) * spec.blocksWide;
    for (let x = 0; x < width; x += 1) row[x + 1] = greys[firstBlock + Math.floor(x / BLOCK_PIXELS)] ?? 0;
    return row;
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(rows.length, 4);
  header[8] = 8;
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    pngChunk('IHDR', header),
    pngChunk('IDAT', storedZlib(Buffer.concat(rows))),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

function pngChunk(name: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const around = Buffer.alloc(8);
  around.writeUInt32BE(data.length, 0);
  around.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([around.subarray(0, 4), named, around.subarray(4)]);
}

/** A zlib stream of stored blocks (RFC 1950, RFC 1951 3.2.4). */
function storedZlib(data: Buffer): Buffer {
  const longestBlock = 0xffff;
  const parts: Buffer[] = [Buffer.from([0x78, 0x01])];
  for (let at = 0; at === 0 || at < data.length; at += longestBlock) {
    const block = data.subarray(at, at + longestBlock);
    const head = Buffer.alloc(5);
    head[0] = at + longestBlock >= data.length ? 1 : 0;
    head.writeUInt16LE(block.length, 1);
    head.writeUInt16LE(block.length ^ 0xffff, 3);
    parts.push(head, block);
  }
  let low = 1;
  let high = 0;
  for (const byte of data) {
    low = (low + byte) % 65_521;
    high = (high + low) % 65_521;
  }
  const check = Buffer.alloc(4);
  check.writeUInt16BE(high, 0);
  check.writeUInt16BE(low, 2);
  return Buffer.concat([...parts, check]);
}

/** A complete baseline JPEG (ITU-T T.81): one grey for each block, so that only the DC values are coded. */
export function makeJpeg(spec: ImageSpec): Uint8Array {
  const height = spec.blocksHigh * BLOCK_PIXELS;
  const width = spec.blocksWide * BLOCK_PIXELS;
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    // With eight as the quantum of the mean, the DC value is the grey itself, shifted by 128.
    jpegSegment(0xdb, [0, ...Array.from({ length: 64 }, () => BLOCK_PIXELS)]),
    jpegSegment(0xc0, [8, height >> 8, height & 0xff, width >> 8, width & 0xff, 1, 1, 0x11, 0]),
    // Ten DC categories and one AC symbol (end of block): all with codes of four bits and of one.
    jpegSegment(0xc4, [0x00, 0, 0, 0, 10, ...Array.from({ length: 12 }, () => 0), 0, 1, 2, 3, 4, 5, 6, 7, 8, 9]),
    jpegSegment(0xc4, [0x10, 1, ...Array.from({ length: 15 }, () => 0), 0]),
    jpegSegment(0xda, [1, 1, 0x00, 0, 63, 0]),
    jpegBlocks(blockGreys(spec)),
    Buffer.from([0xff, 0xd9]),
  ]);
}

function jpegSegment(marker: number, data: readonly number[]): Buffer {
  const lengthBytes = data.length + 2;
  return Buffer.from([0xff, marker, lengthBytes >> 8, lengthBytes & 0xff, ...data]);
}

function jpegBlocks(greys: readonly number[]): Buffer {
  let bits = '';
  let before = 128;
  for (const grey of greys) {
    const difference = grey - before;
    before = grey;
    const category = difference === 0 ? 0 : Math.floor(Math.log2(Math.abs(difference))) + 1;
    const value = difference < 0 ? difference + 2 ** category - 1 : difference;
    bits += category.toString(2).padStart(4, '0');
    if (category > 0) bits += value.toString(2).padStart(category, '0');
    bits += '0';
  }
  const bytes: number[] = [];
  for (let at = 0; at < bits.length; at += 8) {
    const byte = Number.parseInt(bits.slice(at, at + 8).padEnd(8, '1'), 2);
    // A 0xff of the data is followed by a zero, so that it is taken for no marker.
    bytes.push(...(byte === 0xff ? [byte, 0] : [byte]));
  }
  return Buffer.from(bytes);
}

function blockGreys(spec: ImageSpec): readonly number[] {
  const random = seededRandom(spec.seed);
  return Array.from({ length: spec.blocksWide * spec.blocksHigh }, () => 40 + random.below(200));
}
