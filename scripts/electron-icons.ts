/**
 * Draws the app's icons: `build/icon.png` and `build/icon.ico` for the packages, and the images that the desktop app carries in its code.
 * Run it after a change here: npx node scripts/electron-icons.ts
 */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { crc32, deflateSync } from 'node:zlib';

type Colour = readonly [red: number, green: number, blue: number];
type Badge = 'none' | 'triangle' | 'brokenRing';

/** A shape in the unit square, origin at the top left: true where it covers the point. */
type Shape = (x: number, y: number) => boolean;
interface Layer {
  readonly shape: Shape;
  readonly colour: Colour;
}

const ground: Colour = [44, 44, 44];
const paper: Colour = [242, 242, 242];
const bar: Colour = [150, 150, 150];
const amber: Colour = [240, 165, 0];
const red: Colour = [255, 96, 84];
const samplesPerAxis = 4;

const roundedBox =
  (left: number, top: number, right: number, bottom: number, radius: number): Shape =>
  (x, y) => {
    const outX = Math.max(left + radius - x, 0, x - (right - radius));
    const outY = Math.max(top + radius - y, 0, y - (bottom - radius));
    return Math.hypot(outX, outY) <= radius;
  };

const triangle =
  (centreX: number, centreY: number, size: number): Shape =>
  (x, y) => {
    const down = y - (centreY - size);
    return down >= 0 && y <= centreY + size && Math.abs(x - centreX) <= down / 2 + size * 0.08;
  };

/** A ring that is torn in two halves: what was joined is no longer. */
const brokenRing =
  (centreX: number, centreY: number, outer: number, inner: number, gap: number): Shape =>
  (x, y) => {
    const [dx, dy] = [x - centreX, y - centreY];
    const away = Math.hypot(dx, dy);
    return away <= outer && away >= inner && Math.abs(dx + dy) / Math.SQRT2 >= gap / 2;
  };

const disc =
  (centreX: number, centreY: number, radius: number): Shape =>
  (x, y) =>
    Math.hypot(x - centreX, y - centreY) <= radius;

const badgeLayers = (badge: Badge): readonly Layer[] => {
  switch (badge) {
    case 'none':
      return [];
    case 'triangle':
      return [
        { shape: triangle(0.68, 0.64, 0.34), colour: ground },
        { shape: triangle(0.68, 0.66, 0.27), colour: amber },
      ];
    case 'brokenRing':
      return [
        { shape: disc(0.66, 0.66, 0.34), colour: ground },
        { shape: brokenRing(0.66, 0.66, 0.3, 0.13, 0.16), colour: red },
      ];
  }
};

/** A sheet under the bar that presses it. */
const layers = (badge: Badge): readonly Layer[] => [
  { shape: roundedBox(0.03, 0.03, 0.97, 0.97, 0.2), colour: ground },
  { shape: roundedBox(0.27, 0.3, 0.73, 0.84, 0.03), colour: paper },
  { shape: roundedBox(0.15, 0.2, 0.85, 0.36, 0.05), colour: bar },
  ...badgeLayers(badge),
];

const pixel = (drawing: readonly Layer[], column: number, row: number, size: number): readonly number[] => {
  const sum = [0, 0, 0];
  let covered = 0;
  for (let sample = 0; sample < samplesPerAxis ** 2; sample += 1) {
    const x = (column + ((sample % samplesPerAxis) + 0.5) / samplesPerAxis) / size;
    const y = (row + (Math.floor(sample / samplesPerAxis) + 0.5) / samplesPerAxis) / size;
    const top = drawing.findLast((layer) => layer.shape(x, y));
    if (top === undefined) continue;
    covered += 1;
    top.colour.forEach((value, channel) => {
      sum[channel] = (sum[channel] ?? 0) + value;
    });
  }
  return [
    ...sum.map((value) => (covered === 0 ? 0 : Math.round(value / covered))),
    Math.round((covered / samplesPerAxis ** 2) * 255),
  ];
};

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
};

/** A PNG of `size` by `size` pixels, eight bits a channel, with transparency. */
export const drawIcon = (size: number, badge: Badge): Buffer => {
  const drawing = layers(badge);
  const rows = Array.from({ length: size }, (_, row) => [
    0,
    ...Array.from({ length: size }, (_, column) => pixel(drawing, column, row, size)).flat(),
  ]);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.from(rows.flat()), { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
};

/** A Windows icon of several sizes, each kept as a PNG. */
export const drawWindowsIcon = (sizes: readonly number[]): Buffer => {
  const images = sizes.map((size) => drawIcon(size, 'none'));
  const header = Buffer.alloc(6 + 16 * sizes.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(sizes.length, 4);
  let offset = header.length;
  images.forEach((image, index) => {
    const entry = 6 + 16 * index;
    const size = sizes[index] ?? 0;
    // One byte for each side, in which 0 stands for 256.
    header.set([size % 256, size % 256, 0, 0, 1, 0, 32, 0], entry);
    header.writeUInt32LE(image.length, entry + 8);
    header.writeUInt32LE(offset, entry + 12);
    offset += image.length;
  });
  return Buffer.concat([header, ...images]);
};

const dataUrl = (size: number, badge: Badge): string =>
  `data:image/png;base64,${drawIcon(size, badge).toString('base64')}`;

/** The text of `main/hosts/electron/images.ts`. */
export const imagesModule = (): string => `// Drawn by scripts/electron-icons.ts; change it there.

/** The tray's images at one and two pixels a point. */
export const trayImages = {
  allRight: ['${dataUrl(16, 'none')}', '${dataUrl(32, 'none')}'],
  attention: ['${dataUrl(16, 'triangle')}', '${dataUrl(32, 'triangle')}'],
  cutOff: ['${dataUrl(16, 'brokenRing')}', '${dataUrl(32, 'brokenRing')}'],
} as const;

/** Shown under the pointer while files are dragged, and as the window's icon. */
export const dragImage = '${dataUrl(48, 'none')}';
`;

export const packageIconSize = 512;
const windowsIconSizes = [16, 24, 32, 48, 256];

if (import.meta.main) {
  const root = path.dirname(import.meta.dirname);
  await writeFile(path.join(root, 'build/icon.png'), drawIcon(packageIconSize, 'none'));
  await writeFile(path.join(root, 'build/icon.ico'), drawWindowsIcon(windowsIconSizes));
  await writeFile(path.join(root, 'main/hosts/electron/images.ts'), imagesModule());
}
