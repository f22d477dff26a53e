import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

/** A platform that accepts every signal at once, in a process of its own. Tells its parent its port, then, asked, what came. */
const signalBody = z.object({ type: z.string(), item: z.string() });

const received: { type: string; item: string }[] = [];
let firstAtMs = 0;
let lastAtMs = 0;

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    received.push(signalBody.parse(JSON.parse(Buffer.concat(chunks).toString('utf8'))));
    lastAtMs = performance.now();
    if (firstAtMs === 0) firstAtMs = lastAtMs;
    response.writeHead(200).end();
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));

process.on('message', (message) => {
  if (message === 'count') process.send?.({ count: received.length });
  if (message === 'report') process.send?.({ received, seconds: (lastAtMs - firstAtMs) / 1000 });
});
process.on('disconnect', () => process.exit());
