import { type FileHandle, open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { Station } from '../core/station-face.ts';

/** The id in `/files/ID/content`, where the screens read a ready file piece by piece; null for any other address. */
export const contentIdOf = (path: string): number | null => {
  const id = /^\/files\/([1-9]\d{0,14})\/content$/.exec(path)?.[1];
  return id === undefined ? null : Number(id);
};

/** What is asked for: all of it, a piece (both ends belong to it), or a piece that is not there. */
export type AskedRange =
  | { readonly kind: 'whole' }
  | { readonly kind: 'piece'; readonly from: number; readonly to: number }
  | { readonly kind: 'unsatisfiable' };

/** Reads a `Range` header (RFC 9110, 14.2). What it does not understand, such as several pieces at once, asks for all. */
export const askedRange = (header: string | null, bytes: number): AskedRange => {
  const [, first, last] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '') ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) return { kind: 'whole' };
  if (first !== '' && last !== '' && Number(last) < Number(first)) return { kind: 'whole' };
  const from = first === '' ? Math.max(0, bytes - Number(last)) : Number(first);
  const to = first === '' || last === '' ? bytes - 1 : Math.min(Number(last), bytes - 1);
  return from > to ? { kind: 'unsatisfiable' } : { kind: 'piece', from, to };
};

/** What a host answers to such a request. */
export type ContentAnswer =
  /** `headers` stands beside the host's own. */
  | {
      readonly kind: 'content';
      readonly status: 200 | 206;
      readonly headers: Readonly<Record<string, string>>;
      /** Ends with the piece, and closes the file. */
      readonly read: () => Readable;
      /** In place of `read`, when nobody wants the content. */
      readonly close: () => Promise<void>;
    }
  | {
      readonly kind: 'refused';
      readonly status: 404 | 409 | 416;
      readonly headers: Readonly<Record<string, string>>;
      readonly line: string;
    };

const refused = (status: 404 | 409 | 416, line: string, headers = {}): ContentAnswer => ({
  kind: 'refused',
  status,
  headers,
  line,
});

const contentOf = (file: FileHandle, bytes: number, range: string | null): ContentAnswer | null => {
  const asked = askedRange(range, bytes);
  if (asked.kind === 'unsatisfiable') return null;
  const { from, to } = asked.kind === 'whole' ? { from: 0, to: bytes - 1 } : asked;
  return {
    kind: 'content',
    status: asked.kind === 'whole' ? 200 : 206,
    headers: {
      // Never a type that a browser would show by itself: whatever it holds, it is data of this page.
      'Content-Type': 'application/octet-stream',
      'Content-Length': String(to - from + 1),
      'Accept-Ranges': 'bytes',
      'Cache-Control': 'no-store',
      ...(asked.kind === 'whole' ? {} : { 'Content-Range': `bytes ${from}-${to}/${bytes}` }),
    },
    // Of an empty file nothing is read, wherever that ends.
    read: () => file.createReadStream({ start: from, end: Math.max(from, to) }),
    close: () => file.close(),
  };
};

/** Opens a ready file for the screens. Only what was verified is given out, named by its id and never by a path. */
export const answerContent = async (
  station: Pick<Station, 'readyFile'>,
  fileId: number,
  range: string | null,
): Promise<ContentAnswer> => {
  const ready = await station.readyFile(fileId);
  const file = ready === null ? null : await open(ready.path, 'r').catch(() => null);
  if (ready === null || file === null) return refused(404, 'this file is not here or not ready');
  // What was verified had this length; anything else is not that file any more.
  const isWhole = await file.stat().then(
    ({ size }) => size === ready.bytes,
    () => false,
  );
  const content = isWhole ? contentOf(file, ready.bytes, range) : null;
  if (content !== null) return content;
  await file.close();
  return isWhole
    ? refused(416, 'the file has no such piece', { 'Content-Range': `bytes */${ready.bytes}` })
    : refused(409, 'this file was changed on the disk since it was verified');
};
