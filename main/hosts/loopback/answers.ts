import type { ServerResponse } from 'node:http';
import { commonHeaders, lockedPolicy } from './response-headers.ts';

/** Ends a response with one line of text. */
export const answerLine = (
  response: ServerResponse,
  status: number,
  line: string,
  headers: Readonly<Record<string, string>> = {},
): void => {
  response.writeHead(status, {
    ...commonHeaders,
    ...headers,
    'Content-Security-Policy': lockedPolicy,
    'Content-Type': 'text/plain; charset=utf-8',
    'Cache-Control': 'no-store',
    Connection: 'close',
  });
  response.end(`${line}\n`);
};

export const answerEmpty = (response: ServerResponse): void => {
  response.writeHead(204, { ...commonHeaders, 'Cache-Control': 'max-age=86400' });
  response.end();
};
