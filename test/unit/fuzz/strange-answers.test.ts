import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { SourceClient } from '../../../main/core/downloads/source-stream.ts';
import { openWay } from '../core/platforms/oauth/open-way.ts';

/** A server that answers each connection with these very bytes, and closes it. */
const answering = async (bytes: string): Promise<string> => {
  const server = createServer((socket) => {
    socket.on('error', () => undefined).once('data', () => socket.end(Buffer.from(bytes, 'latin1')));
  });
  onTestFinished(() => void server.close());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`;
};

const head = 'HTTP/1.1 200 OK\r\n';
const strange: readonly (readonly [string, string, 'answer' | 'noAnswer'])[] = [
  [
    'another protocol',
    'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\nx',
    'noAnswer',
  ],
  ['nothing', '', 'noAnswer'],
  ['no HTTP', 'hello', 'noAnswer'],
  ['two lengths', `${head}Content-Length: 1\r\nContent-Length: 2\r\n\r\nx`, 'noAnswer'],
  ['broken chunks', `${head}Transfer-Encoding: chunked\r\n\r\nzz\r\n`, 'noAnswer'],
  ['headers without measure', `${head}X: ${'x'.repeat(100_000)}\r\n\r\n`, 'noAnswer'],
  ['less than it announces', `${head}Content-Length: 99\r\n\r\nx`, 'answer'],
  ['a status that is none', 'HTTP/1.1 999 What\r\nRetry-After: 99999999999999999999\r\n\r\nx', 'answer'],
];

it.each(strange)(
  'a platform that answers with %s is answered for, and holds nothing up',
  async (_what, bytes, kind) => {
    const url = await answering(bytes);
    const result = await openWay({ settings: {} }).call({ method: 'GET', url });
    expect(result.kind).toBe(kind);
    if (result.kind === 'noAnswer') expect(result.failure.class).toBe('network');
  },
);

it('a file’s server that wants to speak another protocol is no source, and holds nothing up', async () => {
  const client = new SourceClient();
  onTestFinished(() => client.close());
  const request = {
    url: await answering('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'),
    allowPrivateAddresses: true,
    fromByte: 0,
    validator: null,
    credentials: {},
    timeouts: { connectMs: 5_000, responseMs: 5_000, stallMs: 5_000 },
  };
  await expect(client.open(request, new AbortController().signal)).rejects.toMatchObject({ code: 'ECONNRESET' });
});
