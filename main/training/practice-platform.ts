import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Clock } from '../core/ports/clock.ts';
import { errorText, type Logger } from '../core/ports/logger.ts';
import { createFileShelf } from './files/file-shelf.ts';
import { jsonOrder } from './orders/json-document.ts';
import { publishOrder } from './orders/publish.ts';
import type { PracticeOrder } from './practice-orders.ts';

export interface PracticePlatformDeps {
  /** Stands in the orders that it posts. */
  readonly orderKey: string;
  /** Must stand in the signals that it takes. */
  readonly signalKey: string;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Between two orders, so that a person sees them come. */
  readonly pauseMs: number;
}

/** The platform of the practice station, on this machine alone: it posts orders, serves their files and takes signals. */
export interface PracticePlatform {
  readonly signalUrl: string;
  /** Posts the orders one after the other, the first at once. */
  send(orders: readonly PracticeOrder[], intakeUrl: string): void;
  stop(): Promise<void>;
}

const signalPath = '/signals';
const mostSignalCharacters = 64 * 1024;
const signalBody = z.object({ apikey: z.string() });

/** Starts the platform on a free port of 127.0.0.1. */
export const openPracticePlatform = async (deps: PracticePlatformDeps): Promise<PracticePlatform> => {
  const shelf = createFileShelf(() => new Date(deps.clock.nowMs()));
  /** Paths of files that are not there the first time they are asked for. */
  const late = new Set<string>();

  const takeSignal = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const signal = signalBody.safeParse(JSON.parse(await bodyOf(request)));
    const isOurs = signal.success && signal.data.apikey === deps.signalKey;
    response.writeHead(isOurs ? 200 : 403).end();
  };

  const serveFile = (path: string, response: ServerResponse): void => {
    const file = late.delete(path) ? undefined : shelf.get(path);
    if (file === undefined) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('this file is not here yet\n');
      return;
    }
    const { content, contentType } = file;
    response.writeHead(200, { 'content-type': contentType, 'content-length': String(content.sizeBytes) });
    response.end(Buffer.concat([...content.read(0, content.sizeBytes)]));
  };

  const server = createServer((request, response) => {
    const path = URL.parse(request.url ?? '', 'http://127.0.0.1')?.pathname ?? '';
    if (request.method === 'GET') serveFile(path, response);
    else if (request.method === 'POST' && path === signalPath) {
      takeSignal(request, response).catch(() => response.writeHead(400).end());
    } else response.writeHead(path === signalPath ? 405 : 404).end();
  });
  const url = await listen(server);

  const stopped = new AbortController();
  const post = async ({ order, files }: PracticeOrder, intakeUrl: string): Promise<void> => {
    const published = await publishOrder(order, shelf, url);
    if (files === 'late') for (const path of published.documentFiles.keys()) late.add(path);
    const answer = await fetch(intakeUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(jsonOrder(published, '2.2', deps.orderKey)),
      signal: stopped.signal,
    });
    if (answer.status !== 200) throw new Error(`the practice station answered ${answer.status}`);
  };

  let cancelNext = (): void => undefined;
  const send = ([next, ...rest]: readonly PracticeOrder[], intakeUrl: string): void => {
    if (next === undefined || stopped.signal.aborted) return;
    post(next, intakeUrl)
      .catch((error: unknown) => {
        if (!stopped.signal.aborted) deps.logger.warn('an order was not taken', { cause: errorText(error) });
      })
      .finally(() => {
        cancelNext = deps.clock.at(deps.clock.nowMs() + deps.pauseMs, () => send(rest, intakeUrl));
      });
  };

  return {
    signalUrl: url + signalPath,
    send,
    stop: async () => {
      stopped.abort();
      cancelNext();
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
      // What ended last may have set it once more.
      cancelNext();
    },
  };
};

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  let text = '';
  request.setEncoding('utf8');
  for await (const piece of request) {
    text += String(piece);
    if (text.length > mostSignalCharacters) throw new Error('the signal is too long');
  }
  return text;
};

const listen = (server: Server): Promise<string> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port: 0 }, () => {
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new Error('the practice platform has no port'));
      else resolve(`http://127.0.0.1:${address.port}`);
    });
  });
