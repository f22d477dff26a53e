import { open } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Station } from '../../core/station-face.ts';
import { answerContent } from '../file-content.ts';
import { answerLine } from './answers.ts';
import { attachmentNamed } from './content-disposition.ts';
import { commonHeaders, lockedPolicy } from './response-headers.ts';

/** The id in `/files/ID`; null for any other address. */
export const fileIdOf = (path: string): number | null => {
  const id = /^\/files\/([1-9]\d{0,14})$/.exec(path)?.[1];
  return id === undefined ? null : Number(id);
};

/** Gives a ready file out as a download, and notes who took it once all of it has been sent. */
export const serveReadyFile = async (
  station: Pick<Station, 'readyFile' | 'noteDraggedOut'>,
  request: IncomingMessage,
  response: ServerResponse,
  fileId: number,
  by: string,
): Promise<void> => {
  const ready = await station.readyFile(fileId);
  const file = ready === null ? null : await open(ready.path, 'r').catch(() => null);
  if (ready === null || file === null) return answerLine(response, 404, 'this file is not here or not ready');
  try {
    // What was verified had this length; anything else is not that file any more.
    if ((await file.stat()).size !== ready.bytes) {
      return answerLine(response, 409, 'this file was changed on the disk since it was verified');
    }
    response.writeHead(200, {
      ...commonHeaders,
      'Content-Security-Policy': lockedPolicy,
      'Content-Type': 'application/octet-stream',
      'Content-Disposition': attachmentNamed(ready.name),
      'Content-Length': ready.bytes,
      'Cache-Control': 'no-store',
    });
    if (request.method === 'HEAD') {
      response.end();
      return;
    }
    await pipeline(file.createReadStream({ autoClose: false }), response);
    await station.noteDraggedOut([fileId], by);
  } finally {
    await file.close();
  }
};

/** Gives the screens a ready file, or a piece of it, to show. Nothing leaves the station by it, so nothing is noted. */
export const serveContent = async (
  station: Pick<Station, 'readyFile'>,
  request: IncomingMessage,
  response: ServerResponse,
  fileId: number,
): Promise<void> => {
  const answer = await answerContent(station, fileId, request.headers.range ?? null);
  if (answer.kind === 'refused') return answerLine(response, answer.status, answer.line, answer.headers);
  response.writeHead(answer.status, {
    ...commonHeaders,
    'Content-Security-Policy': lockedPolicy,
    ...answer.headers,
  });
  if (request.method === 'HEAD') {
    response.end();
    await answer.close();
    return;
  }
  await pipeline(answer.read(), response).catch((error: NodeJS.ErrnoException) => {
    // The screen has seen enough: it calls its own questions off.
    if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  });
};
