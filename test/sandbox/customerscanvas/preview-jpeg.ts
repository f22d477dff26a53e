import { seededRandom } from '../../../main/training/random/seeded-random.ts';

const BLOCKS_WIDE = 12;
const BLOCKS_HIGH = 8;
const BLOCK_PIXELS = 8;
const HEADER_HEX = {
  start: 'ffd8',
  jfif: 'ffe000104a46494600010100000100010000',
  end: 'ffd9',
};

/** A grey JPEG of 96 x 64 pixels: one flat tone for each block of 8, so that only the DC coefficients are needed. */
export function previewJpeg(seed: string | number): Uint8Array {
  const random = seededRandom(seed);
  const size = (blocks: number) => (blocks * BLOCK_PIXELS).toString(16).padStart(4, '0');
  return Buffer.concat([
    Buffer.from(HEADER_HEX.start + HEADER_HEX.jfif, 'hex'),
    // A quantisation step of 8 makes a DC coefficient equal to the tone's distance from middle grey.
    Buffer.from(`ffdb004300${'08'.repeat(64)}`, 'hex'),
    Buffer.from(`ffc0000b08${size(BLOCKS_HIGH)}${size(BLOCKS_WIDE)}01011100`, 'hex'),
    // DC: the categories 0 to 11 as codes of four bits. AC: the end of the block as a single bit.
    Buffer.from(`ffc4001f00${'0000000c'.padEnd(32, '0')}000102030405060708090a0b`, 'hex'),
    Buffer.from(`ffc4001410${'01'.padEnd(32, '0')}00`, 'hex'),
    Buffer.from('ffda0008010100003f00', 'hex'),
    scan(Array.from({ length: BLOCKS_WIDE * BLOCKS_HIGH }, () => random.below(200) - 100)),
    Buffer.from(HEADER_HEX.end, 'hex'),
  ]);
}

/** The entropy-coded tones: each as its difference from the one before. */
function scan(tones: readonly number[]): Uint8Array {
  let bits = '';
  let before = 0;
  for (const tone of tones) {
    const difference = tone - before;
    before = tone;
    const length = difference === 0 ? 0 : Math.abs(difference).toString(2).length;
    const value = difference < 0 ? difference + 2 ** length - 1 : difference;
    const magnitude = length === 0 ? '' : value.toString(2).padStart(length, '0');
    bits += `${length.toString(2).padStart(4, '0')}${magnitude}0`;
  }
  const bytes = (bits.match(/.{1,8}/g) ?? []).map((byte) => Number.parseInt(byte.padEnd(8, '1'), 2));
  // A zero follows each ff, so that it is not taken for a marker.
  return Uint8Array.from(bytes.flatMap((byte) => (byte === 0xff ? [0xff, 0] : [byte])));
}
