import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { type Protocol, protocol } from 'electron';
import type { Station } from '../../core/station-face.ts';
import { contentPolicy, noncePlaceholder } from '../content-policy.ts';
import { answerContent, contentIdOf } from '../file-content.ts';
import { isOfTraining, type Training } from '../training-face.ts';
import { appScheme, isAppUrl, parseUrl } from './app-origin.ts';
import { bundleFile } from './bundle-file.ts';

/** Tells Chromium of `app:` before Electron is ready: standard, secure, and its own pages may fetch from it. No privilege more. */
export const registerAppScheme = (): void => {
  const privileges = { standard: true, secure: true, supportFetchAPI: true };
  protocol.registerSchemesAsPrivileged([{ scheme: appScheme, privileges }]);
};

/** What the screens are made of, and whose ready files they may show. */
export interface AppContent {
  readonly rendererFolder: string;
  readonly station: Pick<Station, 'readyFile'>;
  readonly training: Pick<Training, 'practice'>;
}

const refuse = (status: 403 | 404 | 405): Response => new Response(null, { status });

const quietHeaders = {
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
} as const;

/** Hands a file on as fast as the page takes it. */
const bodyOf = (content: Readable): ReadableStream<Uint8Array<ArrayBuffer>> => {
  const pieces = content[Symbol.asyncIterator]();
  return new ReadableStream({
    pull: async (stream) => {
      const next = await pieces.next();
      if (next.done === true) stream.close();
      else if (next.value instanceof Uint8Array) stream.enqueue(new Uint8Array(next.value));
    },
    cancel: () => {
      content.destroy();
    },
  });
};

/** A ready file, or a piece of it, for the screens to show. */
const answerFile = async (
  station: AppContent['station'] | null,
  fileId: number,
  request: Request,
): Promise<Response> => {
  if (station === null) return refuse(404);
  const answer = await answerContent(station, fileId, request.headers.get('range'));
  const headers = { ...quietHeaders, ...answer.headers };
  if (answer.kind === 'refused') return new Response(null, { status: answer.status, headers });
  const { status } = answer;
  if (request.method !== 'HEAD') return new Response(bodyOf(answer.read()), { status, headers });
  await answer.close();
  return new Response(null, { status, headers });
};

/** Answers one request for a file of the screens, or for a ready file by its id; everything else is refused. */
export const answerAppRequest = async (
  { rendererFolder, station, training }: AppContent,
  request: Request,
): Promise<Response> => {
  const url = parseUrl(request.url);
  if (url === null || !isAppUrl(url)) return refuse(403);
  const contentId = contentIdOf(url.pathname);
  if (contentId !== null && ['GET', 'HEAD'].includes(request.method)) {
    return answerFile(isOfTraining(url.searchParams) ? training.practice : station, contentId, request);
  }
  if (request.method !== 'GET') return refuse(405);
  const file = bundleFile(rendererFolder, url.pathname);
  if (file === null) return refuse(404);

  const content = await readFile(file.path).catch(() => null);
  if (content === null) return refuse(404);

  const nonce = randomBytes(18).toString('base64');
  const isPage = file.contentType.startsWith('text/html');
  return new Response(isPage ? content.toString('utf8').replaceAll(noncePlaceholder, nonce) : new Uint8Array(content), {
    headers: {
      'content-type': file.contentType,
      'content-security-policy': contentPolicy(nonce),
      ...quietHeaders,
      // The page carries a nonce, so no copy of it may be shown twice.
      'cache-control': isPage ? 'no-store' : 'no-cache',
    },
  });
};

/** Serves the built screens and the ready files under `app://platen/` to the windows of one session. */
export const serveApp = (sessionProtocol: Protocol, content: AppContent): void => {
  sessionProtocol.handle(appScheme, (request) => answerAppRequest(content, request));
};
