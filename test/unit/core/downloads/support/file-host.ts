import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';

export const md5Of = (bytes: Uint8Array): string => createHash('md5').update(bytes).digest('hex');

/** Bytes that differ at every place, the same for the same seed. */
export const sampleBytes = (length: number, seed = 1): Buffer => {
  const bytes = Buffer.alloc(length);
  let state = seed * 2_654_435_761;
  for (let at = 0; at < length; at += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[at] = state >>> 24;
  }
  return bytes;
};

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** Answers as a file store does: whole, or the rest when If-Range holds. */
export const serve =
  (bytes: Uint8Array, etag = `"${md5Of(bytes)}"`): Answer =>
  (request, response) => {
    const range = /^bytes=(\d+)-$/.exec(request.headers.range ?? '');
    const from = range !== null && request.headers['if-range'] === etag ? Number(range[1]) : 0;
    const rest = bytes.subarray(from);
    response.writeHead(from > 0 ? 206 : 200, {
      etag,
      'content-length': rest.byteLength,
      ...(from > 0 ? { 'content-range': `bytes ${from}-${bytes.byteLength - 1}/${bytes.byteLength}` } : {}),
    });
    response.end(rest);
  };

/** The same, but the connection breaks after so many bytes of the body. */
export const breakAfter =
  (bytes: Uint8Array, sentBytes: number, etag = `"${md5Of(bytes)}"`): Answer =>
  (_request, response) => {
    response.writeHead(200, { etag, 'content-length': bytes.byteLength });
    response.write(bytes.subarray(0, sentBytes), () => setTimeout(() => response.destroy(), 20));
  };

export const status =
  (code: number, headers: Readonly<Record<string, string>> = {}, body = ''): Answer =>
  (_request, response) => {
    response.writeHead(code, headers).end(body);
  };

/** One request as it came. */
export interface Asked {
  readonly path: string;
  readonly range: string | undefined;
  readonly ifRange: string | undefined;
  readonly authorization: string | undefined;
}

/** A real HTTP server whose answers a test sets path by path, and changes as it goes. */
export interface FileHost {
  readonly url: string;
  readonly host: string;
  readonly asked: Asked[];
  /** The last of several answers stays. */
  on(path: string, ...answers: readonly Answer[]): void;
  stop(): Promise<void>;
}

/** With a certificate it speaks HTTPS. */
export const startFileHost = async (certificate?: {
  readonly key: string;
  readonly cert: string;
}): Promise<FileHost> => {
  const answers = new Map<string, Answer[]>();
  const asked: Asked[] = [];
  const take = (request: IncomingMessage, response: ServerResponse): void => {
    const path = request.url ?? '';
    const { range, authorization } = request.headers;
    asked.push({ path, range, ifRange: request.headers['if-range']?.toString(), authorization });
    const queue = answers.get(path) ?? [];
    const answer = queue.length > 1 ? queue.shift() : queue[0];
    (answer ?? status(404))(request, response);
  };
  const server = certificate === undefined ? createServer(take) : createSecureServer(certificate, take);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `${certificate === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    asked,
    on: (path, ...given) => void answers.set(path, [...given]),
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
