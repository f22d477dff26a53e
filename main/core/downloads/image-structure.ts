import { stationLine } from '../../contract/station-lines/station-lines.ts';
import type { FilePieces } from './file-pieces.ts';

/** An end mark may be followed by so many bytes of padding. */
const pngTailBytes = 1024;
/** Cameras and phones write notes of their own behind a JPEG. */
const jpegTailBytes = 64 * 1024;
/** More segments before the picture than any program writes. */
const mostJpegSegments = 10_000;

const pngHeaderBytes = 16;
const pngEnd = Buffer.from('0000000049454e44ae426082', 'hex');

/** What is wrong with a PNG; null when it has its beginning and its end. */
export const pngComplaint = async (file: FilePieces): Promise<string | null> => {
  const header = await file.at(0, pngHeaderBytes);
  if (header.toString('latin1', 12) !== 'IHDR') return stationLine('pngNoHeader');
  const { piece } = await file.tail(pngTailBytes);
  return piece.includes(pngEnd) ? null : stationLine('pngCutOff');
};

const startOfScan = 0xda;
const endOfImage = 0xd9;
const endMark = Buffer.from([0xff, endOfImage]);
/** Markers that stand alone; all others are followed by the length of their segment (ITU-T T.81, B.1.1.3). */
const standsAlone = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);

/** Where the picture's own data begins; null when there is none. The preview in the header ends with an end mark too. */
const jpegScanAt = async (file: FilePieces): Promise<number | null> => {
  let at = 2;
  for (let segment = 0; segment < mostJpegSegments; segment += 1) {
    const piece = await file.at(at, 4);
    if (piece.length < 4 || piece[0] !== 0xff) return null;
    const marker = piece.readUInt8(1);
    if (marker === endOfImage) return null;
    if (marker === 0xff) at += 1;
    else if (standsAlone(marker)) at += 2;
    else {
      const next = at + 2 + piece.readUInt16BE(2);
      if (marker === startOfScan) return next;
      at = next;
    }
  }
  return null;
};

/** What is wrong with a JPEG; null when its picture has its beginning and its end. */
export const jpegComplaint = async (file: FilePieces): Promise<string | null> => {
  const scanAt = await jpegScanAt(file);
  if (scanAt === null) return stationLine('jpegNoPicture');
  const { piece, from } = await file.tail(jpegTailBytes);
  const endAt = piece.lastIndexOf(endMark);
  return endAt !== -1 && from + endAt >= scanAt ? null : stationLine('jpegCutOff');
};
