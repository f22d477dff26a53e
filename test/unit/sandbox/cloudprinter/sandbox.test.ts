import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { bytesContent } from '../../../../main/training/files/file-content.ts';
import { makeOrder } from '../../../../main/training/orders/make-order.ts';
import { createCloudprinterSandbox } from '../../../sandbox/cloudprinter/sandbox.ts';
import { startFakeShop } from './fake-shop.ts';

const documentSchema = z.object({
  order: z.object({
    apikey: z.string(),
    items: z.array(z.object({ files: z.array(z.object({ url: z.url(), md5sum: z.string(), size: z.string() })) })),
  }),
});

test('an order reaches the shop with its key, and its files have the announced size and MD5', async () => {
  await using sandbox = await createCloudprinterSandbox({ orderKey: 'order-key' });
  await using shop = await startFakeShop();
  const order = makeOrder({ number: 1, items: [{ product: 'book', pageCount: 4 }, { product: 'poster' }] });

  const delivery = await sandbox.post(order, { to: shop.url });

  expect(delivery).toMatchObject({ order: '900000010000', attempt: 1, answer: { kind: 'answered', status: 200 } });
  expect(shop.requests[0]?.headers['content-type']).toBe('application/json');
  const document = documentSchema.parse(JSON.parse(shop.requests[0]?.body ?? ''));
  expect(document.order.apikey).toBe('order-key');
  const files = document.order.items.flatMap((item) => item.files);
  expect(files).toHaveLength(3);
  for (const file of files) {
    const response = await fetch(file.url);
    expect(response.headers.get('content-length')).toBe(file.size);
    expect(
      createHash('md5')
        .update(await response.bytes())
        .digest('hex'),
    ).toBe(file.md5sum);
  }
});

test('an order is posted again until the shop answers 200', async () => {
  await using sandbox = await createCloudprinterSandbox();
  await using shop = await startFakeShop([503, 400, 200, 200]);
  const order = makeOrder({ number: 1, items: [{ product: 'poster' }] });

  const last = await sandbox.post(order, { to: shop.url, retry: { attempts: 10, delayMs: 1 } });

  expect(last.attempt).toBe(3);
  const statuses = sandbox.ledger.ofKind('delivery').map(({ answer }) => answer.kind === 'answered' && answer.status);
  expect(statuses).toEqual([503, 400, 200]);
  expect(new Set(shop.requests.map((request) => request.body)).size).toBe(1);
});

test('a shop that cannot be reached is a recorded failure, not an exception', async () => {
  await using sandbox = await createCloudprinterSandbox();
  const shop = await startFakeShop();
  await shop[Symbol.asyncDispose]();

  const delivery = await sandbox.post(makeOrder({ number: 1, items: [{ product: 'poster' }] }), { to: shop.url });

  expect(delivery.answer).toMatchObject({ kind: 'failed', message: expect.stringContaining('ECONNREFUSED') });
});

test('a wrong key, another format and a malformed document can be posted', async () => {
  await using shop = await startFakeShop();
  await using sandbox = await createCloudprinterSandbox({ deliverTo: shop.url });
  const order = makeOrder({ number: 1, items: [{ product: 'poster' }] });

  await sandbox.post(order, { key: 'wrong', format: 'xml-2.1' });
  await sandbox.postDocument({ body: '{"order":', contentType: 'application/json' }, {});

  expect(shop.requests[0]?.headers['content-type']).toBe('application/xml');
  expect(shop.requests[0]?.body).toContain('<apikey>wrong</apikey>');
  expect(shop.requests[1]?.body).toBe('{"order":');
});

test('while offline every connection is refused, and it comes back on the same port', async () => {
  await using sandbox = await createCloudprinterSandbox();
  const { url } = sandbox;
  expect((await fetch(url)).status).toBe(404);

  await sandbox.goOffline();
  expect(sandbox.online).toBe(false);
  await expect(fetch(url)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });

  await sandbox.goOnline();
  expect((await fetch(url)).status).toBe(404);
});

test('going offline cuts a transfer that is under way', async () => {
  await using sandbox = await createCloudprinterSandbox();
  const path = '/files/x.pdf';
  await sandbox.shelf.put({ path, content: bytesContent(new Uint8Array(1000)) });
  sandbox.fileKnobs.set({ fault: { kind: 'stall' } });
  const response = await fetch(sandbox.url + path);

  await sandbox.goOffline();

  await expect(response.bytes()).rejects.toThrow();
  expect(sandbox.ledger.ofKind('file')).toMatchObject([{ outcome: 'cut', bytesSent: 500 }]);
});

test('a test can wait for what is still to come, and is told when it does not', async () => {
  await using sandbox = await createCloudprinterSandbox();
  const coming = sandbox.ledger.waitFor('file', (entry) => entry.path === '/b');
  await fetch(`${sandbox.url}/a`);
  await fetch(`${sandbox.url}/b`);

  expect(await coming).toMatchObject({ path: '/b', status: 404, sequence: 2 });
  await expect(sandbox.ledger.waitFor('signal', () => true, 5)).rejects.toThrow('no fitting signal within 5 ms');
});

test('a transfer under way is seen before the ledger has it', async () => {
  await using sandbox = await createCloudprinterSandbox();
  await sandbox.shelf.put({ path: '/x.pdf', content: bytesContent(new Uint8Array(1000)) });
  sandbox.fileKnobs.set({ fault: { kind: 'stall' } });
  const leaving = new AbortController();
  await fetch(`${sandbox.url}/x.pdf`, { signal: leaving.signal });
  expect([sandbox.openTransfers, sandbox.ledger.ofKind('file')]).toEqual([1, []]);

  leaving.abort();
  await sandbox.ledger.waitFor('file');
  await expect.poll(() => sandbox.openTransfers).toBe(0);
});

test('a file under two orders with the same id is that of the last published', async () => {
  await using sandbox = await createCloudprinterSandbox();
  const first = await sandbox.publish(makeOrder({ number: 1, items: [{ product: 'poster' }] }));
  const changed = await sandbox.publish(makeOrder({ number: 1, items: [{ product: 'poster', title: 'Changed' }] }));
  const [before, after] = [first, changed].map(({ documentFiles }) => [...documentFiles.values()][0]);
  expect(after?.url).toBe(before?.url);
  expect(after?.md5sum).not.toBe(before?.md5sum);
});
