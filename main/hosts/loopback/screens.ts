import { randomBytes } from 'node:crypto';
import { type FileHandle, open, readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { contentPolicy, noncePlaceholder } from '../content-policy.ts';
import { answerLine } from './answers.ts';
import { commonHeaders, lockedPolicy, scriptPolicy } from './response-headers.ts';

const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};

/** Serves the built screens: the page with a fresh nonce each time, and the files beside it. */
export const serveScreens = async (
  folder: string,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
): Promise<void> => {
  if (path === '/' || path === '/index.html') return servePage(folder, response);
  const file = await openWithin(folder, path);
  if (file === null) return answerLine(response, 404, 'there is nothing at this address');
  try {
    const { size } = await file.stat();
    const contentType = contentTypes[extname(path).toLowerCase()] ?? 'application/octet-stream';
    response.writeHead(200, {
      ...commonHeaders,
      'Content-Security-Policy': contentType.startsWith('text/javascript') ? scriptPolicy : lockedPolicy,
      'Content-Type': contentType,
      'Content-Length': size,
      // The build puts a hash of the content into the names of its assets.
      'Cache-Control': path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    });
    if (request.method === 'HEAD') response.end();
    else await pipeline(file.createReadStream({ autoClose: false }), response);
  } finally {
    await file.close();
  }
};

const servePage = async (folder: string, response: ServerResponse): Promise<void> => {
  const nonce = randomBytes(16).toString('base64url');
  const page = await readFile(join(folder, 'index.html'), 'utf8').catch(() => null);
  if (page === null) return answerLine(response, 404, 'the screens are not built');
  response.writeHead(200, {
    ...commonHeaders,
    'Content-Security-Policy': contentPolicy(nonce),
    'Content-Type': 'text/html; charset=utf-8',
    'Cache-Control': 'no-store',
  });
  response.end(page.replaceAll(noncePlaceholder, nonce));
};

/** The file at this address; null when there is none or the address leads out of the folder. */
const openWithin = async (folder: string, path: string): Promise<FileHandle | null> => {
  const name = decoded(path);
  if (name === null || /[\0\\:]/.test(name)) return null;
  const target = join(folder, name);
  const inside = relative(folder, target);
  if (inside === '' || inside === '..' || inside.startsWith(`..${sep}`)) return null;
  const file = await open(target, 'r').catch(() => null);
  if (file === null) return null;
  if ((await file.stat()).isFile()) return file;
  await file.close();
  return null;
};

const decoded = (path: string): string | null => {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
};
