/** An answer of a platform as it came. */
export interface RecordedAnswer {
  readonly status: number;
  /** Without those of the connection; their lengths are those of the body that is sent. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

/** What was asked, and what came back. */
export interface Exchange {
  /** Server, method and path with ids left out: an answer with another id leads to the same question. */
  readonly question: string;
  readonly answer: RecordedAnswer;
}

/** What is played in place of a recorded answer. */
export type Damaged =
  /** These bytes and then the end of the connection. */
  | { readonly kind: 'bytes'; readonly bytes: Buffer }
  /** Says back all that it was told, keys included, in quotes or without. */
  | { readonly kind: 'echo'; readonly status: number; readonly quoted: boolean };

/** Parts of a path that are ids have a digit in them; the version of an API is none. */
const isId = (part: string): boolean => /\d/u.test(part) && !/^v\d$/u.test(part);

export const questionOf = (server: number, method: string, url: string): string => {
  const [path = ''] = url.split('?');
  return `${server} ${method} ${path
    .split('/')
    .map((part) => (isId(part) ? '*' : part))
    .join('/')}`;
};

/** The answer as it goes over the wire. */
export const answerBytes = (statusLine: string, headers: RecordedAnswer['headers'], body: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from(`HTTP/1.1 ${statusLine}\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`),
    body,
  ]);
