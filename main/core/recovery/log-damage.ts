import { readFile } from 'node:fs/promises';

const headerBytes = 32;
const frameHeaderBytes = 24;
/** SQLite's magic numbers of a write-ahead log; the last bit says in which byte order its checksums are. */
const magicLittle = 0x377f0682;
const magicBig = 0x377f0683;

interface Sum {
  readonly first: number;
  readonly second: number;
}

/** SQLite's checksum over 32-bit words, two at a time (https://sqlite.org/fileformat2.html#checksum_algorithm). */
const checksum = (bytes: DataView, from: number, length: number, little: boolean, sum: Sum): Sum => {
  let { first, second } = sum;
  for (let at = from; at < from + length; at += 8) {
    first = (first + bytes.getUint32(at, little) + second) >>> 0;
    second = (second + bytes.getUint32(at + 4, little) + first) >>> 0;
  }
  return { first, second };
};

export type LogState =
  | { readonly kind: 'whole' }
  /** Commits that were on disk cannot be read: SQLite will go on as if they had never been. */
  | { readonly kind: 'cut'; readonly lostCommits: number };

const whole: LogState = { kind: 'whole' };

/**
 * Whether a write-ahead log lost commits. SQLite reads it up to the first frame that does not fit and says nothing. At
 * the end that is the transaction that a power cut interrupted; but each commit is on disk before the next begins, so
 * two commits behind a bad frame prove that something else wrote there.
 */
export const stateOfLog = (log: Buffer): LogState => {
  if (log.length < headerBytes) return whole;
  const view = new DataView(log.buffer, log.byteOffset, log.length);
  const magic = view.getUint32(0);
  const header = checksum(view, 0, 24, magic === magicLittle, { first: 0, second: 0 });
  const headerFits =
    (magic === magicLittle || magic === magicBig) &&
    header.first === view.getUint32(24) &&
    header.second === view.getUint32(28);
  const pageBytes = view.getUint32(8);
  if (!headerFits || pageBytes < 512 || pageBytes > 65_536) return cutHeader(view);
  const little = magic === magicLittle;
  const salts = [view.getUint32(16), view.getUint32(20)];
  const frameBytes = frameHeaderBytes + pageBytes;
  let sum: Sum = header;
  let intact = true;
  let lostCommits = 0;
  for (let at = headerBytes; at + frameBytes <= log.length; at += frameBytes) {
    const isOurs = view.getUint32(at + 8) === salts[0] && view.getUint32(at + 12) === salts[1];
    if (intact) {
      const afterHeader = checksum(view, at, 8, little, sum);
      const after = checksum(view, at + frameHeaderBytes, pageBytes, little, afterHeader);
      intact = isOurs && after.first === view.getUint32(at + 16) && after.second === view.getUint32(at + 20);
      sum = after;
    }
    // The frame that ends a commit says how many pages the database has then.
    if (!intact && isOurs && view.getUint32(at + 4) > 0) lostCommits += 1;
  }
  return lostCommits >= 2 ? { kind: 'cut', lostCommits } : whole;
};

/** Without its header nothing of it is read. Whether it held anything is seen by the salts that its frames share. */
const cutHeader = (view: DataView): LogState => {
  for (const pageBytes of [4096, 1024, 2048, 8192, 16_384, 32_768, 65_536, 512]) {
    const frameBytes = frameHeaderBytes + pageBytes;
    const second = headerBytes + frameBytes;
    if (second + frameBytes > view.byteLength) continue;
    const [salt, otherSalt] = [view.getUint32(headerBytes + 8), view.getUint32(headerBytes + 12)];
    if (salt === 0 && otherSalt === 0) continue;
    let lostCommits = 0;
    let frames = 0;
    for (let at = headerBytes; at + frameBytes <= view.byteLength; at += frameBytes) {
      if (view.getUint32(at + 8) !== salt || view.getUint32(at + 12) !== otherSalt) break;
      frames += 1;
      if (view.getUint32(at + 4) > 0) lostCommits += 1;
    }
    if (frames >= 2 && lostCommits > 0) return { kind: 'cut', lostCommits };
  }
  return whole;
};

export const readLogState = async (path: string): Promise<LogState> => {
  const log = await readFile(path).catch(() => null);
  return log === null ? whole : stateOfLog(log);
};
