import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { contract } from '../../contract/contract.ts';
import { commandLine } from '../../contract/define.ts';
import { ContractError } from '../../contract/failure.ts';
import type { Clock } from '../../core/ports/clock.ts';
import { errorText, type Logger } from '../../core/ports/logger.ts';
import type { Station } from '../../core/station-face.ts';
import { contentIdOf } from '../file-content.ts';
import { createStationServers } from '../station-servers.ts';
import { isOfTraining, type Training } from '../training-face.ts';
import { answerEmpty, answerLine } from './answers.ts';
import { ContractSocket, refuseUpgrade } from './contract-socket.ts';
import { fileIdOf, serveContent, serveReadyFile } from './file-download.ts';
import { isToken, refusalOf } from './request-guard.ts';
import { serveScreens } from './screens.ts';

export interface LoopbackHostDeps {
  readonly station: Station;
  readonly training: Training;
  readonly version: string;
  /** 0: any free one. */
  readonly port: number;
  /** The built screens; null serves none, only the contract and the files. */
  readonly rendererFolder: string | null;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface LoopbackHost {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** Made anew at each start; whoever has it may do everything. */
  readonly token: string;
  stop(): Promise<void>;
}

/** How long running downloads may go on when the host stops. */
const stopGraceMs = 1000;

/** Serves the screens, the contract and ready files to this machine alone. Rejects with one clear line when the port is taken. */
export const startLoopbackHost = async (deps: LoopbackHostDeps): Promise<LoopbackHost> => {
  const token = randomBytes(32).toString('hex');
  const servers = createStationServers({ ...deps, desktopOf: () => noDesktop });
  const contractSocket = new ContractSocket(deps);

  const http = createServer({ requestTimeout: 30_000, headersTimeout: 10_000 });
  const port = await listen(http, deps.port);

  http.on('error', (error) => deps.logger.error('the server of the screens failed', { cause: errorText(error) }));
  http.on('request', (request, response) => {
    serve(deps, port, token, request, response).catch((error: unknown) => {
      deps.logger.warn('a request failed', { path: targetOf(request).pathname, cause: errorText(error) });
      if (response.headersSent) response.destroy();
      else answerLine(response, 500, 'something went wrong in the station; its log has the details');
    });
  });
  http.on('upgrade', (request, connection, head) => {
    const { pathname, searchParams } = targetOf(request);
    const refusal = refusalOf(request.headers, port);
    if (refusal !== null) return refuseUpgrade(connection, 403, refusal);
    if (pathname !== '/contract') return refuseUpgrade(connection, 404, 'there is nothing at this address');
    if (!isToken(searchParams.get('token'), token)) return refuseUpgrade(connection, 401, 'the token is not right');
    const server = isOfTraining(searchParams) ? servers.practice() : servers.real;
    if (server === null) return refuseUpgrade(connection, 410, 'the training is over');
    contractSocket.accept(request, connection, head, searchParams.get('as') === 'cli' ? commandLine : 'screen', server);
  });

  let stopping: Promise<void> | null = null;
  const stop = async (): Promise<void> => {
    const closed = new Promise<void>((resolve) => http.close(() => resolve()));
    await contractSocket.stop();
    const timer = setTimeout(() => http.closeAllConnections(), stopGraceMs);
    await closed;
    clearTimeout(timer);
  };
  return { url: `http://127.0.0.1:${port}`, token, stop: () => (stopping ??= stop()) };
};

const serve = async (
  deps: LoopbackHostDeps,
  port: number,
  token: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const { pathname, searchParams } = targetOf(request);
  const refusal = refusalOf(request.headers, port);
  if (refusal !== null) return answerLine(response, 403, refusal);
  if (request.method !== 'GET' && request.method !== 'HEAD') return answerLine(response, 405, 'use GET');
  if (pathname === '/favicon.ico') return answerEmpty(response);
  const downloadId = fileIdOf(pathname);
  const contentId = contentIdOf(pathname);
  if (downloadId !== null || contentId !== null) {
    if (!isToken(searchParams.get('token'), token)) return answerLine(response, 401, 'the token is not right');
    const station = isOfTraining(searchParams) ? deps.training.practice : deps.station;
    if (station === null) return answerLine(response, 410, 'the training is over');
    if (contentId !== null) return serveContent(station, request, response, contentId);
    if (downloadId !== null) {
      return serveDownload(station, searchParams.get('session'), request, response, downloadId);
    }
  }
  if (deps.rendererFolder === null) return answerLine(response, 404, 'this station runs without screens');
  return serveScreens(deps.rendererFolder, request, response, pathname);
};

/** To whom the same file would be refused when dragged out of the desktop app, it is refused here. */
const serveDownload = async (
  station: Station,
  session: string | null,
  request: IncomingMessage,
  response: ServerResponse,
  fileId: number,
): Promise<void> => {
  const { access } = station;
  const caller = access.callerWith(session);
  const refusal = access.refusalOf(contract.desktop.dragOut.for, caller);
  if (refusal !== null) return answerLine(response, 403, refusal);
  return serveReadyFile(station, request, response, fileId, caller.by);
};

/** The path and the query of a request. An address that cannot be read becomes one where nothing is. */
const targetOf = (request: IncomingMessage): URL =>
  URL.parse(request.url ?? '', 'http://127.0.0.1') ?? new URL('http://127.0.0.1/unreadable');

const listen = (http: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    http.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE' || error.code === 'EACCES';
      reject(taken ? new Error(`port ${port} of 127.0.0.1 cannot be used: choose another`) : error);
    });
    http.listen({ host: '127.0.0.1', port }, () => {
      const address = http.address();
      if (address === null || typeof address === 'string') return reject(new Error('the server has no port'));
      resolve(address.port);
    });
  });

const unavailable = (what: string) => async (): Promise<never> => {
  throw new ContractError('unavailable', what);
};

const noDesktop = {
  dragOut: unavailable('dragging files out needs the desktop app: download them here'),
  enterStationMode: unavailable('here the browser shows the page on the full screen'),
  leaveStationMode: unavailable('here the browser shows the page on the full screen'),
  speak: unavailable('there is no tray here'),
  notify: unavailable('here the browser itself shows notifications'),
};
