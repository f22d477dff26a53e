import { request } from 'node:http';
import type { OrderDocument } from '../sandbox/cloudprinter/documents.ts';

/** What a sender of an order document heard; status null when the connection broke before an answer. */
export interface Posted {
  readonly status: number | null;
  readonly contentType: string;
  readonly text: string;
}

export interface PostOptions {
  /** Told the moment the head of the answer arrives. */
  readonly onAnswer?: (status: number) => void;
  /** Leaves out Content-Length. */
  readonly chunked?: boolean;
}

/** Posts a document over a connection of its own. A broken connection is a value, too. */
export const postDocument = (
  url: string,
  { body, contentType }: { readonly body: string | Buffer; readonly contentType: OrderDocument['contentType'] },
  { onAnswer, chunked = false }: PostOptions = {},
): Promise<Posted> =>
  new Promise((resolve) => {
    const length = chunked ? {} : { 'content-length': Buffer.byteLength(body) };
    const post = request(url, { method: 'POST', agent: false, headers: { 'content-type': contentType, ...length } });
    let answered = false;
    post.once('response', (response) => {
      answered = true;
      const status = response.statusCode ?? 0;
      onAnswer?.(status);
      let text = '';
      const end = (): void => resolve({ status, contentType: response.headers['content-type'] ?? '', text });
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.once('end', end);
      response.once('error', end);
    });
    // After the answer the sender's side may break: what is left to send is not wanted.
    post.on('error', () => {
      if (!answered) resolve({ status: null, contentType: '', text: '' });
    });
    post.end(body);
  });
