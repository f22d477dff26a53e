import { createServer, type IncomingHttpHeaders } from 'node:http';

export interface ShopRequest {
  readonly body: string;
  readonly headers: IncomingHttpHeaders;
}

/** A shop's intake that answers with the given statuses, the last one for ever. */
export interface FakeShop extends AsyncDisposable {
  readonly url: string;
  readonly requests: readonly ShopRequest[];
}

export async function startFakeShop(statuses: readonly number[] = [200]): Promise<FakeShop> {
  const requests: ShopRequest[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => {
      requests.push({ body, headers: request.headers });
      const status = statuses[Math.min(requests.length, statuses.length) - 1] ?? 200;
      response.writeHead(status).end(status === 200 ? '' : 'refused by the shop');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the shop has no port');
  return {
    url: `http://127.0.0.1:${address.port}/in/cp`,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
