import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type Protocol, protocol } from 'electron';
import { contentPolicy, noncePlaceholder } from '../content-policy.ts';
import { appScheme, isAppUrl, parseUrl } from './app-origin.ts';
import { bundleFile } from './bundle-file.ts';

/** Tells Chromium of `app:` before Electron is ready. Standard and secure, and no privilege more. */
export const registerAppScheme = (): void => {
  protocol.registerSchemesAsPrivileged([{ scheme: appScheme, privileges: { standard: true, secure: true } }]);
};

const refuse = (status: 403 | 404 | 405): Response => new Response(null, { status });

/** Answers one request for a file of the screens; everything else is refused. */
export const answerAppRequest = async (rendererFolder: string, request: Request): Promise<Response> => {
  const url = parseUrl(request.url);
  if (url === null || !isAppUrl(url)) return refuse(403);
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
      'x-content-type-options': 'nosniff',
      'cross-origin-opener-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      // The page carries a nonce, so no copy of it may be shown twice.
      'cache-control': isPage ? 'no-store' : 'no-cache',
    },
  });
};

/** Serves the built screens from `rendererFolder` under `app://platen/` to the windows of one session. */
export const serveApp = (sessionProtocol: Protocol, rendererFolder: string): void => {
  sessionProtocol.handle(appScheme, (request) => answerAppRequest(rendererFolder, request));
};
