import { stationLine } from '../../contract/station-lines/station-lines.ts';
import type { FilePieces } from './file-pieces.ts';

/** Signatures and places of APPNOTE.TXT, 4.3.12 to 4.3.16. */
const endSignature = Buffer.from('PK\x05\x06', 'latin1');
const end64Signature = 'PK\x06\x06';
const locatorSignature = 'PK\x06\x07';
const entrySignature = 'PK\x01\x02';
const endBytes = 22;
const end64Bytes = 56;
const locatorBytes = 20;
const longestComment = 0xffff;
const inEnd64 = 0xffffffff;

interface Directory {
  readonly bytes: number;
  readonly entries: number;
  /** Where the directory has to end. */
  readonly endsAt: number;
}

const cutOff = stationLine('zipCutOff');

/** The record at the archive's very end; null when there is none. */
const endRecord = ({ piece, from }: { readonly piece: Buffer; readonly from: number }) => {
  for (let at = piece.length - endBytes; at >= 0; at -= 1) {
    at = piece.lastIndexOf(endSignature, at);
    if (at === -1) return null;
    const record = piece.subarray(at);
    if (record.readUInt16LE(20) === record.length - endBytes) return { record, at: from + at };
  }
  return null;
};

/** The record that large archives have before it (ZIP64). */
const directory64 = async (file: FilePieces, endAt: number): Promise<Directory | null> => {
  const locator = await file.at(endAt - locatorBytes, locatorBytes);
  if (locator.length < locatorBytes || locator.toString('latin1', 0, 4) !== locatorSignature) return null;
  const at = Number(locator.readBigUInt64LE(8));
  const record = await file.at(at, end64Bytes);
  if (record.length < end64Bytes || record.toString('latin1', 0, 4) !== end64Signature) return null;
  return { entries: Number(record.readBigUInt64LE(32)), bytes: Number(record.readBigUInt64LE(40)), endsAt: at };
};

/** What is wrong with a ZIP archive; null when its directory is there and lists something. */
export const zipComplaint = async (file: FilePieces): Promise<string | null> => {
  const end = endRecord(await file.tail(endBytes + longestComment));
  if (end === null) return cutOff;
  const bytes = end.record.readUInt32LE(12);
  const isLarge =
    bytes === inEnd64 || end.record.readUInt32LE(16) === inEnd64 || end.record.readUInt16LE(10) === 0xffff;
  const large = isLarge ? await directory64(file, end.at) : null;
  const directory = large ?? { bytes, entries: end.record.readUInt16LE(10), endsAt: end.at };
  if (directory.entries === 0) return stationLine('zipEmpty');
  if (directory.bytes > directory.endsAt) return cutOff;
  const first = await file.at(directory.endsAt - directory.bytes, entrySignature.length);
  return first.toString('latin1') === entrySignature ? null : stationLine('zipNoDirectory');
};
