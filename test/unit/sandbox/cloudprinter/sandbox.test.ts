import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { expect, test } from 'vitest';
import { makeOrder } from '../../../sandbox/cloudprinter/make-order.ts';
import { createCloudprinterSandbox } from '../../../sandbox/cloudprinter/sandbox.ts';

test('an order reaches the shop, its files have the announced size and MD5, its signal is taken', async () => {
  await using sandbox = await createCloudprinterSandbox();
  const bodies: string[] = [];
  const shop = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      bodies.push(body);
      response.writeHead(200).end();
    });
  });
  await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', () => resolve()));
  const address = shop.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  try {
    const order = makeOrder({ number: 1, items: [{ product: 'book' }, { product: 'poster' }] });
    const delivery = await sandbox.post(order, { to: `http://127.0.0.1:${address.port}/in/cp` });
    expect(delivery.answer).toMatchObject({ kind: 'answered', status: 200 });
    const document = JSON.parse(bodies[0] ?? '');
    for (const file of document.order.items.flatMap((item: { files: unknown[] }) => item.files)) {
      const response = await fetch(file.url);
      const bytes = new Uint8Array(await response.arrayBuffer());
      expect(String(bytes.byteLength)).toBe(file.size);
      expect(createHash('md5').update(bytes).digest('hex')).toBe(file.md5sum);
    }
    const signal = await fetch(sandbox.signalUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        apikey: sandbox.signalKey,
        type: 'ItemRegistered',
        order: order.id,
        item: '900000010001',
        datetime: '2026-03-02 09:16:00 GMT',
      }),
    });
    expect(signal.status).toBe(200);
    expect(sandbox.acceptedTypes('900000010001')).toEqual(['ItemRegistered']);
  } finally {
    shop.close();
  }
});
